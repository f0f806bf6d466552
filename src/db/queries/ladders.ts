import { eq, sql } from 'drizzle-orm';
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
export async function readLadders(db: Queryable, restaurantId: string): Promise<LadderRow | null> {
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

/** One admin at a time sets the ladder of a restaurant. */
export async function lockForLadder(tx: Transaction, restaurantId: string): Promise<void> {
  await tx
    .select({ id: restaurants.id })
    .from(restaurants)
    .where(eq(restaurants.id, restaurantId))
    .for('no key update');
}

/** Null: as all others. */
export async function writeLadder(
  tx: Transaction,
  restaurantId: string,
  ladder: Ladder | null,
): Promise<void> {
  if (ladder) {
    await tx
      .insert(mustSeeLadders)
      .values({ restaurantId, ladder })
      .onConflictDoUpdate({ target: mustSeeLadders.restaurantId, set: { ladder } });
  } else {
    await tx.delete(mustSeeLadders).where(eq(mustSeeLadders.restaurantId, restaurantId));
  }
}
