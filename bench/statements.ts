import type postgres from 'postgres';

/** How a server of PostgreSQL is started that counts its statements. */
export const COUNTING = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track_planning=on',
];

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** From here on it counts anew; what counts costs a little itself. */
export async function countStatements(sql: postgres.Sql): Promise<void> {
  await sql`CREATE EXTENSION IF NOT EXISTS pg_stat_statements`;
  await sql`SELECT pg_stat_statements_reset()`;
}

/** Prints what statements this database ran, those that took longest first; `orders`: how many were placed. */
export async function tellStatements(sql: postgres.Sql, orders: number): Promise<void> {
  const rows = await sql<
    { calls: number; plans: number; planMs: number; ms: number; query: string }[]
  >`
    SELECT calls::int, plans::int, total_plan_time AS "planMs", (total_exec_time + total_plan_time) AS ms, query
    FROM pg_stat_statements s
    JOIN pg_database d ON d.oid = s.dbid AND d.datname = current_database() ORDER BY ms DESC LIMIT 50`;
  console.table(
    rows.map(({ calls, plans, planMs, ms, query }) => ({
      'calls an order': rounded(calls / orders, 2),
      'ms an order': rounded(ms / orders, 3),
      'of that planning': rounded(planMs / orders, 3),
      'plans an order': rounded(plans / orders, 2),
      'ms a call': rounded(ms / calls, 3),
      query: query.replace(/\s+/g, ' ').slice(0, 160),
    })),
  );
}
