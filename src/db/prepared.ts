import type { Sql, TransactionSql } from 'postgres';

type Start = <T>(work: (tx: TransactionSql) => Promise<T>) => Promise<T>;

const within =
  (start: Start): Start =>
  (work) =>
    start((tx) => work(prepared(tx)));

/**
 * The same client, having what drizzle sends prepared: a statement that its connection has seen takes one
 * round trip instead of two, and is neither read nor, as a rule, planned again. drizzle asks for the contrary
 * each time; the client's own `prepare: false`, for poolers, has the last word. What has no parameters the client
 * sends as plain text all the same.
 */
export function prepared<Client extends Sql | TransactionSql>(client: Client): Client {
  const unsafe: Client['unsafe'] = (query, parameters, options) =>
    client.unsafe(query, parameters, { ...options, prepare: true });
  return Object.assign(
    Object.create(client),
    { unsafe },
    'begin' in client
      ? { begin: within(client.begin as Start) }
      : { savepoint: within(client.savepoint as Start) },
  );
}
