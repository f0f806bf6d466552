import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import { madeForEach, madeOnce } from '@/db/made-once';
import { deliveries, offers, orderLines, orders } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { CARRIED_STATES, type DeliveryImage } from '@/domain/delivery';
import { groupBy } from '@/domain/group-by';
import { stepOf } from '@/domain/machine';
import type { OfferImage } from '@/domain/offer';
import {
  OPEN_STATES,
  type OrderCommand,
  type OrderImage,
  type OrderLine,
  type OrderStatus,
  orderMachine,
} from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { anyOf, arrayLiteral } from './array-literal';

const orderImage = sql<OrderImage>`order_image(${orders})`;
const deliveryImage = sql<DeliveryImage | null>`
  CASE WHEN ${deliveries.id} IS NOT NULL THEN delivery_image(${deliveries}) END`;
const streamVersion = sql<number>`
  coalesce((SELECT version FROM streams WHERE streams.id = ${orders.id}), 0)`;
const offerImage = sql<OfferImage>`offer_image(${offers})`;

export type OrderRow = typeof orders.$inferSelect;
export type NewOrder = typeof orders.$inferInsert & { id: string };

export async function insertOrder(
  tx: Transaction,
  order: NewOrder,
): Promise<Pick<OrderImage, 'id' | 'number'>> {
  const [row] = await tx.execute<{ number: string }>(
    sql`${insertionOf(orders, [order])} RETURNING number`,
  );
  if (!row) throw new Error('the order was not inserted');
  return { id: order.id, number: Number(row.number) };
}

export async function insertLines(
  tx: Transaction,
  orderId: string,
  lines: readonly OrderLine[],
): Promise<void> {
  const rows = lines.map((line, position) => ({ ...line, orderId, position }));
  await tx.execute(insertionOf(orderLines, rows));
}

export async function findOrder(db: Queryable, orderId: string): Promise<OrderRow | null> {
  const [row] = await wholeRows(db, orders, sql`WHERE id = ${orderId}`);
  return row ?? null;
}

const steps = madeForEach(
  (paper, command: OrderCommand, change: Partial<typeof orders.$inferInsert>) => {
    const { from, to } = stepOf(orderMachine, command);
    return paper
      .update(orders)
      .set({ ...change, status: to })
      .where(and(eq(orders.id, sql.placeholder('steppedId')), inArray(orders.status, from)))
      .returning({ id: orders.id });
  },
);

/** Compare-and-set by the machine: whether `command` was allowed, and is done. */
export async function stepOrder(
  tx: Transaction,
  orderId: string,
  command: OrderCommand,
  by?: { reason?: string | null; closedBy?: string; cancelFee?: number },
  prepMinutes?: number,
): Promise<boolean> {
  const change = {
    ...(by
      ? { reason: by.reason ?? null, closedBy: by.closedBy, cancelFee: by.cancelFee ?? 0 }
      : {}),
    prepMinutes,
  };
  return (await steps(tx, command, change, { steppedId: orderId })).length === 1;
}

export async function rateOrder(
  tx: Transaction,
  orderId: string,
  rating: { food: number; delivery: number | null; comment: string; at: Date },
): Promise<void> {
  await tx
    .update(orders)
    .set({
      foodRating: rating.food,
      deliveryRating: rating.delivery,
      ratingComment: rating.comment,
      ratedAt: rating.at,
    })
    .where(eq(orders.id, orderId));
}

/** Notes a tip given after the delivery, minor units, and adds it to what the driver earns. */
export async function addTip(tx: Transaction, orderId: string, amount: number): Promise<void> {
  await tx.update(orders).set({ tipAfter: amount }).where(eq(orders.id, orderId));
  await tx
    .update(deliveries)
    .set({ pay: sql`${deliveries.pay} + ${amount}` })
    .where(eq(deliveries.orderId, orderId));
}

/** Another door, and the way to it in straight-line metres. */
export async function moveDoor(
  tx: Transaction,
  orderId: string,
  door: Pick<NewOrder, 'dropoff' | 'dropoffAddress' | 'dropoffNote' | 'tripDistanceM'>,
): Promise<void> {
  await tx.update(orders).set(door).where(eq(orders.id, orderId));
}

