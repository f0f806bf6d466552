import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, real, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { ETA_STAGES } from '@/domain/eta-window';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const etaEstimates = pgTable('eta_estimates', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  orderId: uuid('order_id').notNull(),
  /** When it was shown. */
  at: time('at').notNull(),
  stage: text({ enum: ETA_STAGES }).notNull(),
  predictedAt: time('predicted_at').notNull(),
  arrivesFrom: time('arrives_from').notNull(),
  arrivesTo: time('arrives_to').notNull(),
  facts: jsonb().notNull(),
});

export const etaCalibrations = pgTable('eta_calibrations', {
  stage: text({ enum: ETA_STAGES }).primaryKey(),
  low: real().notNull(),
  high: real().notNull(),
  samples: integer().notNull(),
  computedAt: time('computed_at').notNull(),
});
