import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** What waits, by its number and by how long the oldest is overdue, seconds. */
export type Backlog = {
  orders: { status: string; count: number }[];
  searches: { due: number; overdueSeconds: number; withoutDriver: number };
  notices: { due: number; overdueSeconds: number; dead: number };
  driversOnline: number;
};

/** Each part has its partial index: `orders_open`, `deliveries_due`, `deliveries_waiting`, `notices_due`, `notices_dead`, `drivers_online`. */
export async function readBacklog(db: Queryable): Promise<Backlog> {
  const orders = await db.execute<{ status: string; count: number }>(sql`
    SELECT status, count(*)::int AS count FROM orders
    WHERE status IN ('placed', 'accepted', 'preparing', 'ready') GROUP BY status`);
  const [row] = await db.execute<{
    due: number;
    overdue: number;
    without_driver: number;
    notices_due: number;
    notices_overdue: number;
    notices_dead: number;
    online: number;
  }>(sql`
    SELECT search.due, search.overdue, notice.notices_due, notice.notices_overdue,
      (SELECT count(*)::int FROM deliveries WHERE status = 'no_driver') AS without_driver,
      (SELECT count(*)::int FROM notices WHERE status = 'dead') AS notices_dead,
      (SELECT count(*)::int FROM drivers WHERE online) AS online
    FROM
      (SELECT count(*)::int AS due,
         greatest(0, coalesce(max(extract(epoch FROM now() - next_attempt_at)), 0))::float8 AS overdue
       FROM deliveries WHERE status IN ('unassigned', 'offering') AND next_attempt_at <= now()) search,
      (SELECT count(*)::int AS notices_due,
         greatest(0, coalesce(max(extract(epoch FROM now() - next_attempt_at)), 0))::float8
           AS notices_overdue
       FROM notices WHERE status = 'waiting' AND next_attempt_at <= now()) notice`);
  return {
    orders: [...orders],
    searches: {
      due: row?.due ?? 0,
      overdueSeconds: row?.overdue ?? 0,
      withoutDriver: row?.without_driver ?? 0,
    },
    notices: {
      due: row?.notices_due ?? 0,
      overdueSeconds: row?.notices_overdue ?? 0,
      dead: row?.notices_dead ?? 0,
    },
    driversOnline: row?.online ?? 0,
  };
}
