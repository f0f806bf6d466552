import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { orderMessages } from '@/db/schema';
import { ensured } from '@/domain/errors';
import type { MessageImage } from '@/domain/message';

const image = sql<MessageImage>`message_image(${orderMessages})`;

/** What was said about an order since then, oldest first. */
export async function messagesOfOrder(
  db: Queryable,
  orderId: string,
  since: Date,
): Promise<MessageImage[]> {
  const rows = await db
    .select({ image })
    .from(orderMessages)
    .where(and(eq(orderMessages.orderId, orderId), gte(orderMessages.sentAt, since)))
    .orderBy(asc(orderMessages.sentAt));
  return rows.map((row) => row.image);
}

export async function countMessages(
  db: Queryable,
  orderId: string,
  senderId: string,
  since: Date,
): Promise<number> {
  return db.$count(
    orderMessages,
    and(
      eq(orderMessages.orderId, orderId),
      eq(orderMessages.senderId, senderId),
      gte(orderMessages.sentAt, since),
    ),
  );
}

export async function insertMessage(
  tx: Transaction,
  message: typeof orderMessages.$inferInsert,
): Promise<MessageImage> {
  const [row] = await tx.insert(orderMessages).values(message).returning({ image });
  return ensured(row, 'the message that was inserted').image;
}
