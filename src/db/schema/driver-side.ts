import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { PICTURE_TYPES } from '@/domain/picture';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** What a driver brought forward; `bytes` says how many, `width` and `height` are pixels. */
export const deliveryProofs = pgTable('delivery_proofs', {
  id: uuid().primaryKey(),
  deliveryId: uuid('delivery_id').notNull(),
  driverId: uuid('driver_id').notNull(),
  kind: text({ enum: ['photo', 'signature'] }).notNull(),
  mediaType: text('media_type', { enum: PICTURE_TYPES }).notNull(),
  bytes: integer().notNull(),
  width: integer().notNull(),
  height: integer().notNull(),
  sha256: text().notNull(),
  storedAt: time('stored_at').notNull().defaultNow(),
  /** It goes at the next housekeeping. */
  doomedAt: time('doomed_at'),
  /** Since then the store does not have it any more. */
  forgottenAt: time('forgotten_at'),
});

/** Cash handed in to an admin, minor units. */
export const cashHandins = pgTable('cash_handins', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  driverId: uuid('driver_id').notNull(),
  adminId: uuid('admin_id').notNull(),
  currency: text().notNull(),
  amount: integer().notNull(),
  at: time('at').notNull().defaultNow(),
});

export const cashHandinOrders = pgTable('cash_handin_orders', {
  orderId: uuid('order_id').primaryKey(),
  handinId: uuid('handin_id').notNull(),
  amount: integer().notNull(),
});
