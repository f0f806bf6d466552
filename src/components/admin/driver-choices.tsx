'use client';

import { UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import type { Suggestion } from './suggestions';
import { useAdminWords } from './use-admin-words';

/** As many rows as a look can take in without a search. */
const SEARCH_FROM = 8;
/** The best of a thousand are enough to choose from; the others are found by name. */
const SHOWN = 30;
/** The first of them answer to a digit. */
const DIGITS = 9;

type DriverChoicesProps = {
  /** Everybody who is not left out by `text`, the best first. */
  found: readonly Suggestion[];
  text: string;
  onText: (text: string) => void;
  /** How many there are in all. */
  count: number;
  chosen: string | null;
  onChoose: (driver: { id: string; name: string }) => void;
};

/** Everybody online, those with room and then the nearest to the pickup first, with what they carry. */
export function DriverChoices(props: DriverChoicesProps) {
  const { found, text, onText, count, chosen, onChoose } = props;
  const { t, shared, format } = useAdminWords();
  const more = useTranslations('board.assign');
  const now = useNow(10);
  if (count === 0) {
    return (
      <EmptyState icon={UserX} title={t('choices.nobodyElse')}>
        {t('choices.nobodyElseDetail')}
      </EmptyState>
    );
  }
  return (
    <>
      {count > SEARCH_FROM && (
        <Input
          type="search"
          aria-label={t('drivers.search')}
          placeholder={t('choices.name')}
          value={text}
          onChange={(event) => onText(event.target.value)}
          className="mb-2"
        />
      )}
      {found.length === 0 && <p className="py-4 text-quiet text-sm">{t('choices.nobodyOfName')}</p>}
      <RadioGroup
        label={t('choices.label')}
        value={chosen}
        onChange={(id) => {
          const driver = found.find(({ known }) => known.entry.driver.id === id)?.known.entry
            .driver;
          if (driver) onChoose({ id, name: driver.name });
        }}
        className="divide-y divide-line"
        choices={found.slice(0, SHOWN).map(({ known, full, awayM }, index) => {
          const { driver } = known.entry;
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
              <span className="numerals flex items-center gap-3 text-quiet text-sm">
                {position ? format.distance(awayM) : t('choices.unknown')}
                {index < DIGITS && !full && (
                  <kbd className="grid size-6 place-items-center rounded-control border border-line bg-sunken font-medium font-sans text-xs pointer-coarse:hidden">
                    {index + 1}
                  </kbd>
                )}
              </span>
            ),
          };
        })}
      />
      {found.length > SHOWN && (
        <p className="py-3 text-quiet text-sm">
          {more('furtherOff', { count: found.length - SHOWN })}
        </p>
      )}
    </>
  );
}
