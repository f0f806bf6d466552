import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import { madeForEach } from '@/db/made-once';
import { cashHandinOrders, deliveries, offers, orders } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import {
  CARRIED_STATES,
  type DeliveryCommand,
  type DeliveryImage,
  deliveryMachine,
} from '@/domain/delivery';
import type { EarnedToday } from '@/domain/driver-view';
import { stepOf } from '@/domain/machine';
import { anyOf } from './array-literal';

const deliveryImage = sql<DeliveryImage>`delivery_image(${deliveries})`;

export type DeliveryRow = typeof deliveries.$inferSelect;

export async function insertDelivery(
  tx: Transaction,
  delivery: typeof deliveries.$inferInsert,
): Promise<void> {
  await tx.execute(insertionOf(deliveries, [delivery]));
}

export async function deliveryOfOrder(db: Queryable, orderId: string): Promise<DeliveryRow | null> {
  const [row] = await wholeRows(db, deliveries, sql`WHERE order_id = ${orderId}`);
  return row ?? null;
}

export async function findDelivery(db: Queryable, id: string): Promise<DeliveryRow | null> {
  const [row] = await wholeRows(db, deliveries, sql`WHERE id = ${id}`);
  return row ?? null;
}

type Change = Partial<typeof deliveries.$inferInsert>;

const stepsOf = (whose?: SQL) =>
  madeForEach((paper, command: DeliveryCommand, change: Change) => {
    const { from, to } = stepOf(deliveryMachine, command);
    return paper
      .update(deliveries)
      .set({ ...change, status: to })
      .where(
        and(
          eq(deliveries.id, sql.placeholder('steppedId')),
          inArray(deliveries.status, from),
          whose,
        ),
      )
      .returning({ image: deliveryImage });
  });

const steps = stepsOf();
const stepsOfOwner = stepsOf(eq(deliveries.driverId, sql.placeholder('ownerId')));

/** Compare-and-set by the machine: the delivery after `command`, or null when not allowed now. */
export async function stepDelivery(
  tx: Transaction,
  deliveryId: string,
  command: DeliveryCommand,
  change: Change = {},
  guard: { driverId?: string } = {},
): Promise<DeliveryImage | null> {
  const { driverId: ownerId } = guard;
  const those = ownerId ? stepsOfOwner : steps;
  const [row] = await those(tx, command, change, { steppedId: deliveryId, ownerId });
  return row?.image ?? null;
}

/** From here on steps of this transaction bear this time. */
export async function setStepTime(tx: Transaction, at: Date): Promise<void> {
  await tx.execute(sql`SELECT set_config('app.step_at', ${at.toISOString()}, true)`);
}

export async function countWrongPin(tx: Transaction, deliveryId: string): Promise<void> {
  await tx
    .update(deliveries)
    .set({ pinFailures: sql`${deliveries.pinFailures} + 1` })
    .where(eq(deliveries.id, deliveryId));
}

/** What the driver earns for it, minor units. */
export async function setPay(tx: Transaction, deliveryId: string, pay: number): Promise<void> {
  await tx.update(deliveries).set({ pay }).where(eq(deliveries.id, deliveryId));
}

/** Changes the search for a driver without a step. */
export async function updateSearch(
  tx: Transaction,
  deliveryId: string,
  change: Pick<
    Partial<typeof deliveries.$inferInsert>,
    | 'attempt'
    | 'emptyRounds'
    | 'radiusM'
    | 'nextAttemptAt'
    | 'plannedDriverId'
    | 'plannedDriverName'
    | 'plannedLeaveAt'
  >,
): Promise<void> {
  await tx.update(deliveries).set(change).where(eq(deliveries.id, deliveryId));
}

/** Has searches looked at anew, at once. */
export async function resumeSearches(
  tx: Transaction,
  deliveryIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx
    .update(deliveries)
    .set({ nextAttemptAt: now })
    .where(sql`${deliveries.id} = ${anyOf(deliveryIds)}`);
}

/** Ends the hold of the offer through which a driver got this delivery. */
export async function releaseAcceptedOffer(
  tx: Transaction,
  deliveryId: string,
  now: Date,
): Promise<void> {
  await tx
    .update(offers)
    .set({ releasedAt: now })
    .where(
      and(
        eq(offers.deliveryId, deliveryId),
        eq(offers.status, 'accepted'),
        isNull(offers.releasedAt),
      ),
    );
}

export async function countCarried(db: Queryable, driverId: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(deliveries)
    .where(and(eq(deliveries.driverId, driverId), inArray(deliveries.status, CARRIED_STATES)));
  return row?.count ?? 0;
}

export type DeliveredRow = {
  deliveryId: string;
  orderNumber: number;
  restaurantName: string;
  dropoffAddress: string;
  deliveredAt: Date | null;
  /** With the tip in it, minor units. */
  pay: number;
  tip: number;
  currency: string;
  /** Taken in cash at the door, minor units; and whether it was handed in. */
  cash: number;
  cashHandedIn: boolean;
  /** Stars for the delivery, 1 to 5. */
  rating: number | null;
  runId: string | null;
};

export async function deliveredBy(
  db: Queryable,
  driverId: string,
  limit: number,
): Promise<DeliveredRow[]> {
  return db
    .select({
      deliveryId: deliveries.id,
      orderNumber: orders.number,
      restaurantName: orders.restaurantName,
      dropoffAddress: orders.dropoffAddress,
      deliveredAt: deliveries.deliveredAt,
      pay: deliveries.pay,
      tip: sql<number>`${orders.tip} + ${orders.tipAfter}`,
      currency: orders.currency,
      cash: sql<number>`CASE WHEN ${orders.paymentMethod} = 'cash' THEN ${orders.total} ELSE 0 END`,
      cashHandedIn: sql<boolean>`${cashHandinOrders.orderId} IS NOT NULL`,
      rating: orders.deliveryRating,
      runId: deliveries.runId,
    })
    .from(deliveries)
    .innerJoin(orders, eq(orders.id, deliveries.orderId))
    .leftJoin(cashHandinOrders, eq(cashHandinOrders.orderId, orders.id))
    .where(and(eq(deliveries.driverId, driverId), eq(deliveries.status, 'delivered')))
    .orderBy(desc(deliveries.deliveredAt))
    .limit(limit);
}

/** What the driver earned since midnight of the zone's wall clock. */
export async function earnedToday(db: Queryable, driverId: string): Promise<EarnedToday> {
  const [row] = await db.execute<EarnedToday>(sql`
    SELECT z.currency, z.time_zone AS "timeZone",
      coalesce(jsonb_agg(
        jsonb_build_object('id', v.id, 'pay', v.pay, 'deliveredAt', v.delivered_at)
        ORDER BY v.delivered_at) FILTER (WHERE v.id IS NOT NULL), '[]') AS deliveries
    FROM drivers d
    JOIN zones z ON z.id = d.zone_id
    LEFT JOIN deliveries v ON v.driver_id = d.user_id AND v.status = 'delivered'
      AND v.delivered_at >= date_trunc('day', now() AT TIME ZONE z.time_zone) AT TIME ZONE z.time_zone
    WHERE d.user_id = ${driverId}
    GROUP BY z.currency, z.time_zone`);
  return row ?? { currency: 'EUR', timeZone: 'UTC', deliveries: [] };
}
