import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensured } from '@/domain/errors';
import type { LogFilter } from '@/domain/log-filter';
import { listDead } from './queries/dead-letters';
import type { LogPosition } from './queries/events';
import { placeAt, readLog } from './queries/log';
import { boardEventsAt, driverEventsAt } from './queries/moment';
import { plansOn } from './testing/plans';
import { testDatabase } from './testing/test-database';

const database = testDatabase();
const db = () => database.connection.db;
const plansOf = (run: Parameters<typeof plansOn>[1]) => plansOn(database.connection.sql, run);

const EVENTS = 60_000;
const ORDER = uuidv7();
const DRIVER = uuidv7();
const ADMIN = uuidv7();
/** A month of it, one event after the other; the last is of this moment. */
const START = new Date(Date.now() - 30 * 86_400_000);
let middle: LogPosition;

/** A log with history: mostly orders that go their way by themselves; little of anything else. */
beforeAll(async () => {
  await db().execute(sql`
    INSERT INTO events (xid, stream, stream_id, version, type, data, actor, at, driver_id, via)
    SELECT (n / 100 + 3)::text::xid8,
      CASE WHEN n % 400 = 0 THEN 'driver' WHEN n % 100 = 1 THEN 'restaurant' ELSE 'order' END,
      CASE WHEN n % 3000 = 7 THEN ${ORDER}::uuid ELSE uuid_v7() END, n,
      CASE WHEN n % 20 = 0 THEN 'order.placed' WHEN n % 900 = 3 THEN 'delivery.failed'
        WHEN n % 20 = 5 THEN 'order.completed' ELSE 'order.eta_changed' END,
      '{}', CASE WHEN n % 5000 = 9 THEN 'database:hotfoot' WHEN n % 700 = 4 THEN ${`user:${ADMIN}`}
        ELSE 'system:eta' END,
      ${START.toISOString()}::timestamptz + n * interval '30 days' / ${EVENTS}::int,
      CASE WHEN n % 500 = 2 THEN ${DRIVER}::uuid END,
      CASE WHEN n % 1400 = 4 THEN 'api' END
    FROM generate_series(1, ${EVENTS}::int) n`);
  await db().execute(sql`VACUUM ANALYZE events`);
  const [place] = await db().execute<LogPosition>(sql`
    SELECT xid::text AS xid, position::text AS position FROM events
    ORDER BY events.position LIMIT 1 OFFSET ${EVENTS / 2}`);
  middle = ensured(place, 'an event');
}, 60_000);

const day = (n: number) => new Date(START.getTime() + n * 86_400_000).toISOString();

describe('on a long log, an index serves', () => {
  it.each<[string, LogFilter, RegExp]>([
    ['no filter', {}, /Scan Backward using events_order_of_reading/],
    ['orders', { stream: 'order' }, /Scan Backward using events_order_of_reading/],
    ['restaurants', { stream: 'restaurant' }, /Scan Backward using events_restaurants/],
    ['drivers', { stream: 'driver' }, /Scan Backward using events_drivers/],
    ['a rare type', { type: 'delivery.failed' }, /events_type/],
    ['a type that there is not', { type: 'order.eaten' }, /events_type/],
    ['an order', { orderId: ORDER }, /events_stream/],
    ['a person', { actor: `user:${ADMIN}` }, /events_actor/],
    ['changes by hand', { source: 'psql' }, /using events_(by_hand|actor) on events/],
    ['what programs did', { source: 'api' }, /using events_by_api/],
    ['what people did', { source: 'app' }, /events_actor|events_order_of_reading/],
    ['what the platform did', { source: 'platform' }, /using events_order_of_reading/],
    ['a day long ago', { from: day(3), to: day(4) }, /events_order_of_reading|events_at/],
    ['all but the latest days', { to: day(20) }, /Scan Backward using events_order_of_reading/],
    ['a type on a day', { type: 'delivery.failed', from: day(9), to: day(10) }, /Index Scan/],
  ])('the log with %s, and a later page of it', async (_, filter, index) => {
    for (const before of [null, middle]) {
      const plan = await plansOf((observed) => readLog(observed, filter, before, 50));
      expect(plan).toMatch(index);
      expect(plan).not.toContain('Seq Scan');
    }
  });

  it('a moment, the board at it, and a driver’s feed up to it', async () => {
    const at = new Date(day(15));
    const moment = await plansOf((observed) => placeAt(observed, at));
    expect(moment).toMatch(/Scan Backward using events_at/);
    const board = await plansOf((observed) => boardEventsAt(observed, middle, at));
    expect(board).toMatch(/events_stream/);
    const feed = await plansOf((observed) => driverEventsAt(observed, DRIVER, middle, at));
    expect(feed).toMatch(/events_driver|events_at/);
    for (const plan of [moment, board, feed]) expect(plan).not.toContain('Seq Scan');
  });

  it('dead letters, among many that arrived', async () => {
    await db().transaction(async (tx) => {
      // Without triggers, and so without the orders and people that they would be about.
      await tx.execute(sql`SET LOCAL session_replication_role = replica`);
      await tx.execute(sql`
        INSERT INTO notices (event_id, user_id, order_id, channel, kind, content, status, died_at)
        SELECT n::text, uuid_v7(), uuid_v7(), 'email', 'accepted', '{}',
          CASE WHEN n % 500 = 0 THEN 'dead' ELSE 'sent' END,
          CASE WHEN n % 500 = 0 THEN now() - n * interval '1 minute' END
        FROM generate_series(1, 20000) n`);
    });
    await db().execute(sql`VACUUM ANALYZE notices`);
    const plan = await plansOf((observed) => listDead(observed, null, 50));
    expect(plan).toMatch(/notices_dead/);
  });
});
