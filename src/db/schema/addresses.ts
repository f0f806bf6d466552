import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { geographyPoint } from './geography';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();

export const savedAddresses = pgTable('saved_addresses', {
  id: id(),
  userId: uuid('user_id').notNull(),
  label: text().notNull(),
  address: text().notNull(),
  note: text().notNull().default(''),
  location: geographyPoint().notNull(),
  usedAt: time('used_at'),
  createdAt: time('created_at'),
});

/** Doors that the built-in geocoder knows. */
export const knownAddresses = pgTable('known_addresses', {
  id: id(),
  street: text().notNull(),
  number: text().notNull(),
  district: text().notNull().default(''),
  location: geographyPoint().notNull(),
  /** Written by the database: all of it, folded. */
  search: text().notNull().generatedAlwaysAs(sql`fold(street || ' ' || number || ' ' || district)`),
});
