import { sql } from 'drizzle-orm';
import {
  boolean,
  customType,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Allergen } from '@/domain/menu';
import type { Holidays, WeeklyHours } from '@/domain/opening-hours';
import type { PictureType } from '@/domain/picture';
import { PLACE_KINDS } from '@/domain/restaurant';
import { geographyPoint } from './geography';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);

const multirange = customType<{ data: string }>({ dataType: () => 'int4multirange' });

/** Money in minor units of `currency`, distances in metres. */
export const restaurants = pgTable('restaurants', {
  id: id(),
  zoneId: uuid('zone_id').notNull(),
  slug: text().notNull(),
  name: text().notNull(),
  cuisine: text().notNull(),
  description: text().notNull().default(''),
  address: text().notNull(),
  /** E.164; told to the driver who is on the way there. */
  phone: text(),
  location: geographyPoint().notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text().notNull(),
  hours: jsonb().$type<WeeklyHours>().notNull(),
  holidays: jsonb().$type<Holidays>().notNull().default({}),
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
  kind: text({ enum: PLACE_KINDS }).notNull().default('restaurant'),
  /** A polygon in place of the radius; read and written as text by the queries that need it. */
  deliveryArea: text('delivery_area'),
  pickupOffered: boolean('pickup_offered').notNull().default(true),
  slotMinutes: integer('slot_minutes').notNull().default(15),
  /** Orders per window; 0 is no limit. */
  slotCapacity: integer('slot_capacity').notNull().default(0),
  /** Basis points. */
  taxBp: integer('tax_bp').notNull().default(0),
  photoId: uuid('photo_id'),
  /** Counted by the database when what is edited changes, with the actor's name in the log. */
  version: integer().notNull().default(1),
  changedBy: text('changed_by'),
  /** Not on offer any more since then; its orders keep it. */
  archivedAt: timestamp('archived_at', { withTimezone: true }),
  /** The hours as minutes of the week; written by the database. */
  openMinutes: multirange('open_minutes').notNull().generatedAlwaysAs(sql`open_minutes(hours)`),
});

/** Addresses that restaurants had: they lead to where they are now. */
export const formerSlugs = pgTable('former_slugs', {
  slug: text().primaryKey(),
  restaurantId: uuid('restaurant_id').notNull(),
});

export const menuSections = pgTable('menu_sections', {
  id: id(),
  restaurantId: uuid('restaurant_id').notNull(),
  name: text().notNull(),
  position: integer().notNull(),
  archivedAt: timestamp('archived_at', { withTimezone: true }),
  version: integer().notNull().default(1),
  changedBy: text('changed_by'),
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
  allergens: text().array().$type<Allergen[]>().notNull().default([]),
  /** Null: not counted. At 0 the item is sold out by itself. */
  stock: integer(),
  /** How much one is, "500 g"; empty where it goes without saying. */
  unit: text().notNull().default(''),
  /** Off the menu for good. */
  archivedAt: timestamp('archived_at', { withTimezone: true }),
  photoId: uuid('photo_id'),
  version: integer().notNull().default(1),
  changedBy: text('changed_by'),
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

/** Pictures of restaurants and dishes; their bytes lie in a store of their own. */
export const photos = pgTable('photos', {
  id: uuid().primaryKey(),
  restaurantId: uuid('restaurant_id').notNull(),
  mediaType: text('media_type').$type<PictureType>().notNull(),
  width: integer().notNull(),
  height: integer().notNull(),
  bytes: integer().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
