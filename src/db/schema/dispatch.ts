import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { StallMemory } from '@/domain/stall';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Which dispatcher serves a zone, until when by the clock of the database, and when it planned last. */
export const zoneLeases = pgTable('zone_leases', {
  zoneId: uuid('zone_id').primaryKey(),
  holder: uuid().notNull(),
  until: time('until').notNull(),
  plannedAt: time('planned_at'),
});

/** Who changed which zone's policy to what; written by a trigger. */
export const dispatchPolicyChanges = pgTable(
  'dispatch_policy_changes',
  {
    zoneId: uuid('zone_id').notNull(),
    version: integer().notNull(),
    policy: jsonb().notNull(),
    actor: text().notNull(),
    at: time('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.zoneId, table.version] })],
);

/** What the stall watch remembers of a delivery's leg between two looks. */
export const deliveryWatches = pgTable('delivery_watches', {
  deliveryId: uuid('delivery_id').primaryKey(),
  memory: jsonb().$type<StallMemory>().notNull(),
});
