import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { kitchenWindows } from '@/db/schema';

/** How many orders each window holds from `from` until `until`, by its start in milliseconds. */
export async function takenWindows(
  db: Queryable,
  restaurantId: string,
  from: Date,
  until: Date,
): Promise<Map<number, number>> {
  const rows = await db
    .select({ startsAt: kitchenWindows.startsAt, taken: kitchenWindows.taken })
    .from(kitchenWindows)
    .where(
      and(
        eq(kitchenWindows.restaurantId, restaurantId),
        gte(kitchenWindows.startsAt, from),
        lt(kitchenWindows.startsAt, until),
      ),
    );
  return new Map(rows.map(({ startsAt, taken }) => [startsAt.getTime(), taken]));
}

/** Takes room for one order, by compare-and-set on the window's row; false when it is full. */
export async function takeWindow(
  tx: Transaction,
  restaurantId: string,
  startsAt: Date,
  capacity: number,
): Promise<boolean> {
  const rows = await tx
    .insert(kitchenWindows)
    .values({ restaurantId, startsAt, taken: 1 })
    .onConflictDoUpdate({
      target: [kitchenWindows.restaurantId, kitchenWindows.startsAt],
      set: { taken: sql`${kitchenWindows.taken} + 1` },
      setWhere: lt(kitchenWindows.taken, capacity),
    })
    .returning({ taken: kitchenWindows.taken });
  return rows.length === 1;
}

export async function returnWindow(
  tx: Transaction,
  restaurantId: string,
  startsAt: Date,
): Promise<void> {
  await tx
    .update(kitchenWindows)
    .set({ taken: sql`greatest(0, ${kitchenWindows.taken} - 1)` })
    .where(
      and(eq(kitchenWindows.restaurantId, restaurantId), eq(kitchenWindows.startsAt, startsAt)),
    );
}
