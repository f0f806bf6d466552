import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '@/db/client';
import { deliveries, offers, orders, payments, restaurants, zones } from '@/db/schema';
import { ensured } from '@/domain/errors';
import { fillWithOrders } from './many-orders';
import { makeDriver, makeTown } from './town';

type WeekOptions = { orders: number; firstDay: string; timeZone?: string };
type Span = [from: number, to: number];

const DAYS = 7;

/** A town with three kitchens and four drivers, and a week of its orders. */
export async function makeAnalyticsWeek(db: Database, options: WeekOptions) {
  const { firstDay, timeZone = 'Europe/Lisbon' } = options;
  const town = await makeTown(db);
  await db.update(zones).set({ timeZone }).where(eq(zones.id, town.zoneId));
  const [kitchen] = await db
    .select()
    .from(restaurants)
    .where(eq(restaurants.id, town.restaurantId));
  const { openMinutes: _, ...columns } = ensured(kitchen, 'the town’s restaurant');
  const restaurantIds = [town.restaurantId];
  for (const name of ['Second Kitchen', 'Third Kitchen']) {
    const id = uuidv7();
    restaurantIds.push(id);
    await db.insert(restaurants).values({ ...columns, id, slug: id, name });
  }
  const driverIds: string[] = [];
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan']) {
    const { userId } = await makeDriver(db, town, { name, online: false });
    driverIds.push(userId);
  }
  await db.transaction((tx) =>
    fillWithOrders(tx, {
      ...{ zoneId: town.zoneId, restaurantIds, driverIds, customerId: town.customer.userId },
      ...{ firstDay, days: DAYS, orders: options.orders },
    }),
  );
  return {
    ...town,
    /** Counted one by one from the rows, of orders placed in a span of time. */
    countNaively: async (from?: string, to?: string) => {
      const rows = await db
        .select()
        .from(orders)
        .innerJoin(restaurants, eq(restaurants.id, orders.restaurantId))
        .leftJoin(deliveries, eq(deliveries.orderId, orders.id))
        .leftJoin(payments, eq(payments.orderId, orders.id))
        .where(eq(restaurants.zoneId, town.zoneId));
      const asked = await db
        .select({ status: offers.status, placedAt: orders.placedAt })
        .from(offers)
        .innerJoin(orders, eq(orders.id, offers.orderId))
        .innerJoin(restaurants, eq(restaurants.id, orders.restaurantId))
        .where(eq(restaurants.zoneId, town.zoneId));
      const duty = await db.execute<{ driver: string; from: number; to: number }>(sql`
        SELECT driver_id AS driver, extract(epoch FROM starts_at)::float8 AS from,
          extract(epoch FROM ends_at)::float8 AS to FROM driver_duty WHERE zone_id = ${town.zoneId}`);
      const first = from ? Date.parse(from) : Number.NEGATIVE_INFINITY;
      const end = to ? Date.parse(to) : Number.POSITIVE_INFINITY;
      const inside = ({ placedAt }: { placedAt: Date }) =>
        placedAt.getTime() >= first && placedAt.getTime() < end;
      const answered = asked.filter(inside).filter(({ status }) => status !== 'withdrawn');
      return {
        ...countOrders(rows.filter((row) => inside(row.orders))),
        answered: answered.length,
        accepted: answered.filter(({ status }) => status === 'accepted').length,
        ...countTimes(rows, [...duty], await endOfWeek(db, town.zoneId, firstDay)),
      };
    },
  };
}

type Row = {
  orders: typeof orders.$inferSelect;
  deliveries: typeof deliveries.$inferSelect | null;
  payments: typeof payments.$inferSelect | null;
};

async function endOfWeek(db: Database, zoneId: string, firstDay: string): Promise<number> {
  const [row] = await db.execute<{ at: number }>(sql`
    SELECT extract(epoch FROM (${firstDay}::date + ${DAYS}::int)::timestamp AT TIME ZONE time_zone)::float8
      AS at FROM zones WHERE id = ${zoneId}`);
  return row?.at ?? 0;
}

function countOrders(rows: readonly Row[]) {
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  const delivered = rows.filter((row) => row.deliveries?.deliveredAt);
  const timed = rows.filter((row) => row.orders.slotFrom === null);
  const took = (from: (row: Row) => Date | null | undefined, to: typeof from) =>
    timed.flatMap((row) => {
      const [a, b] = [from(row), to(row)];
      return a && b ? [(b.getTime() - a.getTime()) / 1_000] : [];
    });
  const rank = (list: readonly number[], share: number) =>
    [...list].sort((a, b) => a - b)[Math.ceil(share * list.length) - 1];
  const whole = took(
    (row) => row.orders.placedAt,
    (row) => row.deliveries?.deliveredAt,
  );
  const rated = rows.flatMap(({ orders: { foodRating } }) => foodRating ?? []);
  return {
    orders: rows.length,
    delivered: delivered.length,
    kept: delivered.filter(
      (row) => (row.deliveries?.deliveredAt ?? new Date()) <= row.orders.promisedTo,
    ).length,
    lost: rows.filter(({ orders: { status } }) =>
      ['cancelled', 'rejected', 'expired'].includes(status),
    ).length,
    revenue: sum(
      rows.map(({ orders: order, payments: payment }) => {
        const gross =
          order.status === 'completed'
            ? order.total - order.tip
            : order.status === 'cancelled'
              ? order.cancelFee
              : 0;
        return Math.max(0, gross - (payment?.refunded ?? 0));
      }),
    ),
    rating: sum(rated) / rated.length,
    deliveryMedian: rank(whole, 0.5),
    deliveryP90: rank(whole, 0.9),
    kitchenMedian: rank(
      took(
        (row) => row.orders.acceptedAt,
        (row) => row.orders.readyAt,
      ),
      0.5,
    ),
    rideMedian: rank(
      took(
        (row) => row.deliveries?.pickedUpAt,
        (row) => row.deliveries?.atDropoffAt,
      ),
      0.5,
    ),
  };
}

/** Second by second would take too long: by the ends of all spans, driver for driver. */
function countTimes(
  rows: readonly Row[],
  duty: readonly { driver: string; from: number; to: number }[],
  end: number,
) {
  let [dutySeconds, busySeconds] = [0, 0];
  for (const driver of new Set(duty.map((span) => span.driver))) {
    const on = duty
      .filter((span) => span.driver === driver)
      .map(({ from, to }): Span => [from, Math.min(to, end)]);
    const carried = rows.flatMap(({ deliveries: delivery }): Span[] =>
      delivery?.driverId === driver && delivery.assignedAt && delivery.deliveredAt
        ? [[delivery.assignedAt.getTime() / 1_000, delivery.deliveredAt.getTime() / 1_000]]
        : [],
    );
    const ends = [...on, ...carried].flat().sort((a, b) => a - b);
    for (const [index, from] of ends.entries()) {
      const to = ends[index + 1] ?? from;
      const covers = ([a, b]: Span) => a <= from && to <= b;
      if (!on.some(covers)) continue;
      dutySeconds += to - from;
      if (carried.some(covers)) busySeconds += to - from;
    }
  }
  return { dutySeconds, busySeconds };
}
