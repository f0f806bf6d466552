import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepared } from './prepared';
import * as schema from './schema';

export type Database = PostgresJsDatabase<typeof schema>;
/** Inside a transaction; every query takes either. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
export type Queryable = Database | Transaction;

export type Connection = {
  db: Database;
  sql: postgres.Sql;
  close(): Promise<void>;
};

/** What a session begins with, where it is ours: a pooler refuses what it can't restore. */
const SESSION = {
  // Ours are short statements: compiling one takes longer than running it (4 ms for a KNN of 0.2 ms).
  jit: 'off',
  // On today's disks an index is worth its jumps; at 4 a KNN over few rows reads and sorts all.
  random_page_cost: '1.1',
};

/**
 * A pool of `max` connections; a dead server is tried again every half second at the latest. `pooled`: the
 * server hands out transactions, not sessions, so that nothing may be kept between two of them.
 */
export function connect(
  url: string,
  { max = 10, pooled = false }: { max?: number; pooled?: boolean } = {},
): Connection {
  const sql = postgres(url, {
    max,
    prepare: !pooled,
    connect_timeout: 5,
    idle_timeout: 300,
    max_lifetime: 1_800,
    backoff: (tries: number) => Math.min(0.02 * 2 ** tries, 0.5),
    onnotice: () => undefined,
    connection: {
      ...{ application_name: 'hotfoot', TimeZone: 'UTC' },
      ...(pooled ? {} : SESSION),
    },
  });
  return {
    db: drizzle({ client: prepared(sql), schema }),
    sql,
    close: () => sql.end({ timeout: 2 }),
  };
}

/** The SQLSTATE of a database error, however deep it is wrapped, or null. */
export function sqlState(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof postgres.PostgresError) return at.code;
  }
  return null;
}
