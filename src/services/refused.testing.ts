import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';

/** What any change would leave behind. */
async function traces(db: Database) {
  const [row] = await db.execute<Record<string, string>>(sql`
    SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM orders) AS orders,
      (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM sessions) AS sessions,
      (SELECT count(*) FROM offers) AS offers, (SELECT count(*) FROM driver_positions) AS positions,
      (SELECT max(recorded_at)::text FROM driver_positions) AS latest_fix,
      (SELECT count(*) FROM idempotency_keys) AS keys`);
  return row;
}

/** The refusal of a call: typed, with the next thing to do, and nothing was changed. */
export async function refusalOf(db: Database, call: () => Promise<unknown>): Promise<Refusal> {
  const before = await traces(db);
  const refusal = await call().then(
    (answer) => {
      throw new Error(`expected a refusal, not ${JSON.stringify(answer)}`);
    },
    (error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    },
  );
  expect(await traces(db)).toEqual(before);
  expect(refusal.message).toMatch(/^[A-Z“].*[.!]$/);
  expect(refusal.hint).toMatch(/^[A-Z].*\.$/);
  return refusal;
}

/** The reason alone. */
export const reasonOf = async (db: Database, call: () => Promise<unknown>): Promise<string> =>
  (await refusalOf(db, call)).reason;
