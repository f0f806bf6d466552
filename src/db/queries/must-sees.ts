import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { mustSees, orders, restaurantStaff, users } from '@/db/schema';
import type { RungKind } from '@/domain/must-see';
import type { MustSeeImage } from '@/domain/must-see-image';
import { anyOf } from './array-literal';
import type { OrderRow } from './orders';

const image = sql<MustSeeImage>`must_see_image(${mustSees})`;

export type MustSeeRow = typeof mustSees.$inferSelect;

/** What waits to be acknowledged: everywhere, or by one restaurant; oldest first. */
export async function openMustSees(db: Queryable, restaurantId?: string): Promise<MustSeeImage[]> {
  const rows = await db
    .select({ image })
    .from(mustSees)
    .where(
      and(
        eq(mustSees.state, 'open'),
        restaurantId ? eq(mustSees.restaurantId, restaurantId) : undefined,
      ),
    )
    .orderBy(asc(mustSees.raisedAt));
  return rows.map((row) => row.image);
}

/** What may have to climb now, the most overdue first. Uses `must_sees_due`. */
export async function dueMustSees(
  db: Queryable,
  now: Date,
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return db
    .select({ id: mustSees.id, orderId: mustSees.orderId })
    .from(mustSees)
    .where(and(eq(mustSees.state, 'open'), lte(mustSees.nextAt, now)))
    .orderBy(asc(mustSees.nextAt))
    .limit(limit);
}

/** When the next one is due. */
export async function nextMustSeeAt(db: Queryable): Promise<Date | null> {
  const [row] = await db
    .select({ nextAt: mustSees.nextAt })
    .from(mustSees)
    .where(and(eq(mustSees.state, 'open'), sql`${mustSees.nextAt} IS NOT NULL`))
    .orderBy(asc(mustSees.nextAt))
    .limit(1);
  return row?.nextAt ?? null;
}

/** What has to be seen, with what of its order its next rung depends on. */
export type Climber = Pick<
  MustSeeRow,
  'id' | 'orderId' | 'restaurantId' | 'event' | 'raisedAt' | 'climbed'
> & { order: Pick<OrderRow, 'status' | 'cookFrom'> };

/** Those of these that still wait to be acknowledged; their orders are locked. */
export async function findClimbers(tx: Transaction, ids: readonly string[]): Promise<Climber[]> {
  return tx
    .select({
      id: mustSees.id,
      orderId: mustSees.orderId,
      restaurantId: mustSees.restaurantId,
      event: mustSees.event,
      raisedAt: mustSees.raisedAt,
      climbed: mustSees.climbed,
      order: { status: orders.status, cookFrom: orders.cookFrom },
    })
    .from(mustSees)
    .innerJoin(orders, eq(orders.id, mustSees.orderId))
    .where(and(eq(mustSees.id, anyOf(ids)), eq(mustSees.state, 'open')));
}

/** The documents of the ladders that count for these restaurants: their own, else that of all, if there is one. */
export async function ladderDocuments(
  db: Queryable,
  restaurantIds: readonly string[],
): Promise<(restaurantId: string) => unknown> {
  const rows = await db.execute<{ restaurantId: string | null; ladder: unknown }>(sql`
    SELECT restaurant_id AS "restaurantId", ladder FROM must_see_ladders
    WHERE restaurant_id = ${anyOf(restaurantIds)} OR restaurant_id IS NULL`);
  const known = new Map(rows.map(({ restaurantId, ladder }) => [restaurantId, ladder]));
  return (restaurantId) => known.get(restaurantId) ?? known.get(null) ?? null;
}

export type Climb = {
  id: string;
  /** How many rungs were reached before. */
  reached: number;
  kind: RungKind;
  /** When it is looked at again. */
  nextAt: Date | null;
};

/** Reaches a rung each, and answers which did: not those that somebody else has moved, or that were seen. */
export async function climbAll(
  tx: Transaction,
  climbs: readonly Climb[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    UPDATE must_sees m SET climbed = m.climbed || v.kind, next_at = v."nextAt"
    FROM json_to_recordset(${JSON.stringify(climbs)}::json)
      AS v (id uuid, reached int, kind text, "nextAt" timestamptz)
    WHERE m.id = v.id AND m.state = 'open' AND cardinality(m.climbed) = v.reached
    RETURNING m.id`);
  return new Set(rows.map(({ id }) => id));
}

export async function lookAgainAt(
  tx: Transaction,
  looks: readonly { id: string; nextAt: Date | null }[],
): Promise<void> {
  await tx.execute(sql`
    UPDATE must_sees m SET next_at = v."nextAt"
    FROM json_to_recordset(${JSON.stringify(looks)}::json) AS v (id uuid, "nextAt" timestamptz)
    WHERE m.id = v.id AND m.state = 'open'`);
}

/** False when it was acknowledged before, or does not matter any more. */
export async function acknowledge(
  tx: Transaction,
  { id, orderId, by, at }: { id: string; orderId: string; by: string; at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(mustSees)
    .set({ state: 'acknowledged', closedAt: at, closedBy: by, nextAt: null })
    .where(and(eq(mustSees.id, id), eq(mustSees.orderId, orderId), eq(mustSees.state, 'open')))
    .returning({ id: mustSees.id });
  return rows.length === 1;
}

/** Who is told of a restaurant’s events outside the page, and whether they have a telephone. */
export async function reachableStaff(
  db: Queryable,
  restaurantId: string,
): Promise<{ userId: string; hasPhone: boolean }[]> {
  return db
    .select({ userId: users.id, hasPhone: sql<boolean>`${users.phone} IS NOT NULL` })
    .from(restaurantStaff)
    .innerJoin(users, eq(users.id, restaurantStaff.userId))
    .where(and(eq(restaurantStaff.restaurantId, restaurantId), sql`${users.blockedAt} IS NULL`));
}
