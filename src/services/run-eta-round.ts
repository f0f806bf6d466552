import {
  freeDriversByZone,
  markImminent,
  type OpenOrder,
  openOrdersForEta,
  readCalibrations,
  showEta,
  storeEstimate,
} from '@/db/queries/eta';
import { tryLockOrder } from '@/db/queries/orders';
import { type EtaFacts, isDelayed, isImminent, observedPace, predict } from '@/domain/eta';
import { type Calibrations, isNews, windowAround } from '@/domain/eta-window';
import { haversineMeters } from '@/domain/geo';
import { runCommand } from './command';
import type { ServiceContext } from './context';

/** A courier who has not been seen for so long may be anywhere, seconds. */
const SEEN_SECONDS = 120;

const isSearched = ({ deliveryStatus: status }: OpenOrder): boolean =>
  status === 'unassigned' || status === 'offering';

function countBy<T>(rows: readonly T[], keyOf: (row: T) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function courierOf(order: OpenOrder, now: Date, legSeconds: number): EtaFacts['courier'] {
  const { courierAt, courierSeenAt, vehicle, deliveryStatus } = order;
  if (!courierAt || !courierSeenAt || !vehicle) return null;
  if (now.getTime() - courierSeenAt.getTime() > SEEN_SECONDS * 1_000) return null;
  const carries = deliveryStatus === 'picked_up';
  const distanceM = haversineMeters(courierAt, carries ? order.dropoff : order.pickup);
  const lengthM = (carries ? order.tripDistanceM : order.pickupDistanceM) ?? distanceM;
  const leg = { lengthM, remainingM: distanceM, elapsedS: legSeconds };
  return { distanceM, paceMps: observedPace(vehicle, leg) };
}

function factsOf(
  order: OpenOrder,
  now: Date,
  around: Pick<EtaFacts, 'kitchenAhead' | 'waiting' | 'freeDrivers'>,
): EtaFacts {
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
    tripDistanceM: order.tripDistanceM,
    courier: courierOf(order, now, legSeconds),
    legMinutes: legSeconds / 60,
    ...around,
  };
}

const shownOn = ({ etaFrom, etaTo, etaStage }: OpenOrder) =>
  etaFrom && etaTo ? { from: etaFrom, to: etaTo, stage: etaStage } : null;

/** Writes what is new about one order; false when it is not, or somebody else is changing it. */
async function tell(
  ctx: ServiceContext,
  order: OpenOrder,
  facts: EtaFacts,
  calibrations: Calibrations,
): Promise<boolean> {
  const prediction = predict(facts);
  if (!prediction) return false;
  const { now, ...from } = facts;
  const window = windowAround(prediction, calibrations, now);
  const news = isNews(shownOn(order), prediction.stage, window);
  const imminent =
    !order.imminentAt &&
    order.deliveryStatus !== null &&
    isImminent(order.deliveryStatus, facts.courier);
  if (!news && !imminent) return false;
  return runCommand(ctx, { name: 'eta', request: null }, async (tx) => {
    const locked = await tryLockOrder(tx, order.id);
    if (locked?.status !== order.status) return false;
    if (news) {
      const late = isDelayed(order.promisedTo, window.to);
      const delayedAt = late ? (locked.delayedAt ?? now) : null;
      await showEta(tx, order.id, prediction.stage, window, delayedAt);
      await storeEstimate(tx, order.id, { prediction, window, facts: from, at: now });
    }
    if (imminent) await markImminent(tx, order.id, now);
    return true;
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
  const free = await freeDriversByZone(ctx.db);
  const waiting = countBy(open.filter(isSearched), ({ zoneId }) => zoneId);
  const cooking = new Map<string, number>();
  let changed = 0;
  for (const order of open) {
    const ahead = cooking.get(order.restaurantId) ?? 0;
    if (order.status !== 'ready') cooking.set(order.restaurantId, ahead + 1);
    const zone = order.zoneId ?? '';
    const facts = factsOf(order, now, {
      kitchenAhead: ahead,
      waiting: waiting.get(zone) ?? 0,
      freeDrivers: free.get(zone) ?? 0,
    });
    if (await tell(ctx, order, facts, calibrations)) changed += 1;
  }
  return changed;
}
