import type { Route } from './routes';
import type { DispatchSnapshot } from './snapshot';

/** Travel beyond which a driver hardly counts for a place, seconds. */
const REACH_SECONDS = 300;
const MOST_OF_ALL = 1 - 1e-3;

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
    for (const [n, { availableAt, driver }] of staying.entries()) {
      const awaySeconds = availableAt - now + travelSeconds(driver.place, place);
      const near = Math.exp(-awaySeconds / REACH_SECONDS);
      nearness[n] = near;
      sum += near;
    }
    const scale = weight * expectedOrders * REACH_SECONDS;
    for (const [n, route] of staying.entries()) {
      const share = (nearness[n] ?? 0) / sum;
      if (share > 1e-6) route.leaveCost -= scale * Math.log(1 - Math.min(MOST_OF_ALL, share));
    }
  }
}
