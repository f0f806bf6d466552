import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, inject } from 'vitest';
import { inheritedEnvironment } from '@/config/process-env';
import { type Connection, connect } from '@/db/client';
import { ensured } from '@/domain/errors';
import { copyDatabase, databaseUrl, dropDatabase } from './databases';

export type TestDatabase = {
  /** Set before the first test of the file. */
  readonly connection: Connection;
  readonly url: string;
  readonly real: boolean;
};

/** Everything but what migrations wrote. */
const TABLES =
  'zones, users, sessions, saved_addresses, known_addresses, search_words, restaurants, drivers, driver_positions, orders, order_lines, deliveries, offers, dispatch_attempts, idempotency_keys, streams, events, sleeping_tails, payments, payment_webhooks, promo_codes, promo_uses, kitchen_windows, sandbox_cards, sandbox_charges, sandbox_webhooks, changes, relay_destinations, pictures, rate_buckets, requests_under_way';

/** The server of this worker. */
export function ownServer() {
  const servers = inject('databaseServers');
  const worker = Number(inheritedEnvironment().VITEST_POOL_ID ?? 1);
  return ensured(servers[(worker - 1) % servers.length], 'a server for each worker');
}

/**
 * A database for one test file: a copy of the migrated template on a real server; on the embedded one,
 * which has a single database, the same one emptied.
 */
export function testDatabase({ poolSize = 20 } = {}): TestDatabase {
  const server = ownServer();
  const real = server.kind === 'real';
  const name = `hotfoot_test_${randomUUID().slice(0, 8)}`;
  const url = real ? databaseUrl(server.url, name) : server.url;
  let connection: Connection | null = null;

  beforeAll(async () => {
    if (real) await copyDatabase(server.url, name, server.template);
    connection = connect(url, { max: poolSize });
    if (!real) await connection.db.execute(sql.raw(`TRUNCATE ${TABLES} CASCADE`));
  });
  afterAll(async () => {
    await connection?.close();
    if (real) await dropDatabase(server.url, name);
  });

  return {
    get connection() {
      return ensured(connection, 'a connection once the file’s first hook has run');
    },
    url,
    real,
  };
}
