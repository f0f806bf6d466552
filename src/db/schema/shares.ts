import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const orderShares = pgTable('order_shares', {
  orderId: uuid('order_id').primaryKey(),
  token: text().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
