import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { CHANGE_AREAS } from '@/domain/changes';
import { SETTING_SECTIONS } from '@/domain/settings';

/** Who changed what of people, zones, codes and settings; written by triggers alone. */
export const changes = pgTable('changes', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  area: text({ enum: CHANGE_AREAS }).notNull(),
  subjectId: uuid('subject_id'),
  type: text().notNull(),
  data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  actor: text().notNull(),
  at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});

/** What holds for the whole platform; read through `domain/settings`. */
export const settings = pgTable('settings', {
  section: text({ enum: SETTING_SECTIONS }).primaryKey(),
  document: jsonb().notNull().default({}),
  /** Counts the changes; kept by a trigger. */
  version: integer().notNull().default(1),
});
