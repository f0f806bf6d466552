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
import { type Plan, type Planned, takeUp } from './take-up';
import { Travel } from './travel';

/** Larger than any delay that is worth having: nobody is left waiting to save others time. */
const LEAVE_SECONDS = 1_000_000;
/** Who is off duty sooner is no loss to the orders to come, seconds. */
const STAYS_SECONDS = 900;
/** What a second of a driver is worth to the orders to come when there are as many open as drivers, seconds. */
const DRIVER_TIME = 0.1;
/** Deliveries to a driver above which drivers are as scarce as they get. */
const MOST_SCARCE = 2;
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
      /** Where in their plan. */
      planned: Planned | null;
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
  /** What the round before planned (`planOf`), if that is known: one more start for the search. */
  before?: Plan | undefined;
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
  const takingPart = routes.map(({ driver }) => driver);
  const travel = new Travel(takingPart, snapshot.deliveries, snapshot.travelSeconds);
  const stops = stopsOf(snapshot, routes, travel, policy, now);
  const latest = policy.latestDoorSeconds ?? Number.POSITIVE_INFINITY;
  const inTime = stops.filter(({ earliestAge }) => earliestAge <= latest);
  planRoutes(inTime, routes, travel, input);
  const alsoAsked = new Set<string>();
  return [
    ...routes.flatMap((route) => offerOf(route, routes, input, alsoAsked)),
    ...stops.flatMap((stop) => remainder(stop, routes, input)),
  ];
}

/** What is held, and for whom: the next round may go on from it. */
export const planOf = (decisions: readonly BatchDecision[]): Plan =>
  new Map(
    decisions.flatMap((it) =>
      it.kind === 'hold' && it.planned ? [[it.deliveryId, it.planned] as const] : [],
    ),
  );

/** 1 with as many open deliveries as drivers; hardly anything while most drivers have nothing to do. */
const scarcityOf = (deliveries: number, drivers: number): number =>
  Math.min(MOST_SCARCE, deliveries / Math.max(1, drivers)) ** 3;

function planRoutes<Place>(
  stops: readonly Stop<Place>[],
  routes: readonly Route<Place>[],
  travel: Travel<Place>,
  { snapshot: { services }, policy, before }: BatchInput<Place>,
): void {
  const busy = DRIVER_TIME * scarcityOf(stops.length, routes.length);
  const costs = new RouteCosts<Place>(travel, services, { ...policy, leave: LEAVE_SECONDS, busy });
  const { bundleSize: size, nearPickupSeconds, triesPerLate, maxTripsTried } = policy;
  const insertions = new Insertions(costs, routes, { size, nearPickupSeconds });
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
    if (route) costs.settle(route, [costs.single(stop)]);
  }
  improve(stops, insertions, maxTripsTried * (1 - RESHUFFLE_SHARE));
  if (before) takeUp(stops, insertions, before, maxTripsTried * (1 - RESHUFFLE_SHARE));
  reshuffle(stops, insertions, { triesPerLate, maxJobsRun: maxTripsTried });
}

/** When the driver has to leave for their first job, at the latest. */
function leaveAtOf<Place>(route: Route<Place>, snapshot: DispatchSnapshot<Place>): number {
  const job = route.jobs[0]?.stops ?? [];
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
  const job = route.jobs[0]?.stops ?? [];
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
  const job = route.jobs[0]?.stops ?? [];
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
    const isFirst = route.jobs[0]?.stops.includes(stop) ?? false;
    if (isFirst && goesOut(route, input)) return [];
    const leaveAt = isFirst ? leaveAtOf(route, snapshot) : null;
    const trip = route.jobs.findIndex(({ stops }) => stops.includes(stop));
    const door = route.jobs[trip]?.stops.indexOf(stop) ?? 0;
    const planned = { driverId: route.driver.id, trip, door };
    const { driverId } = planned;
    return [{ kind: 'hold', deliveryId, driverId, planned, leaveAt, until, consider }];
  }
  if (stop.earliestAge > (policy.latestDoorSeconds ?? Number.POSITIVE_INFINITY)) {
    return [{ kind: 'give_up', deliveryId, considered: consider() }];
  }
  const mayBeAsked = routes.some(({ index }) => !stop.barred[index]);
  if (mayBeAsked) {
    const nobody = { driverId: null, planned: null, leaveAt: null };
    return [{ kind: 'hold', deliveryId, ...nobody, until, consider }];
  }
  if (emptyRounds + 1 >= policy.maxEmptyRounds) {
    return [{ kind: 'give_up', deliveryId, considered: consider() }];
  }
  const waitUntil = now + backoffSeconds(policy, emptyRounds, random);
  return [{ kind: 'wait', deliveryId, until: waitUntil, considered: consider() }];
}
