'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { LazyMap } from '@/components/shared/lazy-map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import { cn } from '@/components/ui/cn';
import { FILL_TONE } from '@/components/ui/tone';
import type { DriverPosition } from '@/domain/driver';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { useBoard, usePositions } from './admin-shell';
import { columnOf, type ToCall } from './columns';
import {
  DRIVER_STATE_IDS,
  DRIVER_STATES,
  type DriverState,
  type KnownDriver,
  knownDrivers,
} from './drivers-by-state';
import { type AdminWords, useAdminWords } from './use-admin-words';

type BoardMapProps = {
  selected: string | null;
  onOpen: (orderId: string) => void;
  /** Looks for the orders of a restaurant. */
  onRestaurant: (name: string) => void;
};

/** Who is where: drivers by state, restaurants with open orders, and the order that is open. */
export function BoardMap({ selected, onOpen, onRestaurant }: BoardMapProps) {
  const words = useAdminWords();
  const now = useNow(10);
  const { view, loads, toCall } = useBoard();
  const positions = usePositions();
  const drivers = knownDrivers(view.drivers, loads, positions, now);
  const card = view.cards.find(({ order }) => order.id === selected) ?? null;
  const courier = card && drivers.find(({ entry }) => entry.driver.id === card.delivery?.driverId);
  const [everybody] = useState(() => around(view.cards, drivers));
  const goal = card && goalOf(card);

  const markers: MapMarker[] = [
    ...restaurantMarkers(view.cards, card, toCall, words, onRestaurant),
    ...drivers.flatMap((driver) => driverMarker(driver, card, words, onOpen)),
  ];
  if (card) {
    markers.push({
      id: 'door',
      kind: 'door',
      at: card.order.dropoff,
      label: card.order.dropoffAddress,
      tone: 'accent',
    });
  }
  return (
    <div className="relative size-full">
      <LazyMap
        className="size-full"
        fit={
          card ? [card.order.pickup, card.order.dropoff, ...roughly(courier?.position)] : everybody
        }
        markers={markers}
        route={card && courier?.position && goal ? [courier.position.at, goal] : undefined}
        label={words.t('map.label')}
      />
      <div className="pointer-events-none absolute inset-x-3 top-3 flex">
        {card ? (
          <p
            aria-live="polite"
            className="numerals max-w-full truncate rounded-full bg-raised px-3 py-1.5 font-medium text-xs shadow-float"
          >
            {courierWords(card, courier ?? null, goal, now, words)}
          </p>
        ) : (
          <Legend drivers={drivers} />
        )}
      </div>
    </div>
  );
}

/** About 250 m: the map moves after the courier now and then, not with every fix. */
const GRID = 0.0025;
const rough = (degrees: number): number => Math.round(degrees / GRID) * GRID;
const roughly = (position: DriverPosition | null | undefined): GeoPoint[] =>
  position ? [{ lat: rough(position.at.lat), lng: rough(position.at.lng) }] : [];

const around = (cards: readonly OrderCard[], drivers: readonly KnownDriver[]): GeoPoint[] => [
  ...cards.map(({ order }) => order.pickup),
  ...drivers.flatMap(({ position }) => (position ? [position.at] : [])),
];

/** Where the courier of an order rides now, or null when nobody rides. */
function goalOf({ order, delivery }: OrderCard): GeoPoint | null {
  switch (delivery?.status) {
    case 'picked_up':
    case 'at_dropoff':
      return order.dropoff;
    case 'assigned':
    case 'at_pickup':
    case 'failed':
    case 'returning':
      return order.pickup;
    default:
      return null;
  }
}

function courierWords(
  { order }: OrderCard,
  courier: KnownDriver | null,
  goal: GeoPoint | null,
  now: Date,
  { t, format }: AdminWords,
): string {
  if (!courier || !goal) return t('map.nobodyRides', { number: order.number });
  const { name } = courier.entry.driver;
  const { position } = courier;
  if (!position) return t('map.unknown', { name });
  const place = goal === order.dropoff ? t('map.theDoor') : order.restaurantName;
  const distance = format.distance(haversineMeters(position.at, goal));
  if (courier.state !== 'no_signal') return t('map.away', { name, distance, place });
  const ago = format.ago(position.recordedAt, now);
  return t('map.awayStale', { name, distance, place, ago });
}

function restaurantMarkers(
  cards: readonly OrderCard[],
  selected: OrderCard | null,
  toCall: ToCall,
  { t }: AdminWords,
  onRestaurant: (name: string) => void,
): MapMarker[] {
  const found = new Map<string, { card: OrderCard; count: number; alarming: boolean }>();
  for (const card of cards) {
    if (!isOpenOrder(card.order.status)) continue;
    const known = found.get(card.order.restaurantId);
    found.set(card.order.restaurantId, {
      card,
      count: (known?.count ?? 0) + 1,
      alarming: known?.alarming || columnOf(card, toCall) === 'attention',
    });
  }
  return [...found].map(([id, { card, count, alarming }]) => {
    const { restaurantName: name, pickup } = card.order;
    return {
      id: `restaurant-${id}`,
      kind: 'restaurant' as const,
      at: pickup,
      label: t(alarming ? 'map.restaurantAlarming' : 'map.restaurant', { name, count }),
      tone: alarming ? ('bad' as const) : undefined,
      muted: selected !== null && selected.order.restaurantId !== id,
      onSelect: () => onRestaurant(name),
    };
  });
}

function driverMarker(
  { entry, position, load, state }: KnownDriver,
  selected: OrderCard | null,
  { t }: AdminWords,
  onOpen: (orderId: string) => void,
): MapMarker[] {
  if (!position) return [];
  const { id, name } = entry.driver;
  const { marker } = DRIVER_STATES[state];
  const told = { name, state: t(`driverState.${state}`).toLowerCase() };
  const [first] = load;
  return [
    {
      id: `driver-${id}`,
      kind: 'courier',
      at: position.at,
      headingDeg: position.headingDeg ?? undefined,
      label: first
        ? t('map.driverWith', { ...told, number: first.order.number })
        : t('map.driver', told),
      tone: marker,
      muted: state === 'no_signal' || (selected !== null && selected.delivery?.driverId !== id),
      onSelect: first ? () => onOpen(first.order.id) : undefined,
    },
  ];
}

function Legend({ drivers }: { drivers: readonly KnownDriver[] }) {
  const t = useTranslations('admin');
  const count = (state: DriverState) => drivers.filter((driver) => driver.state === state).length;
  return (
    <ul
      aria-label={t('map.online', { count: drivers.length })}
      className="numerals flex flex-wrap gap-x-3 gap-y-1 rounded-card bg-raised px-3 py-1.5 text-xs shadow-float"
    >
      {DRIVER_STATE_IDS.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={cn('size-2 rounded-full', FILL_TONE[DRIVER_STATES[state].tone])}
          />
          <span className="text-quiet">{t(`driverState.${state}`)}</span>
          <span className="font-medium">{count(state)}</span>
        </li>
      ))}
    </ul>
  );
}
