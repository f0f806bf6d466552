import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/db/testing/real-postgres';
import { ensured } from '@/domain/errors';
import { seedDemoCity } from '@/server/demo-city';
import { fillBoard } from './busy-board';
import { percentiles } from './percentiles';

/**
 * What the log costs those who write: commits a second of changes of orders over many connections, with
 * our triggers, and with the log's trigger off and a plain insert of a line of the same size beside each
 * change, in the same round trip; connections are warm. By turns, on a real PostgreSQL with fsync. Run: npm run bench:commits
 */
const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
  },
});
const WRITERS = Number(values.writers);
const SECONDS = Number(values.seconds);
const ORDERS = 2_000;
const WARM_UP_SECONDS = 2;

type Order = { id: string; version: number; data: string };
type Write = (sql: postgres.Sql, order: Order) => Promise<unknown>;

/** Moves when the food is expected to be ready: one line of the log. */
const WAYS: Record<string, Write> = {
  'with triggers': (sql, { id }) => sql`
    UPDATE orders SET ready_estimate_at = ready_estimate_at + interval '1 second' WHERE id = ${id}`,
  'plain inserts': (sql, { id, version, data }) => sql`
    WITH changed AS (
      UPDATE orders SET ready_estimate_at = ready_estimate_at + interval '1 second' WHERE id = ${id}
      RETURNING customer_id, restaurant_id)
    INSERT INTO events (stream, stream_id, version, type, data, actor, customer_id, restaurant_id)
    SELECT 'order', ${id}, ${version}, 'order.ready_moved', ${data}::text::jsonb, 'database:bench',
      customer_id, restaurant_id FROM changed`,
};

/** One writer's commits until the time is up, each on the next of its own orders. */
async function writeUntil(until: number, sql: postgres.Sql, orders: Order[], write: Write) {
  const taken: number[] = [];
  for (let n = 0; performance.now() < until; n += 1) {
    const order = ensured(orders[n % orders.length], 'an order');
    order.version += 1;
    const startedAt = performance.now();
    await write(sql, order);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

const database = await startPostgres({ durable: true });
await migrate(database.url);
await seedDemoCity(database.url);
const sql = postgres(database.url, { max: 1 });
await fillBoard(sql, { orders: ORDERS, drivers: 200 });
// A line of the log for each: of the size that its triggers write.
await sql`UPDATE orders SET ready_estimate_at = ready_estimate_at + interval '1 second' WHERE id IN (SELECT id FROM bench_orders)`;
// Connections that have been in use for a while, as a pool's are: a new one compiles functions and plans first.
const connections = Array.from({ length: WRITERS }, () => postgres(database.url, { max: 1 }));
const commits: Record<string, number> = {};
const rows = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const [way, write] of Object.entries(WAYS)) {
    const plain = way === 'plain inserts';
    await sql.unsafe(`ALTER TABLE orders ${plain ? 'DISABLE' : 'ENABLE'} TRIGGER z_log_update`);
    // Above every number that the triggers give, so that no line is there twice.
    const orders = await sql<Order[]>`
      SELECT DISTINCT ON (stream_id) stream_id AS id, version + ${plain ? 1_000_000 * (round + 1) : 0}::int AS version,
        data::text AS data
      FROM events WHERE stream_id IN (SELECT id FROM bench_orders) ORDER BY stream_id, version DESC`;
    const own = Array.from({ length: WRITERS }, (_, writer) =>
      orders.filter((_, n) => n % WRITERS === writer),
    );
    const during = async (seconds: number) => {
      const until = performance.now() + seconds * 1_000;
      const writers = own.map((part, n) =>
        writeUntil(until, ensured(connections[n], 'a connection'), part, write),
      );
      return (await Promise.all(writers)).flat();
    };
    await during(WARM_UP_SECONDS);
    const taken = await during(SECONDS);
    commits[way] = (commits[way] ?? 0) + taken.length / SECONDS / Number(values.rounds);
    rows.push({
      ...percentiles(way, taken),
      'commits a second': Math.round(taken.length / SECONDS),
    });
  }
}
console.table(rows);
const [ours = 0, plain = 1] = Object.values(commits);
console.log(
  `with triggers ${Math.round((100 * ours) / plain)} % of the commits with plain inserts`,
);
await Promise.all([sql, ...connections].map((each) => each.end()));
await database.stop();
