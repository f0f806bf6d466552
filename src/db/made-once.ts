import { type Placeholder, sql } from 'drizzle-orm';
import type { PgPreparedQuery, PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsSession } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Database, Queryable } from './client';

type Config<Answer> = Omit<PreparedQueryConfig, 'execute'> & { execute: Answer };
type Statement<Answer> = { prepare(name: string): PgPreparedQuery<Config<Answer>> };
type Session = PostgresJsSession<postgres.Sql, Record<string, never>, Record<string, never>>;

/** Belongs to no connection: statements are only written with it. */
const paper: Database = drizzle.mock();

/**
 * A statement of the builder for the paths where writing it takes as long as running it: written at its first use,
 * with `sql.placeholder` where values go, and then run on whichever connection or transaction is given. Conditions
 * take values as the driver does, moments as text; what is set goes through its column's encoder. (The
 * builder's own prepared statements belong to one session, and a transaction has a new one each time.)
 */
export function madeOnce<Values extends Record<string, unknown>, Answer>(
  make: (paper: Database) => Statement<Answer>,
): (db: Queryable, values: Values) => Promise<Answer> {
  let made: PgPreparedQuery<Config<Answer>> | undefined;
  return (db, values) => {
    made ??= make(paper).prepare('');
    // Ours come from `connect`, whose sessions are those of postgres.js.
    const { client } = db._.session as unknown as Session;
    return Object.assign(Object.create(made), { client }).execute(values);
  };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * As `madeOnce`, for updates that set now these fields, now those: one statement for each kind and each set of
 * fields. What is emptied stands in the statement, since an encoder of values takes none that is null.
 */
export function madeForEach<Kind extends string, Change extends Fields, Answer>(
  make: (paper: Database, kind: Kind, change: Change) => Statement<Answer>,
): (db: Queryable, kind: Kind, change: Change, values: Fields) => Promise<Answer> {
  const made = new Map<string, (db: Queryable, values: Fields) => Promise<Answer>>();
  return (db, kind, change, values) => {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const shape = given.map(([field, value]) => (value === null ? `${field} empty` : field));
    const key = [kind, ...shape].join();
    let one = made.get(key);
    if (!one) {
      const placed = given.map(([field, value]): [string, Placeholder | null] => [
        field,
        value === null ? null : sql.placeholder(field),
      ]);
      // The builder takes placeholders wherever it takes values.
      one = madeOnce((paper) => make(paper, kind, Object.fromEntries(placed) as Fields as Change));
      made.set(key, one);
    }
    return one(db, { ...change, ...values });
  };
}
