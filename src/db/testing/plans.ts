import { drizzle } from 'drizzle-orm/postgres-js';
import { expect } from 'vitest';
import type { Connection, Database } from '@/db/client';

/** The plans of every statement that `run` sends, made for the very text and parameters. */
export async function plansOn(
  client: Connection['sql'],
  run: (observed: Database) => Promise<unknown>,
): Promise<string> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logQuery = (query: string, params: unknown[]) => sent.push({ query, params });
  await run(drizzle(client, { logger: { logQuery } }));
  expect(sent.length).toBeGreaterThan(0);
  const plans = [];
  for (const { query, params } of sent) {
    // What was sent once as parameters may be sent again.
    const rows = await client.unsafe<{ 'QUERY PLAN': string }[]>(
      `EXPLAIN (COSTS OFF) ${query}`,
      params as Parameters<typeof client.unsafe>[1],
    );
    plans.push(...rows.map((row) => row['QUERY PLAN']));
  }
  return plans.join('\n');
}
