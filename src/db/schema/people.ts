import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { VEHICLES } from '@/domain/driver';
import { ROLES } from '@/domain/roles';
import type { WeeklyHours } from '@/domain/weekly-hours';
import { xid8 } from './events';
import { geographyPoint } from './geography';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);

export const installation = pgTable('installation', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  epoch: text().notNull(),
  demo: boolean().notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  vapidKey: jsonb('vapid_key').$type<JsonWebKey>(),
  /** The furthest line that retention took from the log. */
  forgottenXid: xid8('forgotten_xid').notNull().default('0'),
  forgottenPosition: bigint('forgotten_position', { mode: 'number' }).notNull().default(0),
});

export const zones = pgTable('zones', {
  id: id(),
  slug: text().notNull(),
  name: text().notNull(),
  /** A polygon; read and written as text by the queries that need it. */
  area: text().notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text().notNull(),
  dispatchPolicy: jsonb('dispatch_policy').notNull().default({}),
  /** Counts the changes of the policy; kept by a trigger. */
  policyVersion: integer('policy_version').notNull().default(1),
  /** For doors in this zone, minor units. */
  deliverySurcharge: integer('delivery_surcharge').notNull().default(0),
  taxIncluded: boolean('tax_included').notNull().default(true),
  /** When doors in it are served, on its own wall clock; null: always. */
  hours: jsonb().$type<WeeklyHours>(),
  retiredAt: timestamp('retired_at', { withTimezone: true }),
  /** Counts the changes of all but the policy; kept by a trigger. */
  version: integer().notNull().default(1),
});

export const users = pgTable('users', {
  id: id(),
  /** Lower case. */
  email: text().notNull(),
  name: text().notNull(),
  /** argon2id, PHC string. */
  passwordHash: text('password_hash').notNull(),
  role: text({ enum: ROLES }).notNull(),
  /** In which language they are written to, ISO 639-1. */
  locale: text().notNull().default('en'),
  demo: boolean().notNull().default(false),
  blockedAt: timestamp('blocked_at', { withTimezone: true }),
  blockReason: text('block_reason'),
  /** Since then the account is nobody's, see `erase_customer`. */
  erasedAt: timestamp('erased_at', { withTimezone: true }),
  /** E.164; told to who carries an order, while they carry it. */
  phone: text(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  /** Counts blocks and changes of role; kept by a trigger. */
  version: integer().notNull().default(1),
});

export const sessions = pgTable('sessions', {
  id: id(),
  userId: uuid('user_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
  /** Within a few minutes. */
  seenAt: timestamp('seen_at', { withTimezone: true }),
  userAgent: text('user_agent'),
  /** Shortened, see `shortAddress`. */
  address: text(),
});

export const drivers = pgTable('drivers', {
  userId: uuid('user_id').primaryKey(),
  zoneId: uuid('zone_id').notNull(),
  vehicle: text({ enum: VEHICLES }).notNull(),
  /** Deliveries carried at once. */
  capacity: integer().notNull().default(1),
  online: boolean().notNull().default(false),
  onlineSince: timestamp('online_since', { withTimezone: true }),
  breakSince: timestamp('break_since', { withTimezone: true }),
  shiftEndsAt: timestamp('shift_ends_at', { withTimezone: true }),
  shiftOver: boolean('shift_over').notNull().default(false),
  ratingSum: integer('rating_sum').notNull().default(0),
  ratingCount: integer('rating_count').notNull().default(0),
});

export const driverPositions = pgTable('driver_positions', {
  driverId: uuid('driver_id').primaryKey(),
  location: geographyPoint().notNull(),
  headingDeg: real('heading_deg'),
  speedMps: real('speed_mps'),
  accuracyM: real('accuracy_m'),
  recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  /** Online, with room, not being asked: kept by triggers. */
  available: boolean().notNull().default(false),
  /** Online: kept by triggers. */
  onDuty: boolean('on_duty').notNull().default(false),
});

/** Where drivers were, sampled; a table for each day, see `keep_breadcrumbs`. */
export const breadcrumbs = pgTable('breadcrumbs', {
  driverId: uuid('driver_id').notNull(),
  recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
  location: geographyPoint().notNull(),
});

export const idempotencyKeys = pgTable('idempotency_keys', {
  userId: uuid('user_id').notNull(),
  key: uuid().notNull(),
  operation: text().notNull(),
  requestHash: text('request_hash').notNull(),
  response: jsonb(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
