import type { Route } from './routes';
import type { DispatchSnapshot } from './snapshot';

/** Travel beyond which a driver hardly counts for a place, seconds. */
const REACH_SECONDS = 300;
const MOST_OF_ALL = 1 - 1e-3;
const LEAST_SHARE = 1e-6;

/**
 * What it costs the orders to come when a driver leaves where they are: how much further away the drivers that
 * stay would be, weighted by the orders expected at each pickup (log-sum of exponentials, a smooth minimum).
 * Adds it to the routes' `leaveCost`, seconds.
 */
export function chargeForLeaving<Place>(
  routes: readonly Route<Place>[],
  { demand, travelSeconds }: Pick<DispatchSnapshot<Place>, 'demand' | 'travelSeconds'>,
  options: { weight: number; now: number; staysSeconds: number },
): void {
  const { weight, now, staysSeconds } = options;
  if (weight <= 0) return;
  const staying = routes.filter(({ offAt }) => offAt >= now + staysSeconds);
  const nearness = new Float64Array(staying.length);
  for (const { place, expectedOrders } of demand) {
    let sum = 0;
    for (let n = 0; n < staying.length; n += 1) {
      const route = staying[n];
      if (!route) break;
      const away = route.availableAt - now + travelSeconds(route.driver.place, place);
      const near = Math.exp(-away / REACH_SECONDS);
      nearness[n] = near;
      sum += near;
    }
    const scale = weight * expectedOrders * REACH_SECONDS;
    const least = LEAST_SHARE * sum;
    for (let n = 0; n < staying.length; n += 1) {
      const near = nearness[n] ?? 0;
      const route = staying[n];
      if (near <= least || !route) continue;
      route.leaveCost -= scale * Math.log(1 - Math.min(MOST_OF_ALL, near / sum));
    }
  }
}
