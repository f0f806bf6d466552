import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { orderMessages } from '@/db/schema';
import type { MessageImage } from '@/domain/message';

/** What was said about an order since then, oldest first. */
export async function messagesOfOrder(
  db: Queryable,
  orderId: string,
  since: Date,
): Promise<MessageImage[]> {
  const rows = await db
    .select({ image: sql<MessageImage>`message_image(${orderMessages})` })
    .from(orderMessages)
    .where(and(eq(orderMessages.orderId, orderId), gte(orderMessages.sentAt, since)))
    .orderBy(asc(orderMessages.sentAt));
  return rows.map(({ image }) => image);
}
