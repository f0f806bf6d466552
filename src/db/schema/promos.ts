import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { PROMO_KINDS } from '@/domain/promo';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Money in minor units of `currency`. */
export const promoCodes = pgTable('promo_codes', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  code: text().notNull(),
  kind: text({ enum: PROMO_KINDS }).notNull(),
  value: integer().notNull().default(0),
  currency: text().notNull(),
  minimumSubtotal: integer('minimum_subtotal').notNull().default(0),
  maximumDiscount: integer('maximum_discount'),
  restaurantId: uuid('restaurant_id'),
  startsAt: time('starts_at'),
  endsAt: time('ends_at'),
  limitPerPerson: integer('limit_per_person'),
  limitTotal: integer('limit_total'),
  used: integer().notNull().default(0),
  disabledAt: time('disabled_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  /** Counts the changes of all but the uses; kept by a trigger. */
  version: integer().notNull().default(1),
});

export const promoUses = pgTable('promo_uses', {
  orderId: uuid('order_id').primaryKey(),
  promoId: uuid('promo_id').notNull(),
  customerId: uuid('customer_id').notNull(),
  number: integer().notNull(),
  usedAt: time('used_at').notNull().defaultNow(),
});
