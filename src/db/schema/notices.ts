import { sql } from 'drizzle-orm';
import {
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { NOTICE_STATES } from '@/domain/dead-letter';
import { NOTICE_CHANNELS, NOTICE_KINDS, type NoticeContent } from '@/domain/notices';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true });

export const noticeSettings = pgTable(
  'notice_settings',
  {
    userId: uuid('user_id').notNull(),
    kind: text({ enum: NOTICE_KINDS }).notNull(),
    channel: text({ enum: NOTICE_CHANNELS }).notNull(),
    enabled: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.channel] })],
);

export const pushSubscriptions = pgTable('push_subscriptions', {
  id: id(),
  userId: uuid('user_id').notNull(),
  endpoint: text().notNull(),
  p256dh: text().notNull(),
  auth: text().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});

export const notices = pgTable('notices', {
  id: id(),
  /** The line of the log that it tells. */
  eventId: text('event_id').notNull(),
  userId: uuid('user_id').notNull(),
  orderId: uuid('order_id').notNull(),
  channel: text({ enum: ['push', 'email', 'sms'] }).notNull(),
  kind: text({ enum: NOTICE_KINDS }).notNull(),
  content: jsonb().$type<NoticeContent>().notNull(),
  status: text({ enum: NOTICE_STATES }).notNull().default('waiting'),
  attempts: integer().notNull().default(0),
  nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
  lastError: text('last_error'),
  createdAt: time('created_at').notNull().defaultNow(),
  sentAt: time('sent_at'),
  diedAt: time('died_at'),
  redrivenAt: time('redriven_at'),
  /** Who redrove or discarded it last, as actors stand in the log. */
  handledBy: text('handled_by'),
  discardReason: text('discard_reason'),
});
