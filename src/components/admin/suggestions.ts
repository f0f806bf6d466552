import { isFull, type KnownDriver } from '@/domain/board-drivers';
import { type GeoPoint, haversineMeters } from '@/domain/geo';

export type Suggestion = { known: KnownDriver; awayM: number; full: boolean };

const awayOf = ({ position }: KnownDriver, pickup: GeoPoint): number =>
  position ? haversineMeters(position.at, pickup) : Number.POSITIVE_INFINITY;

/** Whoever can take it now first, then who may not see it soon, those who are full last. */
const rankOf = ({ known: { state }, full }: Suggestion): number =>
  full ? 2 : state === 'on_break' || state === 'no_signal' ? 1 : 0;

/** All drivers but the one who has it, the best to give it to first: with room, on duty, near the pickup. */
export function suggest(
  pickup: GeoPoint,
  drivers: readonly KnownDriver[],
  holder: string | null,
): Suggestion[] {
  return drivers
    .filter(({ entry }) => entry.driver.id !== holder)
    .map((known) => ({ known, awayM: awayOf(known, pickup), full: isFull(known) }))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.awayM - b.awayM);
}

/** Whom a dispatcher can choose without looking further, or null. */
export const bestOf = ([first]: readonly Suggestion[]): Suggestion | null =>
  first && rankOf(first) === 0 ? first : null;
