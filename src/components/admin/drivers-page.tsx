'use client';

import { Banknote, UserX } from 'lucide-react';
import Link from 'next/link';
import { memo, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import {
  countStates,
  DRIVER_STATE_IDS,
  type DriverState,
  type KnownDriver,
} from '@/domain/board-drivers';
import type { DriverImage } from '@/domain/driver';
import { useDrivers } from './admin-shell';
import { DRIVER_STATES } from './driver-states';
import { seenWords } from './driver-words';
import { type AdminWords, useAdminWords } from './use-admin-words';

/** Everybody online: what they do, what they carry, and how old their position is. */
export function DriversPage() {
  const { t } = useAdminWords();
  const now = useNow(5);
  const known = useDrivers();
  const [text, setText] = useState('');
  const [state, setState] = useState<DriverState | null>(null);
  const drivers = [...known.values()];
  const counts = countStates(drivers);
  const found = drivers.filter(
    (driver) =>
      (state === null || driver.state === state) &&
      driver.entry.driver.name.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return (
    <div className="mx-auto max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div>
          <h1 className="text-xl">{t('drivers.title')}</h1>
          <p className="numerals mt-1 text-quiet text-sm">
            {t('drivers.online', { count: drivers.length })}
          </p>
        </div>
        <div className="flex w-full flex-wrap gap-2 sm:w-auto">
          <LinkButton href="/admin/cash">
            <Banknote aria-hidden="true" />
            {t('cash.open')}
          </LinkButton>
          <Input
            type="search"
            aria-label={t('drivers.search')}
            placeholder={t('drivers.searchByName')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-w-40 flex-1 text-sm sm:w-64"
          />
        </div>
      </div>
      <fieldset className="scroll-quiet -mx-4 min-w-0 mt-4 flex gap-2 overflow-x-auto px-4 py-0.5">
        <legend className="sr-only">{t('drivers.state')}</legend>
        {DRIVER_STATE_IDS.map((id) => {
          const { icon: Icon } = DRIVER_STATES[id];
          return (
            <button
              key={id}
              type="button"
              aria-pressed={state === id}
              onClick={() => setState(state === id ? null : id)}
              className={cn(
                'flex h-11 shrink-0 items-center gap-2 rounded-full border px-4 font-medium text-sm transition-colors',
                state === id ? 'border-ink bg-ink text-page' : 'border-line bg-raised text-ink',
              )}
            >
              <Icon aria-hidden="true" className="size-4" />
              {t(`driverState.${id}`)}
              <span className={cn('numerals', state === id ? 'text-page' : 'text-quiet')}>
                {counts[id]}
              </span>
            </button>
          );
        })}
      </fieldset>
      {found.length === 0 ? (
        <EmptyState
          icon={UserX}
          title={drivers.length === 0 ? t('drivers.nobodyOnline') : t('drivers.noMatch')}
        >
          {drivers.length === 0 ? t('drivers.nobodyOnlineDetail') : t('drivers.noMatchDetail')}
        </EmptyState>
      ) : (
        <ul className="mt-4 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {found.map((driver) => (
            <DriverRow key={driver.entry.driver.id} known={driver} now={now} />
          ))}
        </ul>
      )}
    </div>
  );
}

const DriverRow = memo(function DriverRow({ known, now }: { known: KnownDriver; now: Date }) {
  const words = useAdminWords();
  const { t, shared } = words;
  const { entry, position, load, state } = known;
  const { driver } = entry;
  const VehicleIcon = VEHICLE_ICONS[driver.vehicle];
  const vehicle = shared(`vehicle.${driver.vehicle}`);
  const { tone, icon: StateIcon } = DRIVER_STATES[state];
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3.5 sm:grid sm:grid-cols-[minmax(0,1.4fr)_8.5rem_minmax(0,1.4fr)_7rem]">
      <div className="flex min-w-0 flex-1 items-center gap-3">
        <span className="grid size-10 shrink-0 place-items-center rounded-full bg-hover text-quiet">
          <VehicleIcon aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0">
          <p dir="auto" className="truncate font-medium">
            {driver.name}
          </p>
          <p className="numerals text-quiet text-sm" suppressHydrationWarning>
            {shiftWords(driver, vehicle, words)}
          </p>
        </div>
      </div>
      <div>
        <Badge tone={tone}>
          <StateIcon aria-hidden="true" />
          {t(`driverState.${state}`)}
        </Badge>
      </div>
      <div className="flex w-full items-baseline justify-between gap-3 sm:contents">
        <div className="numerals min-w-0 text-sm">
          {load.length === 0 ? (
            <span className="text-faint">{t('drivers.carriesNothing')}</span>
          ) : (
            <span className="flex flex-wrap gap-x-3">
              {load.map(({ order }) => (
                <Link
                  key={order.id}
                  href={`/admin?order=${order.id}`}
                  className="inline-flex items-center gap-x-1 rounded-control font-medium underline decoration-line underline-offset-4 hover:decoration-ink pointer-coarse:min-h-11"
                >
                  #{order.number} <bdi>{order.restaurantName}</bdi>
                </Link>
              ))}
            </span>
          )}
          {driver.capacity > 1 && (
            <span className="ms-2 text-faint text-xs">
              {t('drivers.loadOf', { load: load.length, capacity: driver.capacity })}
            </span>
          )}
        </div>
        <p
          className={cn(
            'numerals text-sm sm:text-end',
            state === 'no_signal' ? 'text-warn-ink' : 'text-quiet',
          )}
          suppressHydrationWarning
        >
          {seenWords(position, now, words)}
        </p>
      </div>
    </li>
  );
});

/** What is ridden, since when, until when. */
function shiftWords(driver: DriverImage, vehicle: string, { t, format }: AdminWords): string {
  const { onlineSince, breakSince, shiftEndsAt, shiftOver } = driver;
  if (breakSince) return t('drivers.breakSince', { vehicle, time: format.clock(breakSince) });
  if (!onlineSince) return vehicle;
  if (shiftOver) return t('drivers.shiftOver', { vehicle });
  const from = format.clock(onlineSince);
  return shiftEndsAt
    ? t('drivers.shift', { vehicle, from, to: format.clock(shiftEndsAt) })
    : t('drivers.since', { vehicle, time: from });
}
