import type { Transaction } from '@/db/client';
import {
  type DeliveryRow,
  findDelivery,
  stepDelivery,
  updateSearch,
} from '@/db/queries/deliveries';
import { type DueSearch, insertAttempt, nearestCandidates } from '@/db/queries/dispatch';
import { askedAbout, insertRun, lockDrivers } from '@/db/queries/offers';
import { tryLockOrder } from '@/db/queries/orders';
import {
  type AttemptDriver,
  type BusyDriver,
  type KnownCandidate,
  leftAside,
  searched,
  whyOf,
} from '@/domain/dispatch/attempt';
import { type BroadcastDecision, planBroadcast } from '@/domain/dispatch/broadcast';
import { radiusFor } from '@/domain/dispatch/policy';
import { questionsAtOnce, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import type { GeoPoint } from '@/domain/geo';
import { isOpenOrder } from '@/domain/order';
import { runCommand } from './command';
import type { ServiceContext } from './context';

export type SearchPolicy = Exclude<ZonePolicy, { kind: 'batch' }>;
type Decision = BroadcastDecision<KnownCandidate>;
type Search = Parameters<typeof nearestCandidates>[1];

/** So many of those who were busy are kept with an attempt. */
const KEPT_BUSY = 5;

export type SearchZone = {
  policy: SearchPolicy;
  /** On duty, but not free: seen from a pickup. */
  busy: (pickup: GeoPoint) => BusyDriver[];
  /** Whether this dispatcher still serves the zone; asked in the transaction that writes. */
  stillOurs: (tx: Transaction) => Promise<boolean>;
};

/** *Nearest* is *broadcast* to one. */
const atOnce = (policy: SearchPolicy): number =>
  policy.kind === 'broadcast' ? policy.parallelOffers : 1;

async function ask(
  tx: Transaction,
  delivery: DeliveryRow,
  decision: Extract<Decision, { kind: 'offer' }>,
  policy: SearchPolicy,
): Promise<Set<string>> {
  const { driverIds, expiresAt } = decision;
  const considered = searched(decision.considered);
  await lockDrivers(tx, [], ...driverIds);
  const asked = new Set<string>();
  for (const driver of decision.considered) {
    const { driverId, name: driverName, distanceM: pickupDistanceM } = driver;
    if (!driverIds.includes(driverId)) continue;
    const code = policy.kind === 'broadcast' ? 'first_wins' : 'nearest';
    const offer = {
      ...{ deliveryId: delivery.id, orderId: delivery.orderId, driverId, driverName },
      ...{ attempt: delivery.attempt + 1, round: delivery.emptyRounds, pickupDistanceM, expiresAt },
      why: whyOf(code, considered, driverId, driverIds.length),
    };
    if (await insertRun(tx, [offer], questionsAtOnce(policy))) asked.add(driverId);
  }
  return asked;
}

/**
 * The nearest who are free: those whom this process remembers, looked at again in the database, or by KNN
 * there when it remembers too few or one of them is not free any more.
 */
async function candidatesFor(tx: Transaction, ctx: ServiceContext, search: Search) {
  const { pickup, limit, radiusM } = search;
  const among = ctx.nearDrivers?.(pickup, limit, radiusM);
  if (among?.length === limit) {
    const candidates = await nearestCandidates(tx, { ...search, among });
    if (candidates.length === limit) return candidates;
  }
  return nearestCandidates(tx, search);
}

async function decide(
  tx: Transaction,
  ctx: ServiceContext,
  delivery: DeliveryRow,
  policy: SearchPolicy,
  radiusM: number,
): Promise<Decision> {
  const { id: deliveryId, pickup, emptyRounds, searchStartedAt, avoidDriverId } = delivery;
  const askedNow = await askedAbout(tx, deliveryId);
  let candidates = await candidatesFor(tx, ctx, {
    ...{ deliveryId, pickup, radiusM, round: emptyRounds, searchStartedAt, avoidDriverId },
    ...{ now: ctx.now(), limit: policy.candidates },
  });
  for (;;) {
    const wide = { ...policy, parallelOffers: atOnce(policy) };
    const now = ctx.now();
    const random = ctx.random();
    const decision = planBroadcast({
      ...{ emptyRounds, candidates, askedNow, policy: wide, now, random },
    });
    if (decision.kind !== 'offer') return decision;
    const asked = await ask(tx, delivery, decision, policy);
    if (asked.size === decision.driverIds.length) return decision;
    // Another dispatcher has asked the others in the meantime.
    const lost = new Set(decision.driverIds.filter((id) => !asked.has(id)));
    if (asked.size > 0) {
      const considered = decision.considered.map((each) =>
        lost.has(each.driverId) ? { ...each, verdict: 'asked_already' as const } : each,
      );
      return { ...decision, driverIds: [...asked], considered };
    }
    candidates = candidates.filter(({ driverId }) => !lost.has(driverId));
  }
}

async function writeSearch(
  tx: Transaction,
  delivery: DeliveryRow,
  decision: Decision,
  radiusM: number,
): Promise<void> {
  const planned = { plannedDriverId: null, plannedDriverName: null, plannedLeaveAt: null };
  const search = { attempt: delivery.attempt + 1, radiusM, ...planned };
  switch (decision.kind) {
    case 'offer':
      if (delivery.status === 'unassigned') {
        await stepDelivery(tx, delivery.id, 'offer', { ...search, nextAttemptAt: null });
      } else {
        await updateSearch(tx, delivery.id, { ...search, nextAttemptAt: null });
      }
      return;
    case 'hold':
      await updateSearch(tx, delivery.id, { nextAttemptAt: null });
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

/**
 * Decides one search that is due, by *nearest* or *broadcast*, in a transaction of its own. Null when there
 * is nothing to decide, or somebody else is at it: whoever holds the order's lock decides.
 */
export async function searchDriver(
  ctx: ServiceContext,
  due: DueSearch,
  zone: SearchZone,
): Promise<Decision['kind'] | null> {
  const { policy } = zone;
  return runCommand(ctx, { name: 'dispatch', request: null }, async (tx) => {
    const order = await tryLockOrder(tx, due.orderId);
    if (!order || !(await zone.stillOurs(tx))) return null;
    const delivery = await findDelivery(tx, due.deliveryId);
    if (!delivery?.nextAttemptAt || delivery.nextAttemptAt > ctx.now()) return null;
    if (!isOpenOrder(order.status)) {
      // Closed by hand, past the services: nobody is to be asked any more.
      await stepDelivery(tx, delivery.id, 'cancel', { reason: 'order_closed' });
      return null;
    }
    const radiusM = radiusFor(policy, delivery.emptyRounds);
    const decision = await decide(tx, ctx, delivery, policy, radiusM);
    await writeSearch(tx, delivery, decision, radiusM);
    if (decision.kind === 'hold') return decision.kind;
    const busyHere = zone.busy(delivery.pickup).filter(({ distanceM }) => distanceM <= radiusM);
    const considered: AttemptDriver[] = [
      ...searched(decision.considered),
      ...leftAside(busyHere, KEPT_BUSY),
    ];
    await insertAttempt(tx, {
      ...{ deliveryId: delivery.id, number: delivery.attempt + 1, radiusM, considered },
      ...{ outcome: decision.kind, policy: policy.kind },
      nextAttemptAt: decision.kind === 'wait' ? decision.until : null,
    });
    return decision.kind;
  });
}
