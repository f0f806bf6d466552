import {
  bigint,
  customType,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { type LogEvent, STREAM_KINDS } from '@/domain/events';

/** Compared in the database only, as xid8; a decimal string here. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** The event log. Written by triggers alone. */
export const events = pgTable('events', {
  position: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  xid: xid8().notNull(),
  stream: text({ enum: STREAM_KINDS }).notNull(),
  streamId: uuid('stream_id').notNull(),
  version: integer().notNull(),
  type: text().notNull(),
  data: jsonb().$type<LogEvent['data']>().notNull(),
  actor: text().notNull(),
  /** `api`: through a program; null: through our pages, or by no person. */
  via: text({ enum: ['api'] }),
  at: timestamp({ withTimezone: true }).notNull(),
  customerId: uuid('customer_id'),
  driverId: uuid('driver_id'),
  restaurantId: uuid('restaurant_id'),
});
