import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/**
 * Says that a request is under way, for so many seconds by the clock of the database; false: one under
 * this key is already, on whatever node.
 */
export async function beginRequest(
  db: Queryable,
  request: { key: string; holder: string; seconds: number },
): Promise<boolean> {
  const { key, holder, seconds } = request;
  const rows = await db.execute(sql`
    INSERT INTO requests_under_way AS r (key, holder, until)
    VALUES (${key}, ${holder}::uuid, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT (key) DO UPDATE SET holder = EXCLUDED.holder, until = EXCLUDED.until
      WHERE r.until < clock_timestamp()
    RETURNING r.key`);
  return rows.length === 1;
}

/** It is over; that of somebody else who came after its time stays. */
export async function endRequest(
  db: Queryable,
  { key, holder }: { key: string; holder: string },
): Promise<void> {
  await db.execute(
    sql`DELETE FROM requests_under_way WHERE key = ${key} AND holder = ${holder}::uuid`,
  );
}

/** Those whose process ended before they did. */
export async function dropEndedRequests(db: Queryable): Promise<void> {
  await db.execute(sql`DELETE FROM requests_under_way WHERE until < clock_timestamp()`);
}
