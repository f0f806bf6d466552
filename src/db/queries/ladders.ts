import { eq, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { mustSeeLadders, restaurants } from '@/db/schema';
import type { Ladder } from '@/domain/must-see';

export type LadderRow = {
  /** The documents as they stand; null where there is none. */
  own: unknown;
  forAll: unknown;
  /** So many changes there were of its own; who made the last one, by name. */
  version: number;
  changedBy: string | null;
};

/** A restaurant's ladder and that of all others; null when there is no such restaurant. */
async function ofRestaurant(db: Queryable, restaurantId: string): Promise<LadderRow | null> {
  const [row] = await db.execute<LadderRow>(sql`
    SELECT (SELECT ladder FROM must_see_ladders WHERE restaurant_id = r.id) AS own,
      (SELECT ladder FROM must_see_ladders WHERE restaurant_id IS NULL) AS "forAll",
      count(c.id)::integer AS version,
      (array_agg(u.name ORDER BY c.id DESC))[1] AS "changedBy"
    FROM restaurants r
    LEFT JOIN changes c ON c.subject_id = r.id AND c.type = 'restaurant.ladder_changed'
    LEFT JOIN users u ON c.actor = 'user:' || u.id
    WHERE r.id = ${restaurantId}
    GROUP BY r.id`);
  return row ?? null;
}

async function ofAll(db: Queryable): Promise<LadderRow | null> {
  const [row] = await db.execute<LadderRow>(sql`
    SELECT (SELECT ladder FROM must_see_ladders WHERE restaurant_id IS NULL) AS own,
      NULL AS "forAll", count(c.id)::integer AS version,
      (array_agg(u.name ORDER BY c.id DESC))[1] AS "changedBy"
    FROM changes c LEFT JOIN users u ON c.actor = 'user:' || u.id
    WHERE c.type = 'settings.ladder_changed'`);
  return row ?? null;
}

/** The ladder of one restaurant, or (null) of all; null when there is no such restaurant. */
export const readLadders = (
  db: Queryable,
  restaurantId: string | null,
): Promise<LadderRow | null> =>
  restaurantId === null ? ofAll(db) : ofRestaurant(db, restaurantId);

/** One admin at a time sets the ladder of a restaurant, or of all. */
export async function lockForLadder(tx: Transaction, restaurantId: string | null): Promise<void> {
  if (restaurantId === null) {
    // Of all there may be no row yet that could be locked.
    await tx.execute(sql`LOCK TABLE must_see_ladders IN SHARE ROW EXCLUSIVE MODE`);
    return;
  }
  await tx
    .select({ id: restaurants.id })
    .from(restaurants)
    .where(eq(restaurants.id, restaurantId))
    .for('no key update');
}

/** No ladder: the usual one counts. */
export async function writeLadder(
  tx: Transaction,
  restaurantId: string | null,
  ladder: Ladder | null,
): Promise<void> {
  if (ladder) {
    await tx
      .insert(mustSeeLadders)
      .values({ restaurantId, ladder })
      .onConflictDoUpdate({ target: mustSeeLadders.restaurantId, set: { ladder } });
  } else {
    const { restaurantId: whose } = mustSeeLadders;
    await tx
      .delete(mustSeeLadders)
      .where(restaurantId === null ? isNull(whose) : eq(whose, restaurantId));
  }
}
