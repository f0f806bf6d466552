import { Bike, CircleSlash, Coffee, type LucideIcon, Store, UserCheck } from 'lucide-react';
import type { MarkerTone } from '@/components/shared/map/map-marker';
import type { Tone } from '@/components/ui/tone';
import type { BoardDriver } from '@/domain/board-view';
import { isCarried } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { STALE_AFTER_S } from '@/domain/position';
import type { OrderCard } from '@/domain/views';

export type DriverState = 'free' | 'to_pickup' | 'carrying' | 'on_break' | 'no_signal';

type StateLook = { tone: Tone; marker: MarkerTone; icon: LucideIcon };

/** Their words are `admin.driverState`. */
export const DRIVER_STATES: Readonly<Record<DriverState, StateLook>> = {
  free: { tone: 'good', marker: 'good', icon: UserCheck },
  to_pickup: { tone: 'info', marker: 'info', icon: Store },
  carrying: { tone: 'accent', marker: 'accent', icon: Bike },
  on_break: { tone: 'neutral', marker: 'quiet', icon: Coffee },
  no_signal: { tone: 'neutral', marker: 'quiet', icon: CircleSlash },
};
export const DRIVER_STATE_IDS = [
  'free',
  'to_pickup',
  'carrying',
  'on_break',
  'no_signal',
] as const satisfies readonly DriverState[];

/** What each driver carries now. */
export function loadsOf(cards: readonly OrderCard[]): ReadonlyMap<string, OrderCard[]> {
  const loads = new Map<string, OrderCard[]>();
  for (const card of cards) {
    const { delivery } = card;
    if (!delivery?.driverId || !isCarried(delivery.status)) continue;
    loads.set(delivery.driverId, [...(loads.get(delivery.driverId) ?? []), card]);
  }
  return loads;
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

/** Everybody online, with where they are and what they carry; by name. */
export function knownDrivers(
  drivers: readonly BoardDriver[],
  loads: ReadonlyMap<string, OrderCard[]>,
  positions: ReadonlyMap<string, DriverPosition>,
  now: Date,
): KnownDriver[] {
  return drivers
    .filter(({ driver }) => driver.online)
    .map((entry): KnownDriver => {
      const { id } = entry.driver;
      const position = latest(entry.position, positions.get(id));
      const load = loads.get(id) ?? [];
      if (entry.driver.breakSince) return { entry, position, load, state: 'on_break' };
      const carries = load.some(({ delivery }) => delivery && HAS_FOOD.has(delivery.status));
      const working = carries ? 'carrying' : load.length > 0 ? 'to_pickup' : 'free';
      return { entry, position, load, state: isStale(position, now) ? 'no_signal' : working };
    })
    .sort((a, b) => a.entry.driver.name.localeCompare(b.entry.driver.name));
}
