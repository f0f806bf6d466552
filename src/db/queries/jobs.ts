import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { orders, restaurants, users } from '@/db/schema';

/** How many of the latest pickups at a restaurant say what is usual there. */
const LATEST = 50;

/** How long drivers usually stand at the counter of a restaurant, seconds; null: too few have. */
export async function usualWait(
  db: Queryable,
  restaurantId: string,
  fewest: number,
): Promise<number | null> {
  const [row] = await db.execute<{ seconds: number | null; pickups: number }>(sql`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.seconds) AS seconds,
      count(*)::int AS pickups
    FROM (
      SELECT extract(epoch FROM d.picked_up_at - d.at_pickup_at)::float8 AS seconds
      FROM orders o JOIN deliveries d ON d.order_id = o.id
      WHERE o.restaurant_id = ${restaurantId} AND d.picked_up_at IS NOT NULL
        AND d.at_pickup_at IS NOT NULL
      ORDER BY o.placed_at DESC LIMIT ${LATEST}
    ) latest`);
  return row && row.pickups >= fewest ? row.seconds : null;
}

/** The numbers of those who take part in an order. */
export async function phonesOf(
  db: Queryable,
  orderId: string,
): Promise<{ customer: string | null; restaurant: string | null }> {
  const [row] = await db
    .select({ customer: users.phone, restaurant: restaurants.phone })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.customerId))
    .innerJoin(restaurants, eq(restaurants.id, orders.restaurantId))
    .where(eq(orders.id, orderId));
  return row ?? { customer: null, restaurant: null };
}
