import type { BatchPolicy } from './policy';
import { radiusFor } from './policy';
import type { Route, Stop } from './routes';
import type { DispatchDriver, DispatchSnapshot, OpenDelivery } from './snapshot';
import type { Travel } from './travel';

/** Idle time that still counts for fairness, seconds. */
const IDLE_COUNTS = 1_800;

const MOST_DOUBLINGS = 30;

/** Why a driver takes no part in this round. */
export type LeftOut =
  | 'position_stale'
  | 'asked_already'
  | 'carries_enough'
  | 'not_free_soon'
  | 'off_duty';
/** Why a driver is not asked about this delivery. */
export type Barred = 'declined' | 'did_not_answer' | 'out_of_radius';

export function leftOut(
  driver: DispatchDriver<unknown>,
  policy: BatchPolicy,
  now: number,
): LeftOut | null {
  if (driver.positionAgeSeconds > policy.positionFreshSeconds) return 'position_stale';
  if (driver.pendingOffers >= policy.parallelOffersPerDriver) return 'asked_already';
  if (driver.load > policy.carriesAtMost) return 'carries_enough';
  if (driver.freeAt > now + policy.lookAheadSeconds) return 'not_free_soon';
  if (driver.offAt !== null && driver.offAt < now) return 'off_duty';
  return null;
}

export function barred<Place>(
  delivery: OpenDelivery<Place>,
  driver: DispatchDriver<Place>,
  policy: BatchPolicy,
  distanceM: (from: Place, to: Place) => number,
): Barred | null {
  if (delivery.declinedBy.has(driver.id)) return 'declined';
  if (delivery.unansweredBy.has(driver.id)) return 'did_not_answer';
  const radiusM = radiusFor(policy, delivery.emptyRounds);
  return distanceM(driver.place, delivery.pickup) > radiusM ? 'out_of_radius' : null;
}

/** Soft fairness: who has been idle long costs less, who often refuses costs more; seconds. */
function fairnessCost(driver: DispatchDriver<unknown>, policy: BatchPolicy, now: number): number {
  const idle = driver.idleSince === null ? 0 : Math.max(0, now - driver.idleSince);
  const notIdle = IDLE_COUNTS - Math.min(IDLE_COUNTS, idle);
  return policy.fairness * notIdle + policy.refusal * driver.refusalShare;
}

export function emptyRoutes<Place>(
  drivers: readonly DispatchDriver<Place>[],
  policy: BatchPolicy,
  now: number,
): Route<Place>[] {
  return drivers
    .filter((driver) => leftOut(driver, policy, now) === null)
    .map((driver, index): Route<Place> => {
      const availableAt = Math.max(now, driver.freeAt);
      return {
        ...{ driver, index, availableAt, offAt: driver.offAt ?? Number.POSITIVE_INFINITY },
        capacity: driver.capacity ?? Number.POSITIVE_INFINITY,
        leaveCost: fairnessCost(driver, policy, now),
        ...{ jobs: [], standings: [{ at: availableAt, origin: index, cost: 0 }], cost: 0 },
      };
    });
}

/**
 * The deadline lane: what would be old at the door even if a driver stood by doubles in weight again and again, so
 * that in the end it outweighs any number of others. A sum of delays alone would let it starve.
 */
function urgencyAt(earliestAge: number, { laneSeconds, laneDoublesSeconds }: BatchPolicy): number {
  const over = Math.max(0, earliestAge - laneSeconds);
  return 2 ** Math.min(MOST_DOUBLINGS, over / laneDoublesSeconds);
}

export function stopsOf<Place>(
  { deliveries, services, travelSeconds, distanceM }: DispatchSnapshot<Place>,
  routes: readonly Route<Place>[],
  travel: Travel<Place>,
  policy: BatchPolicy,
  now: number,
): Stop<Place>[] {
  return deliveries.map((delivery, index): Stop<Place> => {
    const directSeconds = travelSeconds(delivery.pickup, delivery.dropoff);
    const toDoor = services.afterPickup + directSeconds + services.beforeDropoff;
    const earliestAge = Math.max(now, delivery.readyAt) + toDoor - delivery.placedAt;
    const may = routes.map(({ driver }) => (barred(delivery, driver, policy, distanceM) ? 1 : 0));
    return {
      ...{ delivery, index, pickup: travel.pickupOf(delivery.pickupId) },
      ...{ directSeconds, bestDropoffAt: delivery.readyAt + toDoor },
      ...{ earliestAge, urgency: urgencyAt(earliestAge, policy) },
      ...{ barred: Uint8Array.from(may), route: null },
    };
  });
}
