import { sql } from 'drizzle-orm';
import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { MUST_SEE_EVENTS, MUST_SEE_STATES, type RungKind } from '@/domain/must-see';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true });

/** Who acts for which restaurant. */
export const restaurantStaff = pgTable(
  'restaurant_staff',
  {
    restaurantId: uuid('restaurant_id').notNull(),
    userId: uuid('user_id').notNull(),
    tiedAt: time('tied_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.restaurantId, table.userId] })],
);

export const mustSeeLadders = pgTable('must_see_ladders', {
  id: id(),
  /** Null: for all restaurants that have none of their own. */
  restaurantId: uuid('restaurant_id'),
  ladder: jsonb().notNull(),
});

export const mustSees = pgTable('must_sees', {
  id: id(),
  orderId: uuid('order_id').notNull(),
  restaurantId: uuid('restaurant_id').notNull(),
  event: text({ enum: MUST_SEE_EVENTS }).notNull(),
  state: text({ enum: MUST_SEE_STATES }).notNull().default('open'),
  raisedAt: time('raised_at').notNull(),
  climbed: text().array().$type<RungKind[]>().notNull().default([]),
  /** When to look again; null: nothing more happens by itself. */
  nextAt: time('next_at'),
  closedAt: time('closed_at'),
  closedBy: text('closed_by'),
});
