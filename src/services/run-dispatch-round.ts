import type { Transaction } from '@/db/client';
import {
  expireOffer,
  findDelivery,
  insertOffer,
  offersToExpire,
  stepDelivery,
  updateSearch,
} from '@/db/queries/deliveries';
import { dueSearches, insertAttempt, nearestCandidates, nextDueAt } from '@/db/queries/dispatch';
import { tryLockOrder } from '@/db/queries/orders';
import { zoneOfRestaurant } from '@/db/queries/restaurants';
import { type Considered, type DispatchDecision, planNearest } from '@/domain/dispatch/nearest';
import { type DispatchPolicy, radiusFor } from '@/domain/dispatch/policy';
import { ensured } from '@/domain/errors';
import { isOpenOrder } from '@/domain/order';
import { runCommand } from './command';
import type { ServiceContext } from './context';

export type RoundReport = {
  expired: number;
  offered: number;
  waiting: number;
  gaveUp: number;
  /** When there is something to do again, or null when nothing waits. */
  nextDueAt: Date | null;
};

const BATCH = 100;
const step = { name: 'dispatch', request: null };

type Delivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;

async function expireOne(
  ctx: ServiceContext,
  offer: { id: string; orderId: string; deliveryId: string },
) {
  return runCommand(ctx, step, async (tx) => {
    if (!(await tryLockOrder(tx, offer.orderId))) return false;
    if (!(await expireOffer(tx, offer.id, ctx.now()))) return false;
    await updateSearch(tx, offer.deliveryId, { nextAttemptAt: ctx.now() });
    return true;
  });
}

async function writeOffer(
  tx: Transaction,
  delivery: Delivery,
  chosen: Considered,
  expiresAt: Date,
): Promise<boolean> {
  const offer = await insertOffer(tx, {
    deliveryId: delivery.id,
    orderId: delivery.orderId,
    driverId: chosen.driverId,
    driverName: chosen.name,
    attempt: delivery.attempt + 1,
    round: delivery.emptyRounds,
    pickupDistanceM: chosen.distanceM,
    expiresAt,
  });
  return offer !== null;
}

async function decide(
  tx: Transaction,
  ctx: ServiceContext,
  delivery: Delivery,
  policy: DispatchPolicy,
  radiusM: number,
): Promise<DispatchDecision> {
  const { id: deliveryId, pickup, emptyRounds, searchStartedAt, avoidDriverId } = delivery;
  let candidates = await nearestCandidates(tx, {
    deliveryId,
    pickup,
    radiusM,
    round: emptyRounds,
    searchStartedAt,
    avoidDriverId,
    now: ctx.now(),
    limit: policy.candidates,
  });
  for (;;) {
    const now = ctx.now();
    const decision = planNearest({ emptyRounds, candidates, policy, now, random: ctx.random() });
    if (decision.kind !== 'offer') return decision;
    const chosen = decision.considered.find(({ verdict }) => verdict === 'chosen');
    if (chosen && (await writeOffer(tx, delivery, chosen, decision.expiresAt))) return decision;
    // Another dispatcher has asked this driver in the meantime.
    candidates = candidates.filter(({ driverId }) => driverId !== decision.driverId);
  }
}

async function writeSearch(
  tx: Transaction,
  delivery: Delivery,
  decision: DispatchDecision,
  radiusM: number,
): Promise<void> {
  const search = { attempt: delivery.attempt + 1, radiusM };
  switch (decision.kind) {
    case 'offer':
      if (delivery.status === 'unassigned') {
        await stepDelivery(tx, delivery.id, 'offer', { ...search, nextAttemptAt: null });
      } else {
        await updateSearch(tx, delivery.id, { ...search, nextAttemptAt: null });
      }
      return;
    case 'wait':
      await updateSearch(tx, delivery.id, {
        ...search,
        emptyRounds: delivery.emptyRounds + 1,
        nextAttemptAt: decision.until,
      });
      return;
    case 'give_up':
      await stepDelivery(tx, delivery.id, 'exhaust', { ...search, reason: 'no_driver_found' });
  }
}

async function searchOne(ctx: ServiceContext, due: { deliveryId: string; orderId: string }) {
  return runCommand(ctx, step, async (tx) => {
    const order = await tryLockOrder(tx, due.orderId);
    if (!order) return null;
    const delivery = await findDelivery(tx, due.deliveryId);
    if (!delivery?.nextAttemptAt || delivery.nextAttemptAt > ctx.now()) return null;
    if (!isOpenOrder(order.status)) {
      // Closed by hand, past the services: nobody is to be asked any more.
      await stepDelivery(tx, delivery.id, 'cancel', { reason: 'order_closed' });
      return null;
    }
    const zone = ensured(await zoneOfRestaurant(tx, order.restaurantId), 'a zone per restaurant');
    const radiusM = radiusFor(zone.policy, delivery.emptyRounds);
    const decision = await decide(tx, ctx, delivery, zone.policy, radiusM);
    await writeSearch(tx, delivery, decision, radiusM);
    await insertAttempt(tx, {
      deliveryId: delivery.id,
      number: delivery.attempt + 1,
      radiusM,
      outcome: decision.kind,
      considered: decision.considered,
      nextAttemptAt: decision.kind === 'wait' ? decision.until : null,
    });
    return decision.kind;
  });
}

/**
 * One pass of the control loop: ends offers that ran out, then decides every search that is due, each
 * in a transaction of its own. May crash anywhere and run anywhere, several at once: whoever holds the
 * order's lock decides, the others pass it by.
 */
export async function runDispatchRound(ctx: ServiceContext): Promise<RoundReport> {
  const report: RoundReport = { expired: 0, offered: 0, waiting: 0, gaveUp: 0, nextDueAt: null };
  for (const offer of await offersToExpire(ctx.db, ctx.now(), BATCH)) {
    if (await expireOne(ctx, offer)) report.expired += 1;
  }
  for (const due of await dueSearches(ctx.db, ctx.now(), BATCH)) {
    const outcome = await searchOne(ctx, due);
    if (outcome === 'offer') report.offered += 1;
    if (outcome === 'wait') report.waiting += 1;
    if (outcome === 'give_up') report.gaveUp += 1;
  }
  report.nextDueAt = await nextDueAt(ctx.db);
  return report;
}
