import { assign } from './assignment';
import { type ConsideredDriver, considerDrivers } from './considered';
import { chargeForLeaving } from './coverage';
import { emptyRoutes, stopsOf } from './fleet';
import { improve } from './improve';
import { Insertions } from './insertion';
import { type BatchPolicy, backoffSeconds } from './policy';
import { reshuffle } from './reshuffle';
import { type Route, RouteCosts, type Stop } from './routes';
import type { DispatchSnapshot } from './snapshot';

/** Larger than any delay that is worth having: nobody is left waiting to save others time. */
const LEAVE_SECONDS = 1_000_000;
/** Who is off duty sooner is no loss to the orders to come, seconds. */
const STAYS_SECONDS = 900;
/** Share of the effort that is left to reshuffling. */
const RESHUFFLE_SHARE = 0.5;

export type BatchDecision =
  | {
      kind: 'offer';
      /** In the order of dropping off; picked up together. */
      deliveryIds: readonly string[];
      driverId: string;
      /** Further drivers who are asked at the same time. */
      alsoAsk: readonly string[];
      /** When the driver has to leave for the pickup, at the latest. */
      leaveAt: number;
      expiresAt: number;
      considered: readonly ConsideredDriver[];
    }
  /** Planned, or waiting for somebody to be free: looked at again in the next round. */
  | {
      kind: 'hold';
      deliveryId: string;
      driverId: string | null;
      leaveAt: number | null;
      until: number;
      /** Only on demand: most holds are the same as in the round before. */
      consider: () => readonly ConsideredDriver[];
    }
  /** Nobody who may be asked: looks again, further, after backing off. */
  | { kind: 'wait'; deliveryId: string; until: number; considered: readonly ConsideredDriver[] }
  | { kind: 'give_up'; deliveryId: string; considered: readonly ConsideredDriver[] };

export type BatchInput<Place> = {
  snapshot: DispatchSnapshot<Place>;
  policy: BatchPolicy;
  /** Seconds, on the snapshot's clock. */
  now: number;
  /** In [0, 1): jitter of the back-off. */
  random: number;
};

/**
 * Policy *batch*: plans every open delivery onto every driver who is or soon will be free, and offers what has to
 * leave now. What can wait is planned anew in the next round, when more is known.
 */
export function planBatch<Place>(input: BatchInput<Place>): BatchDecision[] {
  const { snapshot, policy, now } = input;
  const routes = emptyRoutes(snapshot.drivers, policy, now);
  const { coverage: weight } = policy;
  chargeForLeaving(routes, snapshot, { weight, now, staysSeconds: STAYS_SECONDS });
  const stops = stopsOf(snapshot, routes, policy, now);
  const latest = policy.latestDoorSeconds ?? Number.POSITIVE_INFINITY;
  const inTime = stops.filter(({ earliestAge }) => earliestAge <= latest);
  planRoutes(inTime, routes, input);
  const alsoAsked = new Set<string>();
  return [
    ...routes.flatMap((route) => offerOf(route, routes, input, alsoAsked)),
    ...stops.flatMap((stop) => remainder(stop, routes, input)),
  ];
}

function planRoutes<Place>(
  stops: readonly Stop<Place>[],
  routes: readonly Route<Place>[],
  { snapshot: { services, travelSeconds }, policy }: BatchInput<Place>,
): void {
  const costs = new RouteCosts<Place>(travelSeconds, services, { ...policy, leave: LEAVE_SECONDS });
  const { bundleSize: size, nearPickupSeconds, triesPerLate, maxTripsTried } = policy;
  const somewhere = stops[0]?.delivery.pickup;
  if (somewhere === undefined) return;
  const rule = { size, nearPickupSeconds, travelSeconds };
  const insertions = new Insertions(costs, routes, rule, somewhere);
  const rows = stops.map((stop) =>
    insertions.firstCosts(stop).map(({ route, cost }) => ({ column: route.index, cost })),
  );
  const taken = assign(
    rows,
    routes.length,
    stops.map((stop) => costs.leaveCost(stop)),
  );
  for (const [n, stop] of stops.entries()) {
    const route = routes[taken[n] ?? -1];
    if (route) costs.settle(route, [[stop]]);
  }
  improve(stops, insertions, maxTripsTried * (1 - RESHUFFLE_SHARE));
  reshuffle(stops, insertions, { triesPerLate, maxJobsRun: maxTripsTried });
}

