import { sql } from 'drizzle-orm';
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { ROLES } from '@/domain/roles';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const invitations = pgTable('invitations', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  /** Lower case. */
  email: text().notNull(),
  role: text({ enum: ROLES }).notNull(),
  zoneId: uuid('zone_id'),
  /** In which language the mail is written, ISO 639-1. */
  locale: text().notNull().default('en'),
  invitedBy: uuid('invited_by').notNull(),
  /** SHA-256 of the token, hex; null until the mail goes out. */
  tokenHash: text('token_hash'),
  createdAt: time('created_at').notNull().defaultNow(),
  expiresAt: time('expires_at').notNull(),
  mailDueAt: time('mail_due_at'),
  mailAttempts: integer('mail_attempts').notNull().default(0),
  mailError: text('mail_error'),
  mailedAt: time('mailed_at'),
  withdrawnAt: time('withdrawn_at'),
  acceptedAt: time('accepted_at'),
  userId: uuid('user_id'),
});
