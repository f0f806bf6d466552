import { sql } from 'drizzle-orm';
import { date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true });

const ACCOUNT_MAILS = ['sign_up_known'] as const;

/** What somebody is to be told about their account by mail alone; one of a kind in a day. */
export const accountMails = pgTable('account_mails', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  userId: uuid('user_id').notNull(),
  kind: text({ enum: ACCOUNT_MAILS }).notNull(),
  day: date().notNull(),
  dueAt: time('due_at'),
  attempts: integer().notNull().default(0),
  error: text(),
  sentAt: time('sent_at'),
});
