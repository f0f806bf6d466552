import { asc, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import {
  orderLines,
  orderMessages,
  orders,
  paymentRefunds,
  payments,
  pushSubscriptions,
  sessions,
} from '@/db/schema';
import { groupBy } from '@/domain/group-by';

/** What a customer ordered, said, rated and paid, order by order, the first first. */
export async function ordersWithAllOf(db: Queryable, customerId: string) {
  const placed = await db
    .select({
      id: orders.id,
      number: orders.number,
      status: orders.status,
      restaurant: orders.restaurantName,
      name: orders.customerName,
      placedAt: orders.placedAt,
      closedAt: orders.closedAt,
      fulfilment: orders.fulfilment,
      address: orders.dropoffAddress,
      location: orders.dropoff,
      note: orders.dropoffNote,
      currency: orders.currency,
      subtotal: orders.subtotal,
      discount: orders.discount,
      deliveryFee: orders.deliveryFee,
      tax: orders.tax,
      tip: orders.tip,
      tipAfterwards: orders.tipAfter,
      total: orders.total,
      promoCode: orders.promoCode,
      reason: orders.reason,
      foodRating: orders.foodRating,
      deliveryRating: orders.deliveryRating,
      ratingComment: orders.ratingComment,
    })
    .from(orders)
    .where(eq(orders.customerId, customerId))
    .orderBy(asc(orders.placedAt), asc(orders.id));
  const ids = placed.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [lines, messages, paid] = await Promise.all([
    db
      .select({
        orderId: orderLines.orderId,
        name: orderLines.name,
        quantity: orderLines.quantity,
        options: orderLines.options,
        note: orderLines.note,
        lineTotal: orderLines.lineTotal,
      })
      .from(orderLines)
      .where(inArray(orderLines.orderId, ids))
      .orderBy(asc(orderLines.position)),
    db
      .select({
        orderId: orderMessages.orderId,
        from: orderMessages.senderRole,
        quick: orderMessages.quick,
        body: orderMessages.body,
        sentAt: orderMessages.sentAt,
      })
      .from(orderMessages)
      .where(inArray(orderMessages.orderId, ids))
      .orderBy(asc(orderMessages.sentAt)),
    db
      .select({
        id: payments.id,
        orderId: payments.orderId,
        purpose: payments.purpose,
        method: payments.method,
        label: payments.label,
        status: payments.status,
        amount: payments.amount,
        captured: payments.captured,
        refunded: payments.refunded,
        createdAt: payments.createdAt,
      })
      .from(payments)
      .where(eq(payments.customerId, customerId))
      .orderBy(asc(payments.createdAt)),
  ]);
  const refunds = paid.length
    ? await db
        .select({
          paymentId: paymentRefunds.paymentId,
          amount: paymentRefunds.amount,
          reason: paymentRefunds.reason,
          askedAt: paymentRefunds.askedAt,
          doneAt: paymentRefunds.doneAt,
        })
        .from(paymentRefunds)
        .where(
          inArray(
            paymentRefunds.paymentId,
            paid.map(({ id }) => id),
          ),
        )
        .orderBy(asc(paymentRefunds.askedAt))
    : [];
  const linesOf = groupBy(lines, ({ orderId }) => orderId);
  const messagesOf = groupBy(messages, ({ orderId }) => orderId);
  const paidFor = groupBy(paid, ({ orderId }) => orderId ?? '');
  const refundsOf = groupBy(refunds, ({ paymentId }) => paymentId);
  return placed.map(({ id, ...order }) => ({
    ...order,
    lines: (linesOf.get(id) ?? []).map(({ orderId: _, ...line }) => line),
    messages: (messagesOf.get(id) ?? []).map(({ orderId: _, ...message }) => message),
    payments: (paidFor.get(id) ?? []).map(({ id: paymentId, orderId: _, ...payment }) => ({
      ...payment,
      refunds: (refundsOf.get(paymentId) ?? []).map(({ paymentId: __, ...refund }) => refund),
    })),
  }));
}

/** Where somebody has signed in, and where pushes go. */
export async function devicesOf(db: Queryable, userId: string) {
  const [signedIn, pushes] = await Promise.all([
    db
      .select({
        createdAt: sessions.createdAt,
        seenAt: sessions.seenAt,
        endedAt: sessions.revokedAt,
        userAgent: sessions.userAgent,
        address: sessions.address,
      })
      .from(sessions)
      .where(eq(sessions.userId, userId))
      .orderBy(asc(sessions.createdAt)),
    db
      .select({ endpoint: pushSubscriptions.endpoint, createdAt: pushSubscriptions.createdAt })
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.userId, userId))
      .orderBy(asc(pushSubscriptions.createdAt)),
  ]);
  return { sessions: signedIn, pushes };
}
