import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Forgets what was said before `before` about orders that are over; how many messages. */
export async function forgetMessages(db: Queryable, before: Date): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`SELECT forget_messages(${before.toISOString()}::timestamptz) AS count`,
  );
  return row?.count ?? 0;
}

/** Forgets notices from before `before` that nobody waits for, at most so many; how many. */
export async function forgetNotices(db: Queryable, before: Date, most: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`SELECT forget_notices(${before.toISOString()}::timestamptz, ${most}::integer) AS count`,
  );
  return row?.count ?? 0;
}

/** Drops lines of the log from before `before`, at most so many; how many. */
export async function forgetEvents(db: Queryable, before: Date, most: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`SELECT forget_events(${before.toISOString()}::timestamptz, ${most}::integer) AS count`,
  );
  return row?.count ?? 0;
}
