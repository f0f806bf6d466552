import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries } from '@/db/schema';
import { ARRIVAL_RADIUS_M, type DeliveryStatus } from '@/domain/delivery';
import { STALE_AFTER_S } from '@/domain/position-limits';

/** Who has left a stop is that much farther away, metres: a fix that jumps does not flicker. */
const LEFT_M = 150;

export type Arrival = {
  deliveryId: string;
  orderId: string;
  status: DeliveryStatus;
  near: boolean;
};

/**
 * Deliveries whose driver has come to within 80 m of where the next step is taken, or has left it
 * again. Uses `deliveries_carried`.
 */
export async function arrivalsToTell(db: Queryable, now: Date, limit: number): Promise<Arrival[]> {
  const rows = await db.execute<Arrival>(sql`
    SELECT d.id AS "deliveryId", d.order_id AS "orderId", d.status, d.near_at IS NULL AS near
    FROM deliveries d
    JOIN driver_positions p ON p.driver_id = d.driver_id
    JOIN orders o ON o.id = d.order_id
    CROSS JOIN LATERAL (
      SELECT CASE d.status WHEN 'picked_up' THEN o.dropoff ELSE o.pickup END AS at) stop
    WHERE d.status IN ('assigned', 'picked_up', 'returning')
      AND p.recorded_at > ${now.toISOString()}::timestamptz - make_interval(secs => ${STALE_AFTER_S})
      AND CASE WHEN d.near_at IS NULL THEN ST_DWithin(p.location, stop.at, ${ARRIVAL_RADIUS_M})
        ELSE NOT ST_DWithin(p.location, stop.at, ${LEFT_M}) END
    LIMIT ${limit}`);
  return [...rows];
}

/**
 * Notes since when the driver seems to be there, or that they are not any more; only while the delivery is as
 * it was, and nobody else has noted it.
 */
export async function markNear(
  tx: Transaction,
  { deliveryId, status }: Pick<Arrival, 'deliveryId' | 'status'>,
  at: Date | null,
): Promise<boolean> {
  const rows = await tx
    .update(deliveries)
    .set({ nearAt: at })
    .where(
      and(
        eq(deliveries.id, deliveryId),
        eq(deliveries.status, status),
        at ? isNull(deliveries.nearAt) : isNotNull(deliveries.nearAt),
      ),
    )
    .returning({ id: deliveries.id });
  return rows.length === 1;
}
