import type postgres from 'postgres';
import { inQuerySpan } from '@/telemetry/query-span';
import type { Operation, PoolGuard } from './pool-guard';
import { lossOf } from './unavailable';

type Values = postgres.ParameterOrJSON<never>[];
type Asked = Pick<postgres.TransactionSql, 'unsafe'>;
/** What drizzle asks of an answer: rows as objects, or after `values()` as arrays. */
type Answer = Promise<unknown> & { values(): Promise<unknown> };

/** A query is sent in the turn after it was asked for, so that it can still be told its shape. */
function answerOf(run: (asArrays: boolean) => Promise<unknown>): Answer {
  let asArrays = false;
  const answer = Promise.resolve().then(() => run(asArrays));
  return Object.assign(answer, {
    values() {
      asArrays = true;
      return answer;
    },
  });
}

const READS = /^\s*select\b/i;

const send = (
  sql: Asked,
  text: string,
  parameters: Values,
  options: postgres.UnsafeQueryOptions | undefined,
  asArrays: boolean,
): Promise<unknown> => {
  return inQuerySpan(text, () => {
    const query = sql.unsafe(text, parameters, options);
    return asArrays ? query.values() : query;
  });
};

/**
 * Does the work of a transaction or savepoint. postgres.js ends those by a statement, which it would write to
 * a socket that is not there any more, and the process would die of it; where the connection is gone, or
 * nobody waits, it is told nothing: the server ends what it has lost sight of.
 */
async function endingWith<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  const isGone = () => operation.over || operation.hit === 'cut';
  let failed: unknown = null;
  try {
    const answer = await work();
    if (!isGone()) return answer;
  } catch (error) {
    failed = error;
    if (!isGone()) throw error;
  }
  operation.fail(operation.lost(failed ?? undefined));
  return new Promise<never>(() => undefined);
}

/**
 * A transaction that ends with its operation: postgres.js would run what comes later on a connection that
 * is somebody else's by then, outside of any transaction.
 */
function guardTransaction(sql: postgres.TransactionSql, operation: Operation) {
  return {
    unsafe: (text: string, parameters: Values = [], options?: postgres.UnsafeQueryOptions) =>
      answerOf(async (asArrays) => {
        if (operation.over) throw operation.lost();
        try {
          return await send(sql, text, parameters, options, asArrays);
        } catch (error) {
          operation.hit ??= lossOf(error);
          throw error;
        }
      }),
    savepoint: (work: (inner: unknown) => Promise<unknown>) =>
      sql.savepoint((inner) =>
        endingWith(operation, () => work(guardTransaction(inner, operation))),
      ),
  };
}

/** What drizzle uses of a client of postgres.js, over whichever pool is in use. */
export function guardedClient(guard: PoolGuard): postgres.Sql {
  const client = {
    options: { parsers: {}, serializers: {} },
    unsafe: (text: string, parameters: Values = [], options?: postgres.UnsafeQueryOptions) =>
      answerOf((asArrays) =>
        guard.run((sql, operation) => {
          if (READS.test(text)) operation.stage = 'reading';
          return send(sql, text, parameters, options, asArrays);
        }),
      ),
    begin: (work: (transaction: unknown) => Promise<unknown>) =>
      guard.run((sql, operation) => {
        operation.stage = 'opening';
        return sql.begin(async (transaction) => {
          operation.stage = 'running';
          const answer = await endingWith(operation, () =>
            work(guardTransaction(transaction, operation)),
          );
          operation.commits();
          return answer;
        });
      }),
  };
  // Drizzle uses nothing else of it.
  return client as unknown as postgres.Sql;
}
