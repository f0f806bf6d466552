import { and, asc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { driverPositions, drivers, offers } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { anyOf } from './array-literal';

export type OfferRow = typeof offers.$inferSelect;
type NewOffer = typeof offers.$inferInsert;

const pending = eq(offers.status, 'pending');

export async function findOffer(db: Queryable, id: string): Promise<OfferRow | null> {
  const [row] = await wholeRows(db, offers, sql`WHERE id = ${id}`);
  return row ?? null;
}

/** The orders of a run, which are the same from its beginning to its end. Uses `offers_run`. */
export async function ordersOfRun(db: Queryable, runId: string): Promise<string[]> {
  const rows = await db
    .select({ orderId: offers.orderId })
    .from(offers)
    .where(eq(offers.runId, runId))
    .orderBy(asc(offers.orderId));
  return rows.map(({ orderId }) => orderId);
}

export async function deliveriesOfRun(db: Queryable, runId: string): Promise<string[]> {
  const rows = await db
    .select({ deliveryId: offers.deliveryId })
    .from(offers)
    .where(eq(offers.runId, runId));
  return rows.map(({ deliveryId }) => deliveryId);
}

/**
 * Locks these drivers and all who are being asked about these deliveries, with their positions, in the
 * order of their ids: several questions may end in one transaction. Comes after the orders' locks.
 */
export async function lockDrivers(
  tx: Transaction,
  deliveryIds: readonly string[],
  ...driverIds: (string | null)[]
): Promise<void> {
  const asked =
    deliveryIds.length === 0
      ? []
      : await tx
          .select({ id: offers.driverId })
          .from(offers)
          .where(and(inArray(offers.deliveryId, [...deliveryIds]), pending));
  const named = driverIds.filter((id) => id !== null);
  const ids = [...new Set([...named, ...asked.map(({ id }) => id)])];
  if (ids.length === 0) return;
  const mode = 'no key update';
  await tx
    .select({ id: drivers.userId })
    .from(drivers)
    .where(inArray(drivers.userId, ids))
    .orderBy(asc(drivers.userId))
    .for(mode);
  await tx
    .select({ id: driverPositions.driverId })
    .from(driverPositions)
    .where(inArray(driverPositions.driverId, ids))
    .orderBy(asc(driverPositions.driverId))
    .for(mode);
}

/**
 * Asks one driver about a run, an offer for each of its orders; null when the driver has as many
 * questions open as they may have, or is asked about one of these deliveries already. The driver is
 * locked before.
 */
export async function insertRun(
  tx: Transaction,
  run: readonly NewOffer[],
  questionsAtOnce: number,
): Promise<OfferRow[] | null> {
  const [first] = run;
  if (!first) return null;
  const open = await tx
    .select({ slot: offers.askSlot, deliveryId: offers.deliveryId })
    .from(offers)
    .where(and(eq(offers.driverId, first.driverId), pending));
  const taken = new Set(open.map(({ slot }) => slot));
  const slots = Array.from({ length: questionsAtOnce }, (_, n) => n + 1);
  const askSlot = slots.find((slot) => !taken.has(slot));
  const askedAbout = new Set(open.map(({ deliveryId }) => deliveryId));
  if (askSlot === undefined || run.some(({ deliveryId }) => askedAbout.has(deliveryId)))
    return null;
  return tx
    .insert(offers)
    .values(run.map((offer) => ({ ...offer, askSlot })))
    .returning();
}

type Answer = Partial<Pick<NewOffer, 'status' | 'reason'>>;

async function endPending(tx: Transaction, answer: Answer, which: SQL[]): Promise<OfferRow[]> {
  const rows = await tx
    .update(offers)
    .set(answer)
    .where(and(pending, ...which))
    .returning();
  return rows.sort((a, b) => a.runStop - b.runStop);
}

/** What is left of a run, pending → accepted, while it is alive at `now`; empty for whoever is too late. */
export function acceptPendingRun(
  tx: Transaction,
  runId: string,
  driverId: string,
  now: Date,
): Promise<OfferRow[]> {
  const own = [eq(offers.runId, runId), eq(offers.driverId, driverId)];
  return endPending(tx, { status: 'accepted' }, [...own, gt(offers.expiresAt, now)]);
}

export function declinePendingRun(
  tx: Transaction,
  runId: string,
  driverId: string,
  reason: string,
): Promise<OfferRow[]> {
  const own = [eq(offers.runId, runId), eq(offers.driverId, driverId)];
  return endPending(tx, { status: 'declined', reason }, own);
}

/** What is left of some runs, pending → expired, where their time is up. The drivers are locked before. */
export function expireRuns(
  tx: Transaction,
  runIds: readonly string[],
  now: Date,
): Promise<OfferRow[]> {
  const which = sql`${offers.runId} = ${anyOf(runIds)}`;
  return endPending(tx, { status: 'expired' }, [which, lte(offers.expiresAt, now)]);
}

export function withdrawRun(tx: Transaction, runId: string): Promise<OfferRow[]> {
  return endPending(tx, { status: 'withdrawn' }, [eq(offers.runId, runId)]);
}

/**
 * Takes back every offer of these deliveries that is still pending; what else their runs hold stays. The
 * drivers are locked before.
 */
export async function withdrawPendingOffers(
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<void> {
  await endPending(tx, { status: 'withdrawn' }, [inArray(offers.deliveryId, [...deliveryIds])]);
}

/** Who is thinking about a delivery. */
export async function askedAbout(db: Queryable, deliveryId: string): Promise<Set<string>> {
  const rows = await db
    .select({ driverId: offers.driverId })
    .from(offers)
    .where(and(eq(offers.deliveryId, deliveryId), pending));
  return new Set(rows.map(({ driverId }) => driverId));
}

/** A question that is open, with all its orders. */
export type OpenRun = { runId: string; orderIds: string[] };

/** Questions whose time is up, oldest first. Uses `offers_expiring`. */
export async function runsToExpire(
  db: Queryable,
  zoneId: string,
  now: Date,
  limit: number,
): Promise<(OpenRun & { driverId: string })[]> {
  const rows = await db.execute<OpenRun & { driverId: string }>(sql`
    SELECT f.run_id AS "runId", f.driver_id AS "driverId", array_agg(f.order_id ORDER BY f.order_id) AS "orderIds"
    FROM offers f JOIN deliveries d ON d.id = f.delivery_id
    WHERE f.status = 'pending' AND f.expires_at <= ${now.toISOString()}::timestamptz
      AND d.zone_id = ${zoneId} AND d.status IN ('unassigned', 'offering')
    GROUP BY f.run_id, f.driver_id ORDER BY min(f.expires_at) LIMIT ${limit}`);
  return [...rows];
}

/** What a driver is being asked. Uses `offers_pending_of_driver`. */
export async function runsAskedOf(db: Queryable, driverId: string): Promise<OpenRun[]> {
  const rows = await db.execute<OpenRun>(sql`
    SELECT f.run_id AS "runId", array_agg(f.order_id ORDER BY f.order_id) AS "orderIds"
    FROM offers f WHERE f.status = 'pending' AND f.driver_id = ${driverId}
    GROUP BY f.run_id`);
  return [...rows];
}
