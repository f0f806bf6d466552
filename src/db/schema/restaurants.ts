import { sql } from 'drizzle-orm';
import {
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { WeeklyHours } from '@/domain/opening-hours';
import { geographyPoint } from './geography';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);

/** Money in minor units of `currency`, distances in metres. */
export const restaurants = pgTable('restaurants', {
  id: id(),
  zoneId: uuid('zone_id').notNull(),
  slug: text().notNull(),
  name: text().notNull(),
  cuisine: text().notNull(),
  description: text().notNull().default(''),
  address: text().notNull(),
  location: geographyPoint().notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text().notNull(),
  hours: jsonb().$type<WeeklyHours>().notNull(),
  pausedUntil: timestamp('paused_until', { withTimezone: true }),
  deliveryRadiusM: integer('delivery_radius_m').notNull(),
  minimumOrder: integer('minimum_order').notNull().default(0),
  deliveryFeeBase: integer('delivery_fee_base').notNull(),
  deliveryFeePerKm: integer('delivery_fee_per_km').notNull(),
  prepMinutes: integer('prep_minutes').notNull(),
  autoAccept: boolean('auto_accept').notNull().default(false),
  rating: numeric({ precision: 2, scale: 1 }),
  ratingCount: integer('rating_count').notNull().default(0),
  ratingSum: integer('rating_sum').notNull().default(0),
});

export const menuSections = pgTable('menu_sections', {
  id: id(),
  restaurantId: uuid('restaurant_id').notNull(),
  name: text().notNull(),
  position: integer().notNull(),
});

export const menuItems = pgTable('menu_items', {
  id: id(),
  restaurantId: uuid('restaurant_id').notNull(),
  sectionId: uuid('section_id').notNull(),
  name: text().notNull(),
  description: text().notNull().default(''),
  price: integer().notNull(),
  soldOut: boolean('sold_out').notNull().default(false),
  position: integer().notNull(),
});

export const menuOptionGroups = pgTable('menu_option_groups', {
  id: id(),
  itemId: uuid('item_id').notNull(),
  name: text().notNull(),
  min: integer().notNull().default(0),
  max: integer().notNull().default(1),
  position: integer().notNull(),
});

export const menuOptions = pgTable('menu_options', {
  id: id(),
  groupId: uuid('group_id').notNull(),
  name: text().notNull(),
  price: integer().notNull().default(0),
  soldOut: boolean('sold_out').notNull().default(false),
  position: integer().notNull(),
});
