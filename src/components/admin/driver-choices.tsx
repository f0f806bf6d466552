'use client';

import { UserX } from 'lucide-react';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { useBoard, usePositions } from './admin-shell';
import { type KnownDriver, knownDrivers } from './drivers-by-state';
import { useAdminWords } from './use-admin-words';

/** As many rows as a look can take in without a search. */
const SEARCH_FROM = 8;

type DriverChoicesProps = {
  pickup: GeoPoint;
  /** Who has the delivery now; not offered. */
  holder: string | null;
  chosen: string | null;
  onChoose: (driver: { id: string; name: string }) => void;
};

const isFull = ({ entry, load }: KnownDriver): boolean => load.length >= entry.driver.capacity;

/** Everybody online, those with room and then the nearest to the pickup first, with what they carry. */
export function DriverChoices({ pickup, holder, chosen, onChoose }: DriverChoicesProps) {
  const { t, shared, format } = useAdminWords();
  const now = useNow(10);
  const { view, loads } = useBoard();
  const positions = usePositions();
  const [text, setText] = useState('');
  const away = ({ position }: KnownDriver): number =>
    position ? haversineMeters(position.at, pickup) : Number.POSITIVE_INFINITY;
  const drivers = knownDrivers(view.drivers, loads, positions, now)
    .filter(({ entry }) => entry.driver.id !== holder)
    .sort((a, b) => Number(isFull(a)) - Number(isFull(b)) || away(a) - away(b));
  const found = drivers.filter(({ entry }) =>
    entry.driver.name.toLowerCase().includes(text.trim().toLowerCase()),
  );
  if (drivers.length === 0) {
    return (
      <EmptyState icon={UserX} title={t('choices.nobodyElse')}>
        {t('choices.nobodyElseDetail')}
      </EmptyState>
    );
  }
  return (
    <>
      {drivers.length > SEARCH_FROM && (
        <Input
          type="search"
          aria-label={t('drivers.search')}
          placeholder={t('choices.name')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="mb-2"
        />
      )}
      {found.length === 0 && <p className="py-4 text-quiet text-sm">{t('choices.nobodyOfName')}</p>}
      <RadioGroup
        label={t('choices.label')}
        value={chosen}
        onChange={(id) => {
          const driver = drivers.find(({ entry }) => entry.driver.id === id)?.entry.driver;
          if (driver) onChoose({ id, name: driver.name });
        }}
        className="divide-y divide-line"
        choices={found.map((known) => {
          const { driver } = known.entry;
          const full = isFull(known);
          const Icon = VEHICLE_ICONS[driver.vehicle];
          const position = known.position;
          const stale = known.state === 'no_signal';
          const carried = { load: known.load.length, capacity: driver.capacity };
          const told = full
            ? t('choices.full', carried)
            : t('choices.carries', { ...carried, state: t(`driverState.${known.state}`) });
          return {
            value: driver.id,
            disabled: full,
            label: (
              <span className="block py-1">
                <span className="flex items-center gap-2 font-medium">
                  {driver.name}
                  <Icon
                    aria-label={shared(`vehicle.${driver.vehicle}`)}
                    className="size-4 text-quiet"
                  />
                </span>
                <span className="numerals block text-quiet text-xs">
                  {stale && position
                    ? t('choices.lastSeen', { told, ago: format.ago(position.recordedAt, now) })
                    : told}
                </span>
              </span>
            ),
            aside: (
              <span className="numerals text-quiet text-sm">
                {position ? format.distance(away(known)) : t('choices.unknown')}
              </span>
            ),
          };
        })}
      />
    </>
  );
}