/** Puts an order away; a trigger tells it. */
export async function archiveOrder(tx: Transaction, orderId: string, at: Date): Promise<void> {
  await tx.update(orders).set({ archivedAt: at }).where(eq(orders.id, orderId));
}

const cards = (db: Queryable) =>
  db
    .select({ order: orderImage, delivery: deliveryImage, version: streamVersion })
    .from(orders)
    .leftJoin(deliveries, eq(deliveries.orderId, orders.id))
    .$dynamic();

const toCard = (row: {
  order: OrderImage;
  delivery: DeliveryImage | null;
  version: number;
}): OrderCard => ({
  order: row.order,
  delivery: row.delivery,
  versions: { order: row.version, delivery: row.version },
});

const cardById = madeOnce((paper) => cards(paper).where(eq(orders.id, sql.placeholder('orderId'))));

export async function findCard(db: Queryable, orderId: string): Promise<OrderCard | null> {
  const [row] = await cardById(db, { orderId });
  return row ? toCard(row) : null;
}

/** How far an order's stream has come, and what decides on who may see it. */
export type PlaceInStream = {
  customerId: string;
  driverId: string | null;
  archivedAt: Date | null;
  version: number;
};

const places = madeOnce((paper) =>
  paper
    .select({
      id: orders.id,
      customerId: orders.customerId,
      driverId: deliveries.driverId,
      archivedAt: orders.archivedAt,
      version: streamVersion,
    })
    .from(orders)
    .leftJoin(deliveries, eq(deliveries.orderId, orders.id))
    .where(eq(orders.id, anyOf(sql.placeholder('orderIds')))),
);

