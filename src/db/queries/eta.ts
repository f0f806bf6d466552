import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import {
  deliveries,
  driverPositions,
  drivers,
  etaCalibrations,
  etaEstimates,
  offers,
  orders,
} from '@/db/schema';
import { type EtaFacts, PACE_ORDERS, type Prediction } from '@/domain/eta';
import type { EtaAccuracy } from '@/domain/eta-accuracy';
import type { Calibrations, EtaSample, EtaStage, EtaWindow } from '@/domain/eta-window';
import { anyOf, arrayLiteral } from './array-literal';

/** Everything open, with what its ETA is made from; oldest first. Uses `orders_open`. */
export async function openOrdersForEta(db: Queryable) {
  return db
    .select({
      id: orders.id,
      status: orders.status,
      fulfilment: orders.fulfilment,
      restaurantId: orders.restaurantId,
      readyEstimateAt: orders.readyEstimateAt,
      prepMinutes: orders.prepMinutes,
      slotFrom: orders.slotFrom,
      slotTo: orders.slotTo,
      pickup: orders.pickup,
      dropoff: orders.dropoff,
      tripDistanceM: orders.tripDistanceM,
      promisedTo: orders.promisedTo,
      etaFrom: orders.etaFrom,
      etaTo: orders.etaTo,
      etaStage: orders.etaStage,
      delayedAt: orders.delayedAt,
      zoneId: deliveries.zoneId,
      deliveryStatus: deliveries.status,
      nextAttemptAt: deliveries.nextAttemptAt,
      assignedAt: deliveries.assignedAt,
      pickedUpAt: deliveries.pickedUpAt,
      imminentAt: deliveries.imminentAt,
      runId: deliveries.runId,
      runStop: deliveries.runStop,
      vehicle: drivers.vehicle,
      courierAt: driverPositions.location,
      courierSeenAt: driverPositions.recordedAt,
      pickupDistanceM: offers.pickupDistanceM,
    })
    .from(orders)
    .leftJoin(deliveries, eq(deliveries.orderId, orders.id))
    .leftJoin(drivers, eq(drivers.userId, deliveries.driverId))
    .leftJoin(driverPositions, eq(driverPositions.driverId, deliveries.driverId))
    .leftJoin(
      offers,
      and(
        eq(offers.deliveryId, deliveries.id),
        eq(offers.status, 'accepted'),
        sql`${offers.releasedAt} IS NULL`,
      ),
    )
    .where(inArray(orders.status, ['placed', 'accepted', 'preparing', 'ready']))
    .orderBy(orders.placedAt);
}
export type OpenOrder = Awaited<ReturnType<typeof openOrdersForEta>>[number];

/** Drivers online and those of them who are free, by zone. */
export async function driversByZone(
  db: Queryable,
): Promise<Map<string, { online: number; free: number }>> {
  const rows = await db
    .select({
      zoneId: drivers.zoneId,
      online: sql<number>`count(*)::int`,
      free: sql<number>`(count(*) FILTER (WHERE ${driverPositions.available}))::int`,
    })
    .from(drivers)
    .leftJoin(driverPositions, eq(driverPositions.driverId, drivers.userId))
    .where(eq(drivers.online, true))
    .groupBy(drivers.zoneId);
  return new Map(rows.map(({ zoneId, online, free }) => [zoneId, { online, free }]));
}

/**
 * What the latest orders of these kitchens took and were said to take, minutes. Uses
 * `orders_restaurant`.
 */
export async function latestPreparations(
  db: Queryable,
  restaurantIds: readonly string[],
): Promise<Map<string, { orders: number; saidMinutes: number; tookMinutes: number }>> {
  const rows = await db.execute<{
    restaurantId: string;
    orders: number;
    saidMinutes: number;
    tookMinutes: number;
  }>(sql`
    SELECT r.id AS "restaurantId", count(*)::int AS orders,
      sum(latest.prep_minutes)::float8 AS "saidMinutes",
      (sum(extract(epoch FROM latest.ready_at - latest.accepted_at)) / 60)::float8 AS "tookMinutes"
    FROM (SELECT unnest(${arrayLiteral(restaurantIds)}::text::uuid[]) AS id) r
    CROSS JOIN LATERAL (
      SELECT o.prep_minutes, o.ready_at, o.accepted_at FROM orders o
      WHERE o.restaurant_id = r.id AND o.ready_at IS NOT NULL AND o.slot_from IS NULL
      ORDER BY o.placed_at DESC LIMIT ${sql.raw(`${PACE_ORDERS}`)}
    ) latest
    GROUP BY r.id`);
  return new Map(rows.map(({ restaurantId, ...latest }) => [restaurantId, latest]));
}

/** What waits before an order to this restaurant that has yet to be placed; null: there is none such. */
export async function quoteSurroundings(
  db: Queryable,
  restaurantId: string,
): Promise<(Pick<EtaFacts, 'kitchenAhead' | 'waitingAhead'> & { zoneId: string }) | null> {
  const [row] = await db.execute<{
    zoneId: string;
    kitchenAhead: number;
    waitingAhead: number;
  }>(sql`
    SELECT r.zone_id AS "zoneId",
      (SELECT count(*)::int FROM orders o WHERE o.restaurant_id = r.id
        AND o.status IN ('placed', 'accepted', 'preparing')) AS "kitchenAhead",
      (SELECT count(*)::int FROM deliveries d WHERE d.zone_id = r.zone_id
        AND d.status IN ('unassigned', 'offering') AND d.next_attempt_at <= now()
      ) AS "waitingAhead"
    FROM restaurants r WHERE r.id = ${restaurantId}`);
  return row ?? null;
}

