import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Scope } from '@/domain/scopes';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Keys for machines: each acts in the name of a person, as far as its scopes go. */
export const apiKeys = pgTable('api_keys', {
  id: uuid().primaryKey().default(sql`uuid_v7()`),
  name: text().notNull(),
  userId: uuid('user_id').notNull(),
  scopes: text().array().$type<Scope[]>().notNull(),
  /** SHA-256, hex. */
  secretHash: text('secret_hash').notNull(),
  /** The last four characters of the secret. */
  hint: text().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  /** Within a minute. */
  lastUsedAt: time('last_used_at'),
  revokedAt: time('revoked_at'),
});

/** Each is good for one refresh of its session. */
export const refreshTokens = pgTable('refresh_tokens', {
  /** SHA-256, hex. */
  secretHash: text('secret_hash').primaryKey(),
  sessionId: uuid('session_id').notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  usedAt: time('used_at'),
});
