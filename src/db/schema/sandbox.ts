import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { CHARGE_STATES, DECLINE_CODES } from '@/domain/payment';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** The books of the built-in test provider. No card numbers are kept. */
export const sandboxCards = pgTable('sandbox_cards', {
  token: text().primaryKey(),
  last4: text().notNull(),
  behaviour: text().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});

export const sandboxCharges = pgTable('sandbox_charges', {
  paymentId: uuid('payment_id').primaryKey(),
  ref: text().notNull(),
  status: text({ enum: CHARGE_STATES }).notNull(),
  last4: text().notNull().default(''),
  behaviour: text().notNull().default(''),
  declineReason: text('decline_reason', { enum: DECLINE_CODES }),
  currency: text().notNull(),
  amount: integer().notNull(),
  captured: integer().notNull().default(0),
  refunded: integer().notNull().default(0),
  captureAttempts: integer('capture_attempts').notNull().default(0),
  decidesAt: time('decides_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** Refunds by the merchant's own ids: asked for twice, it is given back once. */
export const sandboxRefunds = pgTable('sandbox_refunds', {
  id: uuid().primaryKey(),
  paymentId: uuid('payment_id').notNull(),
  amount: integer().notNull(),
});

export const sandboxWebhooks = pgTable('sandbox_webhooks', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  body: text().notNull(),
  attempts: integer().notNull().default(0),
  nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
  deliveredAt: time('delivered_at'),
  createdAt: time('created_at').notNull().defaultNow(),
});
