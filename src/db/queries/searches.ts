import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries, type dispatchAttempts, driverPositions, drivers, offers } from '@/db/schema';
import type { DeliveryStatus } from '@/domain/delivery';
import type { AttemptDriver } from '@/domain/dispatch/attempt';
import type { OfferWhy } from '@/domain/offer';
import type { OrderStatus } from '@/domain/order';
import { anyOf } from './array-literal';
import { lockFreeOrders } from './order-locks';

/** Decisions come as rows of one parameter: the statement is the same for any number of them. */
const asRows = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::text::jsonb`;

const searchColumns = {
  id: deliveries.id,
  orderId: deliveries.orderId,
  status: deliveries.status,
  attempt: deliveries.attempt,
  emptyRounds: deliveries.emptyRounds,
  radiusM: deliveries.radiusM,
  pickup: deliveries.pickup,
  searchStartedAt: deliveries.searchStartedAt,
  avoidDriverId: deliveries.avoidDriverId,
  nextAttemptAt: deliveries.nextAttemptAt,
  askedNow: sql<string[]>`to_jsonb(ARRAY(SELECT f.driver_id FROM offers f
    WHERE f.delivery_id = deliveries.id AND f.status = 'pending'))`,
};

/** A delivery that a driver is searched for, and who is thinking about it. */
export type SearchRow = Pick<
  typeof deliveries.$inferSelect,
  Exclude<keyof typeof searchColumns, 'askedNow'>
> & { askedNow: string[] };

/** A zone's searches that are due, longest waiting first. Uses `deliveries_open_of_zone`. */
export function dueSearches(
  db: Queryable,
  zoneId: string,
  now: Date,
  limit: number,
): Promise<SearchRow[]> {
  return db
    .select(searchColumns)
    .from(deliveries)
    .where(
      and(
        eq(deliveries.zoneId, zoneId),
        inArray(deliveries.status, ['unassigned', 'offering']),
        lte(deliveries.nextAttemptAt, now),
      ),
    )
    .orderBy(asc(deliveries.nextAttemptAt))
    .limit(limit);
}

/** What a decision is written against; read once its orders and drivers are locked. */
export type LockedState = {
  /** Of the orders that nobody else holds. */
  orders: ReadonlyMap<string, OrderStatus>;
  /** Of the drivers who may still be asked: which of their questions are taken. */
  taken: ReadonlyMap<string, ReadonlySet<number>>;
  searches: ReadonlyMap<string, Pick<SearchRow, 'status' | 'attempt' | 'nextAttemptAt'>>;
};

/**
 * Locks orders, passing by those that somebody else holds, then drivers with their positions, each in the order
 * of their ids, and looks again. All statements go out together.
 */
export async function lockSearches(
  tx: Transaction,
  searches: readonly SearchRow[],
  driverIds: readonly string[],
): Promise<LockedState> {
  const ids = anyOf(searches.map(({ id }) => id));
  const whom = anyOf(driverIds);
  const [orders, , positions, open, now] = await Promise.all([
    lockFreeOrders(
      tx,
      searches.map(({ orderId }) => orderId),
    ),
    tx.execute(
      sql`SELECT FROM ${drivers} WHERE user_id = ${whom} ORDER BY user_id FOR NO KEY UPDATE`,
    ),
    tx.execute<{ id: string; available: boolean }>(sql`
      SELECT driver_id AS id, available FROM ${driverPositions} WHERE driver_id = ${whom}
      ORDER BY driver_id FOR NO KEY UPDATE`),
    tx
      .select({ driverId: offers.driverId, slot: offers.askSlot })
      .from(offers)
      .where(sql`${offers.driverId} = ${whom} AND ${offers.status} = 'pending'`),
    tx.select(searchColumns).from(deliveries).where(sql`${deliveries.id} = ${ids}`),
  ]);
  const free = positions.filter(({ available }) => available);
  const taken = new Map(free.map(({ id }) => [id, new Set<number>()]));
  for (const { driverId, slot } of open) taken.get(driverId)?.add(slot);
  return {
    orders,
    taken,
    searches: new Map(now.map((row) => [row.id, row])),
  };
}

export type NewQuestion = {
  deliveryId: string;
  orderId: string;
  driverId: string;
  driverName: string;
  attempt: number;
  round: number;
  pickupDistanceM: number;
  expiresAt: Date;
  askSlot: number;
  why: OfferWhy;
};

/** Asks drivers, each about one delivery. They are locked before. */
export async function insertQuestions(
  tx: Transaction,
  questions: readonly NewQuestion[],
): Promise<void> {
  if (questions.length === 0) return;
  await tx.execute(sql`
    INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, attempt, round, pickup_distance_m,
      expires_at, ask_slot, why)
    SELECT "deliveryId", "orderId", "driverId", "driverName", attempt, round, "pickupDistanceM",
      "expiresAt", "askSlot", why
    FROM jsonb_to_recordset(${asRows(questions)}) AS q ("deliveryId" uuid, "orderId" uuid, "driverId" uuid,
      "driverName" text, attempt int, round int, "pickupDistanceM" real, "expiresAt" timestamptz,
      "askSlot" int, why jsonb)`);
}

export type SearchChange = {
  id: string;
  /** Compare-and-set: only what is still so is changed. */
  was: DeliveryStatus;
  status: DeliveryStatus;
  attempt: number;
  emptyRounds: number;
  radiusM: number | null;
  nextAttemptAt: Date | null;
  reason: string | null;
};

/** Takes searches on; nobody is planned for them any more. Answers how many were as they `was`. */
export async function changeSearches(
  tx: Transaction,
  changes: readonly SearchChange[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const rows = await tx.execute(sql`
    UPDATE deliveries d SET status = c.status, attempt = c.attempt, empty_rounds = c."emptyRounds",
      radius_m = c."radiusM", next_attempt_at = c."nextAttemptAt", reason = coalesce(c.reason, d.reason),
      planned_driver_id = NULL, planned_driver_name = NULL, planned_leave_at = NULL
    FROM jsonb_to_recordset(${asRows(changes)}) AS c (id uuid, was text, status text, attempt int,
      "emptyRounds" int, "radiusM" real, "nextAttemptAt" timestamptz, reason text)
    WHERE d.id = c.id AND d.status = c.was RETURNING d.id`);
  return rows.length;
}

export type NewAttempt = Pick<
  typeof dispatchAttempts.$inferSelect,
  'deliveryId' | 'number' | 'radiusM' | 'outcome' | 'policy' | 'nextAttemptAt'
> & { considered: readonly AttemptDriver[] };

export async function insertAttempts(
  tx: Transaction,
  attempts: readonly NewAttempt[],
): Promise<void> {
  if (attempts.length === 0) return;
  await tx.execute(sql`
    INSERT INTO dispatch_attempts (delivery_id, number, radius_m, outcome, policy, considered, next_attempt_at)
    SELECT "deliveryId", number, "radiusM", outcome, policy, considered, "nextAttemptAt"
    FROM jsonb_to_recordset(${asRows(attempts)}) AS a ("deliveryId" uuid, number int, "radiusM" real,
      outcome text, policy text, considered jsonb, "nextAttemptAt" timestamptz)`);
}
