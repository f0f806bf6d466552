import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { mustSees, restaurantStaff, users } from '@/db/schema';
import type { RungKind } from '@/domain/must-see';
import type { MustSeeImage } from '@/domain/must-see-image';

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

export async function findOpenMustSee(tx: Transaction, id: string): Promise<MustSeeRow | null> {
  const [row] = await tx
    .select()
    .from(mustSees)
    .where(and(eq(mustSees.id, id), eq(mustSees.state, 'open')));
  return row ?? null;
}

/** The document of the ladder that counts for a restaurant: its own, else that of all; null: none. */
export async function ladderDocument(db: Queryable, restaurantId: string): Promise<unknown> {
  const [row] = await db.execute<{ ladder: unknown }>(sql`
    SELECT ladder FROM must_see_ladders
    WHERE restaurant_id = ${restaurantId} OR restaurant_id IS NULL
    ORDER BY restaurant_id NULLS LAST LIMIT 1`);
  return row?.ladder ?? null;
}

/**
 * Reaches a rung, from exactly the ones reached before; false when somebody else did, or it was seen. `nextAt`:
 * when it is looked at again.
 */
export async function climb(
  tx: Transaction,
  { id, climbed }: Pick<MustSeeRow, 'id' | 'climbed'>,
  kind: RungKind,
  nextAt: Date | null,
): Promise<boolean> {
  const rows = await tx
    .update(mustSees)
    .set({ climbed: sql`${mustSees.climbed} || ${kind}::text`, nextAt })
    .where(
      and(
        eq(mustSees.id, id),
        eq(mustSees.state, 'open'),
        sql`cardinality(${mustSees.climbed}) = ${climbed.length}`,
      ),
    )
    .returning({ id: mustSees.id });
  return rows.length === 1;
}

export async function lookAgainAt(tx: Transaction, id: string, nextAt: Date | null): Promise<void> {
  await tx
    .update(mustSees)
    .set({ nextAt })
    .where(and(eq(mustSees.id, id), eq(mustSees.state, 'open')));
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