/** By the orders' ids. */
export async function findPlacesInStream(
  db: Queryable,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, PlaceInStream>> {
  const rows = await places(db, { orderIds: arrayLiteral(orderIds) });
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}

const cardsById = madeOnce((paper) =>
  cards(paper).where(eq(orders.id, anyOf(sql.placeholder('orderIds')))),
);

/** Several cards by the ids of their orders. */
export async function findCards(
  db: Queryable,
  orderIds: readonly string[],
): Promise<Map<string, OrderCard>> {
  if (orderIds.length === 0) return new Map();
  const rows = await cardsById(db, { orderIds: arrayLiteral(orderIds) });
  return new Map(rows.map((row) => [row.order.id, toCard(row)]));
}

export async function cardsOfCustomer(
  db: Queryable,
  customerId: string,
  limit: number,
): Promise<OrderCard[]> {
  const rows = await cards(db)
    .where(and(eq(orders.customerId, customerId), isNull(orders.archivedAt)))
    .orderBy(desc(orders.placedAt))
    .limit(limit);
  return rows.map(toCard);
}

type OrderFilter = {
  customerId?: string;
  driverId?: string;
  restaurantId?: string | undefined;
  /** Of one of these. */
  restaurantIds?: readonly string[] | undefined;
  status?: OrderStatus | undefined;
};

/**
 * A page of the orders that are not put away, the latest first, after the one with the id `after`. Uses
 * `orders_customer_page`, `deliveries_driver`, `orders_restaurant`, or the primary key.
 */
export async function pageOfOrders(
  db: Queryable,
  { customerId, driverId, restaurantId, restaurantIds, status }: OrderFilter,
  after: string | null,
  limit: number,
): Promise<OrderCard[]> {
  const rows = await cards(db)
    .where(
      and(
        isNull(orders.archivedAt),
        customerId === undefined ? undefined : eq(orders.customerId, customerId),
        driverId === undefined ? undefined : eq(deliveries.driverId, driverId),
        restaurantId === undefined ? undefined : eq(orders.restaurantId, restaurantId),
        restaurantIds === undefined ? undefined : eq(orders.restaurantId, anyOf(restaurantIds)),
        status === undefined ? undefined : eq(orders.status, status),
        after === null ? undefined : lt(orders.id, after),
      ),
    )
    .orderBy(desc(orders.id))
    .limit(limit);
  return rows.map(toCard);
}

/** Whether an order is put away. */
export async function isArchived(db: Queryable, orderId: string): Promise<boolean> {
  const [row] = await db
    .select({ archivedAt: orders.archivedAt })
    .from(orders)
    .where(eq(orders.id, orderId));
  return row !== undefined && row.archivedAt !== null;
}

/** What the driver carries now, as it was taken on and is handed over. Uses `deliveries_carried`. */
export async function cardsOfDriver(db: Queryable, driverId: string): Promise<OrderCard[]> {
  const rows = await cards(db)
    .where(and(eq(deliveries.driverId, driverId), inArray(deliveries.status, CARRIED_STATES)))
    .orderBy(asc(deliveries.assignedAt), asc(deliveries.runStop));
  return rows.map(toCard);
}

/** Everything open, then what was closed after `closedAfter`; newest first, `limit` at the most. */
export async function cardsOfBoard(
  db: Queryable,
  closedAfter: Date,
  limit: number,
): Promise<OrderCard[]> {
  const rows = await cards(db)
    .where(
      or(
        inArray(orders.status, OPEN_STATES),
        and(
          isNotNull(orders.closedAt),
          gt(orders.closedAt, closedAfter),
          isNull(orders.archivedAt),
        ),
      ),
    )
    .orderBy(desc(isNull(orders.closedAt)), desc(orders.placedAt))
    .limit(limit);
  return rows.map(toCard);
}

/** Everything open at a restaurant, and what was closed after `closedAfter`. Uses `orders_restaurant`. */
export async function cardsOfRestaurant(
  db: Queryable,
  restaurantId: string,
  closedAfter: Date,
  limit: number,
): Promise<OrderCard[]> {
  const rows = await cards(db)
    .where(
      and(
        eq(orders.restaurantId, restaurantId),
        isNull(orders.archivedAt),
        or(inArray(orders.status, OPEN_STATES), gt(orders.closedAt, closedAfter)),
      ),
    )
    .orderBy(desc(orders.placedAt))
    .limit(limit);
  return rows.map(toCard);
}

const lineColumns = {
  id: orderLines.id,
  itemId: orderLines.itemId,
  name: orderLines.name,
  quantity: orderLines.quantity,
  unitPrice: orderLines.unitPrice,
  lineTotal: orderLines.lineTotal,
  options: orderLines.options,
  note: orderLines.note,
};

export async function linesOfOrder(db: Queryable, orderId: string): Promise<OrderLine[]> {
  return db
    .select(lineColumns)
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
}

export async function linesOfOrders(
  db: Queryable,
  orderIds: readonly string[],
): Promise<Record<string, OrderLine[]>> {
  if (orderIds.length === 0) return {};
  const rows = await db
    .select({ orderId: orderLines.orderId, line: lineColumns })
    .from(orderLines)
    .where(eq(orderLines.orderId, anyOf(orderIds)))
    .orderBy(asc(orderLines.position));
  const byOrder = groupBy(rows, ({ orderId }) => orderId);
  return Object.fromEntries(
    [...byOrder].map(([orderId, found]) => [orderId, found.map(({ line }) => line)]),
  );
}

export async function offersOfOrder(db: Queryable, orderId: string): Promise<OfferImage[]> {
  const rows = await db
    .select({ image: offerImage })
    .from(offers)
    .where(eq(offers.orderId, orderId))
    .orderBy(asc(offers.createdAt));
  return rows.map((row) => row.image);
}

export async function pendingOffers(db: Queryable, driverId?: string): Promise<OfferImage[]> {
  const rows = await db
    .select({ image: offerImage })
    .from(offers)
    .where(and(eq(offers.status, 'pending'), driverId ? eq(offers.driverId, driverId) : undefined))
    .orderBy(asc(offers.createdAt));
  return rows.map((row) => row.image);
}

/** Orders that have waited at the counter since before `before`. */
export async function uncollectedOrders(
  db: Queryable,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        inArray(orders.status, OPEN_STATES),
        eq(orders.status, 'ready'),
        eq(orders.fulfilment, 'pickup'),
        lt(orders.readyAt, before),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}
