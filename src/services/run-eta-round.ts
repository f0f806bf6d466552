import {
  driversByZone,
  latestPreparations,
  markImminent,
  type OpenOrder,
  openOrdersForEta,
  readCalibrations,
  type ShownEta,
  showEtas,
  storeEstimates,
} from '@/db/queries/eta';
import { lockFreeOrders } from '@/db/queries/order-locks';
import { ensured } from '@/domain/errors';
import {
  type EtaFacts,
  isDelayed,
  isImminent,
  kitchenPace,
  observedPace,
  predict,
  usualPace,
} from '@/domain/eta';
import { type Calibrations, isNews, windowWithSlot } from '@/domain/eta-window';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { runCommand } from './command';
import type { ServiceContext } from './context';

/** So many orders are told of in one transaction. */
const AT_ONCE = 20;
/** A courier who has not been seen for so long may be anywhere, seconds. */
const SEEN_SECONDS = 120;

/** A search for a later slot has not begun. */
const isSearched = ({ deliveryStatus: status, nextAttemptAt }: OpenOrder, now: Date): boolean =>
  (status === 'unassigned' || status === 'offering') &&
  nextAttemptAt !== null &&
  nextAttemptAt <= now;

/** Somebody is being asked right now: for this order they are free, for all others they are not. */
const isBeingAsked = ({ deliveryStatus, nextAttemptAt }: OpenOrder): boolean =>
  deliveryStatus === 'offering' && nextAttemptAt === null;

type Around = Pick<
  EtaFacts,
  'kitchenAhead' | 'kitchenPace' | 'waitingAhead' | 'freeDrivers' | 'onlineDrivers'
>;

/** What stands around each of these orders, oldest first: kitchen queues, drivers, waits. */
async function surroundings(ctx: ServiceContext, open: OpenOrder[]): Promise<Around[]> {
  const kitchens = [...new Set(open.map(({ restaurantId }) => restaurantId))];
  const preparations = await latestPreparations(ctx.db, kitchens);
  const drivers = await driversByZone(ctx.db);
  const ahead = new Map<string, number>();
  const countOf = (key: string, counts: boolean): number => {
    const before = ahead.get(key) ?? 0;
    if (counts) ahead.set(key, before + 1);
    return before;
  };
  return open.map((order) => {
    const zone = order.zoneId ?? '';
    const latest = preparations.get(order.restaurantId);
    return {
      kitchenAhead: countOf(order.restaurantId, order.status !== 'ready'),
      kitchenPace: latest ? kitchenPace(latest) : 1,
      waitingAhead: countOf(zone, isSearched(order, ctx.now())),
      freeDrivers: (drivers.get(zone)?.free ?? 0) + (isBeingAsked(order) ? 1 : 0),
      onlineDrivers: drivers.get(zone)?.online ?? 0,
    };
  });
}

type Runs = ReadonlyMap<string, readonly OpenOrder[]>;

function byRun(open: readonly OpenOrder[]): Runs {
  const runs = new Map<string, OpenOrder[]>();
  for (const order of open) {
    if (order.runId !== null) runs.set(order.runId, [...(runs.get(order.runId) ?? []), order]);
  }
  return runs;
}

/** Doors of the same run that are visited before this one, in their order. */
function doorsBefore({ runId, runStop }: OpenOrder, runs: Runs): GeoPoint[] {
  if (runId === null || runStop === null || runStop === 1) return [];
  return (runs.get(runId) ?? [])
    .filter((other) => (other.runStop ?? 0) < runStop)
    .sort((a, b) => (a.runStop ?? 0) - (b.runStop ?? 0))
    .map(({ dropoff }) => dropoff);
}

/** What handing over at a door on the way takes, as a way: straight-line metres at the pace of a bike. */
const DOOR_M = 120 * usualPace('bike');

/** Straight-line metres from door to door to the last of these. */
function way(from: GeoPoint, doors: readonly GeoPoint[], to: GeoPoint): number {
  let at = from;
  let meters = 0;
  for (const next of [...doors, to]) {
    meters += haversineMeters(at, next) + (next === to ? 0 : DOOR_M);
    at = next;
  }
  return meters;
}

function courierOf(
  order: OpenOrder,
  now: Date,
  legSeconds: number,
  doors: readonly GeoPoint[],
): EtaFacts['courier'] {
  const { courierAt, courierSeenAt, vehicle, deliveryStatus } = order;
  if (!courierAt || !courierSeenAt || !vehicle) return null;
  if (now.getTime() - courierSeenAt.getTime() > SEEN_SECONDS * 1_000) return null;
  const carries = deliveryStatus === 'picked_up';
  const distanceM = carries
    ? way(courierAt, doors, order.dropoff)
    : haversineMeters(courierAt, order.pickup);
  const lengthM = (carries ? order.tripDistanceM : order.pickupDistanceM) ?? distanceM;
  const leg = { lengthM, remainingM: distanceM, elapsedS: legSeconds };
  const usualMps = usualPace(vehicle);
  // With other doors on the way, time on the leg says nothing of the pace.
  const paceMps = carries && (order.runStop ?? 1) > 1 ? usualMps : observedPace(vehicle, leg);
  return { distanceM, paceMps, usualMps };
}