/** When the driver has to leave for their first job, at the latest. */
function leaveAtOf<Place>(route: Route<Place>, snapshot: DispatchSnapshot<Place>): number {
  const job = route.jobs[0] ?? [];
  const [first] = job;
  if (!first) return Number.POSITIVE_INFINITY;
  const { pickup, pickupId } = first.delivery;
  const readyAt = Math.max(
    ...job.map(({ delivery }) => (delivery.pickupId === pickupId ? delivery.readyAt : 0)),
  );
  const approach = snapshot.travelSeconds(route.driver.place, pickup);
  return Math.max(route.availableAt, readyAt - snapshot.services.beforePickup - approach);
}

/** Whether the first job has to be offered now, and the driver can take it beside what they carry. */
function goesOut<Place>(
  route: Route<Place>,
  { snapshot, policy, now }: BatchInput<Place>,
): boolean {
  const job = route.jobs[0] ?? [];
  if (job.length === 0 || route.driver.load + job.length > route.capacity) return false;
  return leaveAtOf(route, snapshot) <= now + policy.leadSeconds;
}

function offerOf<Place>(
  route: Route<Place>,
  routes: readonly Route<Place>[],
  input: BatchInput<Place>,
  alsoAsked: Set<string>,
): BatchDecision[] {
  const { snapshot, policy, now } = input;
  const job = route.jobs[0] ?? [];
  const [first] = job;
  if (!first || !goesOut(route, input)) return [];
  const leaveAt = leaveAtOf(route, snapshot);
  const considered = considerDrivers(first, route, routes, { snapshot, policy, now });
  const alsoAsk = considered
    .filter(({ driverId, verdict }) => verdict === 'costs_more' && !alsoAsked.has(driverId))
    .slice(0, policy.parallelOffers - 1)
    .map(({ driverId }) => driverId);
  for (const id of alsoAsk) alsoAsked.add(id);
  return [
    {
      ...{ kind: 'offer', driverId: route.driver.id, alsoAsk, leaveAt, considered },
      deliveryIds: job.map(({ delivery }) => delivery.id),
      expiresAt: now + policy.offerSeconds,
    },
  ];
}

function remainder<Place>(
  stop: Stop<Place>,
  routes: readonly Route<Place>[],
  input: BatchInput<Place>,
): BatchDecision[] {
  const { snapshot, policy, now, random } = input;
  const { id: deliveryId, emptyRounds } = stop.delivery;
  const { route } = stop;
  const until = now + policy.windowSeconds;
  const consider = () => considerDrivers(stop, route, routes, { snapshot, policy, now });
  if (route) {
    const isFirst = route.jobs[0]?.includes(stop) ?? false;
    if (isFirst && goesOut(route, input)) return [];
    const leaveAt = isFirst ? leaveAtOf(route, snapshot) : null;
    return [{ kind: 'hold', deliveryId, driverId: route.driver.id, leaveAt, until, consider }];
  }
  if (stop.earliestAge > (policy.latestDoorSeconds ?? Number.POSITIVE_INFINITY)) {
    return [{ kind: 'give_up', deliveryId, considered: consider() }];
  }
  const mayBeAsked = routes.some(({ index }) => !stop.barred[index]);
  if (mayBeAsked) {
    return [{ kind: 'hold', deliveryId, driverId: null, leaveAt: null, until, consider }];
  }
  if (emptyRounds + 1 >= policy.maxEmptyRounds) {
    return [{ kind: 'give_up', deliveryId, considered: consider() }];
  }
  const waitUntil = now + backoffSeconds(policy, emptyRounds, random);
  return [{ kind: 'wait', deliveryId, until: waitUntil, considered: consider() }];
}
