import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { ROLES } from '@/domain/roles';

export const orderMessages = pgTable('order_messages', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  orderId: uuid('order_id').notNull(),
  senderId: uuid('sender_id').notNull(),
  senderRole: text('sender_role', { enum: ROLES }).notNull(),
  quick: text(),
  body: text().notNull().default(''),
  sentAt: timestamp('sent_at', { withTimezone: true }).notNull().defaultNow(),
});
