import { and, asc, eq, gte, or, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { orderMessages } from '@/db/schema';
import { ensured } from '@/domain/errors';
import type { MessageImage } from '@/domain/message';

const image = sql<MessageImage>`message_image(${orderMessages})`;

/** What was said about orders, about each since then; oldest first. */
export async function messagesOfOrders(
  db: Queryable,
  wanted: readonly { orderId: string; since: Date }[],
): Promise<MessageImage[]> {
  if (wanted.length === 0) return [];
  const rows = await db
    .select({ image })
    .from(orderMessages)
    .where(
      or(
        ...wanted.map(({ orderId, since }) =>
          and(eq(orderMessages.orderId, orderId), gte(orderMessages.sentAt, since)),
        ),
      ),
    )
    .orderBy(asc(orderMessages.sentAt), asc(orderMessages.id));
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