/** How many drivers of a zone are online, and how many are free. */
export async function driversOfZone(
  db: Queryable,
  zoneId: string,
): Promise<{ online: number; free: number }> {
  const [row] = await db.execute<{ online: number; free: number }>(sql`
    SELECT (SELECT count(*)::int FROM drivers d WHERE d.online AND d.zone_id = ${zoneId}) AS online,
      (SELECT count(*)::int FROM driver_positions p JOIN drivers d ON d.user_id = p.driver_id
        WHERE p.available AND d.zone_id = ${zoneId}) AS free`);
  return row ?? { online: 0, free: 0 };
}

/** An ETA of an order, with what it was made from; `at`: when. */
export type ShownEta = {
  orderId: string;
  prediction: Prediction;
  window: EtaWindow;
  facts: Partial<EtaFacts>;
  at: Date;
};

/** Keeps what is shown with what it was made from. */
export async function storeEstimates(tx: Transaction, shown: readonly ShownEta[]): Promise<void> {
  const rows = shown.map(({ orderId, prediction, window, facts, at }) => ({
    ...{ orderId, at, stage: prediction.stage, predictedAt: window.middle, facts },
    ...{ arrivesFrom: window.from, arrivesTo: window.to },
  }));
  await tx.execute(insertionOf(etaEstimates, rows));
}

/** Shows new ETAs on their orders; those that are `late` lie behind the promise, since then or from now on. */
export async function showEtas(
  tx: Transaction,
  shown: readonly (ShownEta & { late: boolean })[],
): Promise<void> {
  const rows = shown.map(({ orderId, prediction, window, at, late }) => ({
    ...{ id: orderId, from: window.from, to: window.to, stage: prediction.stage, at, late },
  }));
  await tx.execute(sql`
    UPDATE orders o SET eta_from = v."from", eta_to = v."to", eta_stage = v.stage,
      delayed_at = CASE WHEN v.late THEN coalesce(o.delayed_at, v.at) END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS v (id uuid, "from" timestamptz, "to" timestamptz, stage text, at timestamptz, late boolean)
    WHERE o.id = v.id`);
}

export async function markImminent(
  tx: Transaction,
  orderIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .update(deliveries)
    .set({ imminentAt: at })
    .where(and(eq(deliveries.orderId, anyOf(orderIds)), eq(deliveries.status, 'picked_up')));
}

export async function readCalibrations(db: Queryable): Promise<Calibrations> {
  const rows = await db.select().from(etaCalibrations);
  return Object.fromEntries(rows.map(({ stage, low, high }) => [stage, { low, high }]));
}

/**
 * The latest predictions of a stage whose orders have arrived, with what they came to. Minutes. Orders
 * for a slot are left out: they arrive when they were asked to.
 */
export async function etaSamples(
  db: Queryable,
  stage: EtaStage,
  since: Date,
  limit: number,
): Promise<EtaSample[]> {
  const minutes = (to: typeof etaEstimates.predictedAt | typeof deliveries.deliveredAt) =>
    sql<number>`(extract(epoch FROM ${to} - ${etaEstimates.at}) / 60)::float8`;
  return db
    .select({
      predicted: minutes(etaEstimates.predictedAt),
      actual: minutes(deliveries.deliveredAt),
    })
    .from(etaEstimates)
    .innerJoin(orders, eq(orders.id, etaEstimates.orderId))
    .innerJoin(deliveries, eq(deliveries.orderId, etaEstimates.orderId))
    .where(
      and(
        eq(etaEstimates.stage, stage),
        sql`${etaEstimates.at} > ${since.toISOString()}::timestamptz`,
        isNotNull(deliveries.deliveredAt),
        sql`${orders.slotFrom} IS NULL`,
      ),
    )
    .orderBy(sql`${etaEstimates.at} DESC`)
    .limit(limit);
}

export async function storeCalibration(
  db: Queryable,
  row: typeof etaCalibrations.$inferInsert,
): Promise<void> {
  const { stage, ...set } = row;
  await db.insert(etaCalibrations).values(row).onConflictDoUpdate({
    target: etaCalibrations.stage,
    set,
  });
}

/** How well the ETAs shown since then came true, stage by stage. */
export async function etaAccuracy(db: Queryable, since: Date): Promise<EtaAccuracy[]> {
  const rows = await db.execute<EtaAccuracy>(sql`
    SELECT e.stage, count(*)::int AS shown,
      avg((d.delivered_at BETWEEN e.arrives_from AND e.arrives_to)::int)::float8 AS covered,
      avg((d.delivered_at < e.arrives_from)::int)::float8 AS early,
      avg((d.delivered_at > e.arrives_to)::int)::float8 AS late,
      (avg(abs(extract(epoch FROM d.delivered_at - e.predicted_at))) / 60)::float8 AS "meanError",
      (avg(extract(epoch FROM d.delivered_at - e.predicted_at)) / 60)::float8 AS bias,
      (avg(extract(epoch FROM e.arrives_to - e.arrives_from)) / 60)::float8 AS width
    FROM eta_estimates e
    JOIN orders o ON o.id = e.order_id
    JOIN deliveries d ON d.order_id = e.order_id
    WHERE e.at > ${since.toISOString()}::timestamptz AND d.delivered_at IS NOT NULL
      AND o.slot_from IS NULL
    GROUP BY e.stage`);
  return [...rows];
}
