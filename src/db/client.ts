import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { guardedClient } from './guarded-client';
import { type Dial, openPool } from './pool';
import { PoolGuard } from './pool-guard';
import { prepared } from './prepared';

export type Database = PostgresJsDatabase;
/** Inside a transaction; every query takes either. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
export type Queryable = Database | Transaction;

export type Connection = {
  db: Database;
  /** The pool that is in use now: for commands and tests; what serves people asks `db`. */
  readonly sql: postgres.Sql;
  /** Listens on a channel, on whichever pool is in use; returns what ends it. */
  listen(channel: string, told: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** What a session begins with, where it is ours: a pooler refuses what it can't restore. */
const SESSION = {
  // Ours are short statements: compiling one takes longer than running it (4 ms for a KNN of 0.2 ms).
  jit: 'off',
  // On today's disks an index is worth its jumps; at 4 a KNN over few rows reads and sorts all.
  random_page_cost: '1.1',
};

/** A statement that is too late is ended by a server that lives, before we give up on its connection. */
const SERVER_FIRST_MS = 250;
/** What a session whose client is gone has locked is free after so long. */
const IDLE_IN_TRANSACTION_MS = 5_000;
const PATIENT_CONNECT_S = 5;

const limits = (deadlineMs: number) => ({
  statement_timeout: `${deadlineMs - SERVER_FIRST_MS}`,
  idle_in_transaction_session_timeout: `${Math.max(IDLE_IN_TRANSACTION_MS, deadlineMs)}`,
});

export type ConnectOptions = {
  max?: number;
  /** With a deadline: so many connections more for what only waits for its commit. */
  committing?: number;
  /** The server hands out transactions, not sessions, so that nothing may be kept between two of them. */
  pooled?: boolean;
  /**
   * So long a query or transaction may be without an answer, milliseconds; then it fails, and the pool is
   * swapped for one that answers: see PoolGuard. Left out: for ever, as commands that people watch may.
   */
  deadlineMs?: number | undefined;
  /** Told when the database is found to be away, and when it is back. */
  onChange?: (up: boolean) => void;
  /** Opens sockets that can be closed at once when their pool is left, see `dialTcp`. */
  dial?: Dial;
};

/** A pool of `max` connections. */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const { max = 10, pooled = false, deadlineMs } = options;
  return deadlineMs === undefined
    ? plain(url, max, pooled)
    : guarded(url, { ...options, max, pooled, deadlineMs });
}

function plain(url: string, max: number, pooled: boolean): Connection {
  const { sql } = openPool(url, {
    ...{ max, pooled, session: SESSION, connectSeconds: PATIENT_CONNECT_S },
  });
  return {
    db: queriesOn(prepared(sql)),
    sql,
    async listen(channel, told) {
      const { unlisten } = await sql.listen(channel, told);
      return async () => void (await unlisten());
    },
    close: () => sql.end({ timeout: 2 }),
  };
}

function guarded(
  url: string,
  options: ConnectOptions & { max: number; pooled: boolean; deadlineMs: number },
): Connection {
  const { max, committing = 0, pooled, deadlineMs, onChange, dial } = options;
  const makePool = () => {
    const pool = openPool(url, {
      ...{ max: max + committing, pooled, dial, session: { ...SESSION, ...limits(deadlineMs) } },
      connectSeconds: deadlineMs / 1_000,
    });
    // Makes its parsers those that drizzle expects.
    drizzle(pool.sql);
    return pool;
  };
  const guard = new PoolGuard({ makePool, max, committing, deadlineMs, onChange });
  return {
    db: queriesOn(prepared(guardedClient(guard))),
    get sql() {
      return guard.sql;
    },
    async listen(channel, told) {
      let listening = guard.sql.listen(channel, told);
      const stop = guard.onPool((sql) => {
        listening = sql.listen(channel, told);
        // It is tried again with each connection that is lost.
        listening.catch(() => undefined);
        told();
      });
      await listening.catch(() => undefined);
      return async () => {
        stop();
        // Nobody waits for a connection that may be dead.
        void listening.then(({ unlisten }) => unlisten()).catch(() => undefined);
      };
    },
    close: () => guard.close(),
  };
}

/** The SQLSTATE of a database error, however deep it is wrapped, or null. */
export const sqlState = (error: unknown): string | null => toPostgresError(error)?.code ?? null;

function toPostgresError(error: unknown): postgres.PostgresError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof postgres.PostgresError) return at;
  }
  return null;
}

/**
 * Of statements that were sent together in a transaction the first that fails says why, and those behind it fail
 * in its wake (25P02). postgres.js tells the first instead, where it sees its own error, not the builder's around it.
 */
function queriesOn(client: postgres.Sql): Database {
  const db = drizzle({ client });
  const begin = db.transaction.bind(db);
  db.transaction = (work, config) =>
    begin(async (tx) => {
      try {
        return await work(tx);
      } catch (error) {
        const told = toPostgresError(error);
        throw told?.code === '25P02' ? told : error;
      }
    }, config);
  return db;
}
