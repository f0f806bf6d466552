import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { DUE, PAYMENT_METHODS, PAYMENT_STATES } from '@/domain/payment';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true });

/** Money that is owed or held, minor units of `currency`. Written before a provider is asked. */
export const payments = pgTable('payments', {
  id: id(),
  orderId: uuid('order_id'),
  customerId: uuid('customer_id').notNull(),
  requestKey: uuid('request_key'),
  purpose: text({ enum: ['order', 'tip'] })
    .notNull()
    .default('order'),
  method: text({ enum: PAYMENT_METHODS }).notNull(),
  provider: text().notNull(),
  providerRef: text('provider_ref'),
  label: text().notNull().default(''),
  status: text({ enum: PAYMENT_STATES }).notNull().default('pending'),
  currency: text().notNull(),
  amount: integer().notNull(),
  captured: integer().notNull().default(0),
  refunded: integer().notNull().default(0),
  /** What we owe the provider next, and of how much. */
  due: text({ enum: DUE }),
  dueAmount: integer('due_amount'),
  attempts: integer().notNull().default(0),
  nextAttemptAt: time('next_attempt_at'),
  lastError: text('last_error'),
  createdAt: time('created_at').notNull().defaultNow(),
  authorisedAt: time('authorised_at'),
  settledAt: time('settled_at'),
  /** When the status changed last. */
  movedAt: time('moved_at').notNull().defaultNow(),
});

export const paymentWebhooks = pgTable('payment_webhooks', {
  provider: text().primaryKey(),
  eventId: text('event_id').notNull(),
  paymentId: uuid('payment_id').notNull(),
  type: text().notNull(),
  receivedAt: time('received_at').notNull().defaultNow(),
});
