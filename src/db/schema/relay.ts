import { sql } from 'drizzle-orm';
import { bigint, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { NOTICE_STATES } from '@/domain/dead-letter';
import { DESTINATION_KINDS } from '@/domain/relay/destination';
import { xid8 } from './events';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true });

export const relayDestinations = pgTable('relay_destinations', {
  id: id(),
  kind: text({ enum: DESTINATION_KINDS }).notNull(),
  name: text().notNull(),
  /** Webhooks alone, as are the secrets. */
  url: text(),
  secret: text(),
  previousSecret: text('previous_secret'),
  previousSecretUntil: time('previous_secret_until'),
  eventTypes: text('event_types').array().notNull().default(sql`'{*}'`),
  restaurantId: uuid('restaurant_id'),
  zoneId: uuid('zone_id'),
  disabledAt: time('disabled_at'),
  /** Kept by a trigger. */
  version: integer().notNull().default(1),
  createdAt: time('created_at').notNull().defaultNow(),
  xid: xid8().notNull().default(sql`pg_snapshot_xmin(pg_current_snapshot())`),
  position: bigint({ mode: 'number' }).notNull().default(0),
  leaseHolder: uuid('lease_holder'),
  leaseUntil: time('lease_until'),
  attempts: integer().notNull().default(0),
  nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
  lastError: text('last_error'),
  failingSince: time('failing_since'),
  deliveredAt: time('delivered_at'),
  /** Events that retention took from the log before they were read for it. */
  missed: bigint({ mode: 'number' }).notNull().default(0),
});

export const relayLetters = pgTable('relay_letters', {
  id: id(),
  destinationId: uuid('destination_id').notNull(),
  eventId: text('event_id').notNull(),
  position: bigint({ mode: 'number' }).notNull(),
  eventType: text('event_type').notNull(),
  status: text({ enum: NOTICE_STATES }).notNull().default('dead'),
  attempts: integer().notNull(),
  lastError: text('last_error').notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  diedAt: time('died_at').notNull().defaultNow(),
  nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
  handledBy: text('handled_by'),
  discardReason: text('discard_reason'),
});

/** The delivery log of webhooks. */
export const relayTries = pgTable('relay_tries', {
  id: id(),
  destinationId: uuid('destination_id').notNull(),
  eventId: text('event_id').notNull(),
  eventType: text('event_type').notNull(),
  at: time('at').notNull(),
  milliseconds: integer().notNull(),
  outcome: text({ enum: ['delivered', 'failed', 'refused'] }).notNull(),
  httpStatus: integer('http_status'),
  /** The first characters of what came back. */
  answer: text(),
  error: text(),
});
