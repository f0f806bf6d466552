import { sameList } from './board-columns';
import type { BoardDriver } from './board-view';
import { isCarried } from './delivery';
import type { DriverPosition } from './driver';
import { STALE_AFTER_S } from './position-limits';
import type { OrderCard } from './views';

export const DRIVER_STATE_IDS = ['free', 'to_pickup', 'carrying', 'on_break', 'no_signal'] as const;
export type DriverState = (typeof DRIVER_STATE_IDS)[number];

export type Loads = ReadonlyMap<string, readonly OrderCard[]>;

/** What each driver carries now, with the lists of `before` where they hold the same. */
export function loadsOf(before: Loads | null, cards: readonly OrderCard[]): Loads {
  const loads = new Map<string, OrderCard[]>();
  for (const card of cards) {
    const { delivery } = card;
    if (!delivery?.driverId || !isCarried(delivery.status)) continue;
    const load = loads.get(delivery.driverId);
    if (load) load.push(card);
    else loads.set(delivery.driverId, [card]);
  }
  if (!before) return loads;
  return new Map(
    [...loads].map(([id, load]) => {
      const known = before.get(id);
      return [id, known && sameList(known, load) ? known : load];
    }),
  );
}

export type KnownDriver = {
  entry: BoardDriver;
  position: DriverPosition | null;
  load: readonly OrderCard[];
  state: DriverState;
};

const isStale = (position: DriverPosition | null, now: Date): boolean =>
  !position || now.getTime() - new Date(position.recordedAt).getTime() > STALE_AFTER_S * 1_000;

const HAS_FOOD: ReadonlySet<string> = new Set(['picked_up', 'at_dropoff', 'failed', 'returning']);

const latest = (a: DriverPosition | null, b: DriverPosition | undefined): DriverPosition | null =>
  !b || (a && a.recordedAt > b.recordedAt) ? a : b;

const names = new Intl.Collator();

/** Everybody online, by name. */
export const onlineByName = (drivers: readonly BoardDriver[]): BoardDriver[] =>
  drivers
    .filter(({ driver }) => driver.online)
    .sort((a, b) => names.compare(a.driver.name, b.driver.name));

const NOTHING: readonly OrderCard[] = [];

function stateOf({ driver }: BoardDriver, load: readonly OrderCard[], stale: boolean): DriverState {
  if (driver.breakSince) return 'on_break';
  if (stale) return 'no_signal';
  const carries = load.some(({ delivery }) => delivery && HAS_FOOD.has(delivery.status));
  return carries ? 'carrying' : load.length > 0 ? 'to_pickup' : 'free';
}

export type Seen = {
  drivers: readonly BoardDriver[];
  loads: Loads;
  positions: ReadonlyMap<string, DriverPosition>;
  now: Date;
};

/** These drivers with where they are and what they carry; whoever has not changed is the same object. */
export function knownDrivers(
  before: ReadonlyMap<string, KnownDriver> | null,
  { drivers, loads, positions, now }: Seen,
): ReadonlyMap<string, KnownDriver> {
  return new Map(
    drivers.map((entry) => {
      const { id } = entry.driver;
      const position = latest(entry.position, positions.get(id));
      const load = loads.get(id) ?? NOTHING;
      const state = stateOf(entry, load, isStale(position, now));
      const known = before?.get(id);
      const same =
        known?.entry === entry &&
        known.position === position &&
        known.load === load &&
        known.state === state;
      return [id, same ? known : { entry, position, load, state }];
    }),
  );
}

export const isFull = ({ entry, load }: KnownDriver): boolean =>
  load.length >= entry.driver.capacity;

/** How many are in each state; together they are all. */
export function countStates(
  drivers: readonly KnownDriver[],
): Readonly<Record<DriverState, number>> {
  const counts = { free: 0, to_pickup: 0, carrying: 0, on_break: 0, no_signal: 0 };
  for (const { state } of drivers) counts[state] += 1;
  return counts;
}
