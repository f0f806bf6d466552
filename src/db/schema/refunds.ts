import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { RefundImage } from '@/domain/refund';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** What is given back of a payment, part by part; `id` is what the provider knows the part by. */
export const paymentRefunds = pgTable('payment_refunds', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  paymentId: uuid('payment_id').notNull(),
  /** Minor units. */
  amount: integer().notNull(),
  reason: text().$type<RefundImage['reason']>().notNull(),
  askedAt: time('asked_at').notNull().defaultNow(),
  /** When the provider had done it, or the cash was given. */
  doneAt: time('done_at'),
});
