import { type Barred, barred, type LeftOut, leftOut } from './fleet';
import type { BatchPolicy } from './policy';
import type { Route, Stop } from './routes';
import type { DispatchSnapshot } from './snapshot';

export type BatchVerdict =
  | 'chosen'
  /** Would be at the pickup after the end of their duty. */
  | 'off_duty_before_pickup'
  /** Is planned for another delivery. */
  | 'kept_for_another'
  /** Might be asked, but the plan is cheaper with somebody else. */
  | 'costs_more'
  | LeftOut
  | Barred;

/** A driver who was looked at for a delivery. Metres and seconds. */
export type ConsideredDriver = {
  driverId: string;
  distanceM: number;
  travelSeconds: number;
  load: number;
  positionAgeSeconds: number;
  refusalShare: number;
  /** Delay at the pickup and what else taking this driver costs, seconds; null for who is left out. */
  score: number | null;
  verdict: BatchVerdict;
};

/** The nearest drivers, and why each was chosen or not. */
export function considerDrivers<Place>(
  stop: Stop<Place>,
  chosen: Route<Place> | null,
  routes: readonly Route<Place>[],
  input: { snapshot: DispatchSnapshot<Place>; policy: BatchPolicy; now: number },
): ConsideredDriver[] {
  const { snapshot, policy, now } = input;
  const { delivery } = stop;
  const routeOf = new Map(routes.map((route) => [route.driver.id, route]));
  const ranked = snapshot.drivers
    .map((driver) => ({ driver, distanceM: snapshot.distanceM(driver.place, delivery.pickup) }))
    .sort((a, b) => a.distanceM - b.distanceM || (a.driver.id < b.driver.id ? -1 : 1));
  const nearest = ranked.filter(
    ({ driver }, n) => n < policy.candidates || driver === chosen?.driver,
  );
  return nearest.map(({ driver, distanceM }): ConsideredDriver => {
    const route = routeOf.get(driver.id);
    const travelSeconds = snapshot.travelSeconds(driver.place, delivery.pickup);
    const atPickup = Math.max(now, driver.freeAt) + travelSeconds + snapshot.services.beforePickup;
    const pickupAt = Math.max(delivery.readyAt, atPickup);
    const out =
      leftOut(driver, policy, now) ?? barred(delivery, driver, policy, snapshot.distanceM);
    const verdict = (): BatchVerdict => {
      if (route && route === chosen) return 'chosen';
      if (out) return out;
      if (driver.offAt !== null && pickupAt > driver.offAt) return 'off_duty_before_pickup';
      return route && route.jobs.length > 0 ? 'kept_for_another' : 'costs_more';
    };
    const { load, positionAgeSeconds, refusalShare } = driver;
    return {
      ...{ driverId: driver.id, distanceM, travelSeconds, load, positionAgeSeconds, refusalShare },
      score: out || !route ? null : pickupAt - delivery.readyAt + route.leaveCost,
      verdict: verdict(),
    };
  });
}
