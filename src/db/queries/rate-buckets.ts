import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { type Bucket, type BucketRule, fullBucket } from '@/domain/token-bucket';

/** Buckets that all nodes on one database share. Those that are not there are full. */

/** What a bucket holds by now, as `takeToken` counts it. */
const refilled = ({ burst, perSecond }: BucketRule, nowMs: number) =>
  sql`least(${burst}::float8, b.tokens
    + greatest(0, ${nowMs}::float8 - b.at) / 1000 * ${perSecond}::float8)`;

/** Takes `count` out of a bucket in one statement; the bucket then, or null when it holds less. */
export async function takeFromBucket(
  db: Queryable,
  key: string,
  rule: BucketRule,
  nowMs: number,
  count = 1,
): Promise<Bucket | null> {
  const [row] = await db.execute<Bucket>(sql`
    INSERT INTO rate_buckets AS b (key, tokens, at)
    SELECT ${key}, ${rule.burst}::float8 - ${count}::float8, ${nowMs}::float8
    WHERE ${rule.burst}::float8 >= ${count}::float8
    ON CONFLICT (key) DO UPDATE
      SET tokens = ${refilled(rule, nowMs)} - ${count}::float8,
        at = greatest(b.at, EXCLUDED.at)
      WHERE ${refilled(rule, nowMs)} >= ${count}::float8
    RETURNING b.tokens, b.at`);
  return row ? { tokens: row.tokens, at: row.at } : null;
}

/** How a bucket stands; nothing is taken. */
export async function readBucket(
  db: Queryable,
  key: string,
  rule: BucketRule,
  nowMs: number,
): Promise<Bucket> {
  const [row] = await db.execute<Bucket>(
    sql`SELECT tokens, at FROM rate_buckets WHERE key = ${key}`,
  );
  return row ? { tokens: row.tokens, at: row.at } : fullBucket(rule, nowMs);
}

/** Of those that nobody has used since `beforeMs`, all are full again. */
export async function dropBucketsBefore(db: Queryable, beforeMs: number): Promise<void> {
  await db.execute(sql`DELETE FROM rate_buckets WHERE at < ${beforeMs}::float8`);
}
