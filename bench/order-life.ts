import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { pendingOffers } from '@/db/queries/orders';
import { startPostgres } from '@/db/testing/real-postgres';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { acceptOffer } from '@/services/answer-offer';
import { walk } from '@/services/journey.testing';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf, key, placeTestOrder } from '@/services/testing';

/**
 * What one order leaves behind: from placing through an offer that is accepted at once to the door, one after
 * another, without estimates of arrival, notices or messages. Run: npm run bench:order-life
 */
const { values } = parseArgs({ options: { orders: { type: 'string', default: '200' } } });
const ORDERS = Number(values.orders);

const postgres = await startPostgres({ durable: true });
await migrate(postgres.url);
const { db, sql, close } = connect(postgres.url, { max: 2 });
const town = await makeTown(db, { autoAccept: true, prepMinutes: 0 });
const driver = await makeDriver(db, town);

async function live(): Promise<void> {
  const orderId = await placeTestOrder(db, town);
  await runDispatchRound(contextOf(db, 'dispatch'));
  const [offer] = await pendingOffers(db, driver.userId);
  const { id: offerId } = ensured(offer, 'an offer');
  await acceptOffer(contextOf(db, driver), { ...key(), offerId });
  await walk(db, driver, orderId, 'deliver');
}

async function counts() {
  const [row] = await sql<{ events: number; writes: string; wal: string; size: string }[]>`
    SELECT (SELECT count(*)::int FROM events) AS events,
      pg_current_xact_id()::text AS writes,
      (pg_current_wal_lsn() - '0/0')::text AS wal,
      pg_database_size(current_database())::text AS size`;
  return ensured(row, 'counts');
}

for (let n = 0; n < 20; n += 1) await live();
await sql`CHECKPOINT`;
const before = await counts();
const startedAt = performance.now();
for (let n = 0; n < ORDERS; n += 1) await live();
const ms = performance.now() - startedAt;
const after = await counts();
const each = (what: 'writes' | 'wal' | 'size') =>
  (Number(after[what]) - Number(before[what])) / ORDERS;
console.table([
  { measured: 'events', 'an order': ((after.events - before.events) / ORDERS).toFixed(1) },
  { measured: 'transactions that write', 'an order': each('writes').toFixed(1) },
  { measured: 'WAL, KB', 'an order': (each('wal') / 1_024).toFixed(1) },
  { measured: 'rows and indexes, KB', 'an order': (each('size') / 1_024).toFixed(1) },
]);
console.log(
  `${ORDERS} orders, ${(ms / ORDERS).toFixed(0)} ms each by one hand, on ${cpus().length} cores`,
);
await close();
await postgres.stop();