function factsOf(order: OpenOrder, now: Date, around: Around, runs: Runs): EtaFacts {
  const doors = doorsBefore(order, runs);
  const legStart = order.deliveryStatus === 'picked_up' ? order.pickedUpAt : order.assignedAt;
  const legSeconds = legStart ? (now.getTime() - legStart.getTime()) / 1_000 : 0;
  return {
    now,
    order: {
      status: order.status,
      fulfilment: order.fulfilment,
      readyEstimateAt: order.readyEstimateAt?.toISOString() ?? null,
      prepMinutes: order.prepMinutes,
      slotFrom: order.slotFrom?.toISOString() ?? null,
    },
    delivery: order.deliveryStatus && { status: order.deliveryStatus },
    tripDistanceM: doors.length > 0 ? way(order.pickup, doors, order.dropoff) : order.tripDistanceM,
    courier: courierOf(order, now, legSeconds, doors),
    legMinutes: legSeconds / 60,
    ...around,
  };
}

const slotOf = ({ slotFrom, slotTo }: OpenOrder) =>
  slotFrom && slotTo ? { from: slotFrom, to: slotTo } : null;

/** Ready at the counter: when it is fetched is the customer's to say, and no delay. */
const waitsForCustomer = ({ fulfilment, status }: OpenOrder): boolean =>
  fulfilment === 'pickup' && status === 'ready';

const shownOn = ({ etaFrom, etaTo, etaStage }: OpenOrder) =>
  etaFrom && etaTo ? { from: etaFrom, to: etaTo, stage: etaStage } : null;

type News = {
  order: OpenOrder;
  /** Null when the window is what it was. */
  shown: (ShownEta & { late: boolean }) | null;
  imminent: boolean;
};

/** What is new about an order, or null. */
function newsOf(order: OpenOrder, facts: EtaFacts, calibrations: Calibrations): News | null {
  const prediction = waitsForCustomer(order) ? null : predict(facts);
  if (!prediction) return null;
  const { now: at, ...from } = facts;
  const window = windowWithSlot(prediction, calibrations, at, slotOf(order));
  const late = isDelayed(order.promisedTo, window.to);
  const shown = isNews(shownOn(order), prediction.stage, window, at)
    ? { orderId: order.id, prediction, window, facts: from, at, late }
    : null;
  const imminent =
    !order.imminentAt &&
    order.deliveryStatus !== null &&
    isImminent(order.deliveryStatus, facts.courier);
  return shown || imminent ? { order, shown, imminent } : null;
}

/** Writes what is new about some orders, but not of those that somebody else is changing; returns how many. */
async function tell(ctx: ServiceContext, news: readonly News[], now: Date): Promise<number> {
  return runCommand(ctx, { name: 'eta', request: null }, async (tx) => {
    const free = await lockFreeOrders(
      tx,
      news.map(({ order }) => order.id),
    );
    const told = news.filter(({ order }) => free.get(order.id) === order.status);
    const shown = told.flatMap((one) => one.shown ?? []);
    const imminent = told.filter((one) => one.imminent).map(({ order }) => order.id);
    if (shown.length > 0) await Promise.all([showEtas(tx, shown), storeEstimates(tx, shown)]);
    if (imminent.length > 0) await markImminent(tx, imminent, now);
    return told.length;
  });
}

/**
 * Computes the ETA of everything open anew, and writes those that tell people something new. Several
 * processes may do so at once. Returns how many orders changed.
 */
export async function runEtaRound(ctx: ServiceContext): Promise<number> {
  const now = ctx.now();
  const open = await openOrdersForEta(ctx.db);
  if (open.length === 0) return 0;
  const calibrations = await readCalibrations(ctx.db);
  const around = await surroundings(ctx, open);
  const runs = byRun(open);
  const news = open.flatMap((order, index) => {
    const facts = factsOf(order, now, ensured(around[index], 'surroundings of each order'), runs);
    return newsOf(order, facts, calibrations) ?? [];
  });
  let changed = 0;
  for (let next = 0; next < news.length; next += AT_ONCE) {
    changed += await tell(ctx, news.slice(next, next + AT_ONCE), now);
  }
  return changed;
}
