import { and, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries } from '@/db/schema';
import type { DeliveryStatus } from '@/domain/delivery';
import type { GeoPoint } from '@/domain/geo';
import type { Stall, StallMemory } from '@/domain/stall';

/** A delivery in somebody's hands, as the watch sees it. Times are seconds since 1970. */
export type WatchedRow = {
  deliveryId: string;
  orderId: string;
  zoneId: string;
  document: unknown;
  driverId: string;
  driverBlocked: boolean;
  status: DeliveryStatus;
  assignedAt: string | null;
  runId: string | null;
  runStop: number | null;
  /** Since when the driver has been on this leg. */
  legSince: number;
  pickup: GeoPoint;
  dropoff: GeoPoint;
  driverAt: GeoPoint | null;
  seenAt: number | null;
  stall: Stall | null;
  memory: StallMemory | null;
};

/** Everything that drivers carry. Uses `deliveries_carried`. */
export async function carriedDeliveries(db: Queryable): Promise<WatchedRow[]> {
  const rows = await db.execute<WatchedRow>(sql`
    SELECT v.id AS "deliveryId", v.order_id AS "orderId", v.zone_id AS "zoneId",
      z.dispatch_policy AS document, v.driver_id AS "driverId",
      u.blocked_at IS NOT NULL AS "driverBlocked", v.status,
      to_jsonb(v.assigned_at) #>> '{}' AS "assignedAt", v.run_id AS "runId", v.run_stop AS "runStop",
      extract(epoch FROM coalesce(v.picked_up_at, v.at_pickup_at, v.assigned_at))::float8 AS "legSince",
      point_image(o.pickup) AS pickup, point_image(o.dropoff) AS dropoff,
      CASE WHEN p.driver_id IS NOT NULL THEN point_image(p.location) END AS "driverAt",
      extract(epoch FROM p.recorded_at)::float8 AS "seenAt",
      CASE WHEN v.stall_kind IS NOT NULL THEN jsonb_build_object('kind', v.stall_kind,
        'since', extract(epoch FROM v.stall_since), 'told', v.stall_told) END AS stall,
      w.memory
    FROM deliveries v
    JOIN orders o ON o.id = v.order_id
    JOIN zones z ON z.id = v.zone_id
    JOIN users u ON u.id = v.driver_id
    LEFT JOIN driver_positions p ON p.driver_id = v.driver_id
    LEFT JOIN delivery_watches w ON w.delivery_id = v.id
    WHERE v.status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning')
    ORDER BY v.id`);
  return [...rows];
}

/** Keeps what is remembered, and forgets what is no driver's on the way any more. */
export async function keepMemories(
  db: Queryable,
  memories: readonly { deliveryId: string; memory: StallMemory }[],
): Promise<void> {
  await db.execute(sql`
    DELETE FROM delivery_watches w USING deliveries v
    WHERE v.id = w.delivery_id AND v.status NOT IN ('assigned', 'picked_up')`);
  if (memories.length === 0) return;
  const payload = JSON.stringify(
    memories.map(({ deliveryId, memory }) => ({ delivery_id: deliveryId, memory })),
  );
  await db.execute(sql`
    INSERT INTO delivery_watches (delivery_id, memory)
    SELECT r.delivery_id, r.memory
    FROM jsonb_to_recordset(${payload}::jsonb) AS r (delivery_id uuid, memory jsonb)
    JOIN deliveries v ON v.id = r.delivery_id
    ORDER BY r.delivery_id
    ON CONFLICT (delivery_id) DO UPDATE SET memory = excluded.memory`);
}

/** Says of a delivery on this leg of this driver how it gets on; false when it has moved on. */
export async function tellStall(
  tx: Transaction,
  { deliveryId, driverId, status }: Pick<WatchedRow, 'deliveryId' | 'driverId' | 'status'>,
  stall: Stall | null,
): Promise<boolean> {
  const rows = await tx
    .update(deliveries)
    .set({
      stallKind: stall?.kind ?? null,
      stallSince: stall && new Date(stall.since * 1_000),
      stallTold: stall?.told ?? null,
    })
    .where(
      and(
        eq(deliveries.id, deliveryId),
        eq(deliveries.driverId, driverId),
        eq(deliveries.status, status),
      ),
    )
    .returning({ id: deliveries.id });
  return rows.length === 1;
}
