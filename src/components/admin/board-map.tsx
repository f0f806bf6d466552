'use client';

import { useTranslations } from 'next-intl';
import { memo, useMemo, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { LazyMap } from '@/components/shared/lazy-map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import { cn } from '@/components/ui/cn';
import { FILL_TONE } from '@/components/ui/tone';
import { columnOf, type ToCall } from '@/domain/board-columns';
import { countStates, DRIVER_STATE_IDS, isFull, type KnownDriver } from '@/domain/board-drivers';
import type { DriverPosition } from '@/domain/driver';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { useBoard, useDrivers } from './admin-shell';
import { DRIVER_STATES } from './driver-states';
import { type AdminWords, useAdminWords } from './use-admin-words';
import { useCalm } from './use-calm';

/** Markers are made anew this often at the most, milliseconds; couriers glide in between. */
const MARKERS_EVERY_MS = 1_000;

type BoardMapProps = {
  selected: string | null;
  onOpen: (orderId: string) => void;
  /** Shows only what a restaurant has to do with. */
  onRestaurant: (restaurantId: string) => void;
  /** Takes the order that is held over the board; null while none is. */
  onDrop: ((driverId: string) => void) | null;
  /** Says how many drivers are in which state: where no list beside it does. */
  legend: boolean;
};

/** Who is where: drivers by state, restaurants with open orders, and the order that is open. */
export function BoardMap(props: BoardMapProps) {
  const { cards } = useBoard().view;
  const drivers = useDrivers();
  const latest = useMemo(() => ({ cards, drivers }), [cards, drivers]);
  return <CalmMap {...props} {...useCalm(latest, MARKERS_EVERY_MS)} />;
}

type CalmMapProps = BoardMapProps & {
  cards: readonly OrderCard[];
  drivers: ReadonlyMap<string, KnownDriver>;
};

const CalmMap = memo(function CalmMap(props: CalmMapProps) {
  const { selected, cards, drivers: known, onOpen, onRestaurant, onDrop, legend } = props;
  const words = useAdminWords();
  const { toCall } = useBoard();
  const now = useNow(10);
  const drivers = useMemo(() => [...known.values()], [known]);
  const card = cards.find(({ order }) => order.id === selected) ?? null;
  const courier = (card?.delivery?.driverId && known.get(card.delivery.driverId)) || null;
  const [everybody] = useState(() => around(cards, drivers));
  const goal = card && goalOf(card);

  const markers = useMemo(() => {
    const door: MapMarker[] = card
      ? [
          {
            id: 'door',
            kind: 'door',
            at: card.order.dropoff,
            label: card.order.dropoffAddress,
            tone: 'accent',
          },
        ]
      : [];
    return [
      ...restaurantMarkers(cards, card, toCall, words, onRestaurant),
      ...drivers.flatMap((driver) => driverMarker(driver, { card, words, onOpen, onDrop })),
      ...door,
    ];
  }, [cards, card, drivers, toCall, words, onRestaurant, onOpen, onDrop]);
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
            {courierWords(card, courier, goal, now, words)}
          </p>
        ) : (
          legend && <Legend drivers={drivers} />
        )}
      </div>
    </div>
  );
});

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
  onRestaurant: (restaurantId: string) => void,
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
      onSelect: () => onRestaurant(id),
    };
  });
}

type MarkerContext = Pick<BoardMapProps, 'onOpen' | 'onDrop'> & {
  card: OrderCard | null;
  words: AdminWords;
};

/** The words of each driver, put together once until something about them changes. */
const labels = new WeakMap<KnownDriver, { words: AdminWords; label: string }>();

function labelOf(known: KnownDriver, words: AdminWords): string {
  const made = labels.get(known);
  if (made?.words === words) return made.label;
  const [first] = known.load;
  const told = {
    name: known.entry.driver.name,
    state: words.t(`driverState.${known.state}`).toLowerCase(),
  };
  const label = first
    ? words.t('map.driverWith', { ...told, number: first.order.number })
    : words.t('map.driver', told);
  labels.set(known, { words, label });
  return label;
}

function driverMarker(
  known: KnownDriver,
  { card, words, onOpen, onDrop }: MarkerContext,
): MapMarker[] {
  const { entry, position, load, state } = known;
  if (!position) return [];
  const { id } = entry.driver;
  const [first] = load;
  return [
    {
      id: `driver-${id}`,
      kind: 'courier',
      at: position.at,
      headingDeg: position.headingDeg ?? undefined,
      label: labelOf(known, words),
      tone: DRIVER_STATES[state].marker,
      muted: state === 'no_signal' || (card !== null && card.delivery?.driverId !== id),
      onSelect: first ? () => onOpen(first.order.id) : undefined,
      onDrop: onDrop && !isFull(known) ? () => onDrop(id) : undefined,
    },
  ];
}

function Legend({ drivers }: { drivers: readonly KnownDriver[] }) {
  const t = useTranslations('admin');
  const counts = countStates(drivers);
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
          <span className="font-medium">{counts[state]}</span>
        </li>
      ))}
    </ul>
  );
}
