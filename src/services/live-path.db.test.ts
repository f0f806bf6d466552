import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '@/db/client';
import { readFeed, readTail, readWatermark } from '@/db/queries/events';
import { pendingOffers } from '@/db/queries/orders';
import { insertSession } from '@/db/queries/users';
import { makeAnalyticsWeek } from '@/db/testing/analytics-week';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { type Scan, watchScans } from '@/db/testing/watch-scans';
import type { Viewer } from '@/domain/roles';
import { Hub } from '@/realtime/hub';
import { kitchenSnapshot } from '@/realtime/kitchen';
import { readFeedPage, readOrderPage } from '@/realtime/pages';
import { PositionFeed } from '@/realtime/positions';
import {
  boardSnapshot,
  customerSnapshot,
  driverSnapshot,
  orderSnapshot,
} from '@/realtime/snapshots';
import { acceptOffer } from './answer-offer';
import { findAddress } from './find-address';
import { findNearbyRestaurants, getRestaurantById, NearbyInput } from './find-restaurants';
import { giveTo, takeStep } from './journey.testing';
import { keepAddress, listAddresses } from './keep-address';
import { ListOrdersInput, listOrders } from './list-orders';
import { rateOrder } from './rate-order';
import { makeWebhook, relayOnce } from './relay.testing';
import { reportPosition } from './report-position';
import { runArrivalRound } from './run-arrival-round';
import { runDispatchRound } from './run-dispatch-round';
import { runEtaRound } from './run-eta-round';
import { runKitchenRound } from './run-kitchen-round';
import { runMustSeeRound } from './run-must-see-round';
import { runPaymentsRound } from './run-payments-round';
import { runShiftRound } from './run-shift-round';
import { runStallRound } from './run-stall-round';
import { sendMessage } from './send-message';
import { sendNotices } from './send-notices';
import { setOnline } from './set-online';
import { shareOrder } from './share-order';
import type { Sink } from './sink';
import { stepOrder } from './step-order';
import { contextOf, key, placeTestOrder } from './testing';
import { writeNotices } from './write-notices';

const database = testDatabase();
const MANY = 20_000;
/** A table of fewer rows is read as quickly as it is looked up. */
const LARGE = 5_000;

type Watched = ReturnType<typeof watchScans>;
let watched: Watched;
let large: ReadonlySet<string>;

const ofLarge = (scans: readonly Scan[]) =>
  scans
    .filter(({ table }) => large.has(table))
    .map(({ table, query }) => `${table}: ${query.replace(/\s+/g, ' ').slice(0, 300)}`);

/** A platform that has been at work for long: orders with all that hangs on them, and their log. */
async function fill(db: Database): Promise<void> {
  await makeAnalyticsWeek(db, { orders: MANY, firstDay: '2026-11-02' });
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql`
      INSERT INTO users (email, name, password_hash, role)
      SELECT 'customer' || n || '@hotfoot.test', 'Customer ' || n, 'none', 'customer'
      FROM generate_series(1, ${MANY}::int) n`);
    await tx.execute(sql`
      WITH numbered AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM users WHERE role = 'customer'
      ), mine AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM orders)
      UPDATE orders SET customer_id = u.id FROM mine JOIN numbered u ON u.n = 1 + mine.n % ${MANY}::int
      WHERE mine.id = orders.id`);
    await tx.execute(sql`
      INSERT INTO sessions (user_id, expires_at) SELECT id, now() + interval '9 days' FROM users`);
    await tx.execute(sql`
      INSERT INTO saved_addresses (user_id, label, address, location)
      SELECT id, 'Home', 'A street', ST_MakePoint(0, 0)::geography FROM users`);
    await tx.execute(sql`
      INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth)
      SELECT id, 'https://push.test/' || id, 'k', 's' FROM users`);
    await tx.execute(sql`
      INSERT INTO idempotency_keys (user_id, key, operation, request_hash)
      SELECT id, gen_random_uuid(), 'place-order', 'h' FROM users`);
    await tx.execute(sql`
      INSERT INTO order_lines (order_id, item_id, name, quantity, unit_price, line_total, position)
      SELECT id, gen_random_uuid(), 'Dish', 1, 900, 900, 0 FROM orders`);
    await tx.execute(sql`
      INSERT INTO order_messages (order_id, sender_id, sender_role, body)
      SELECT id, customer_id, 'customer', 'hello' FROM orders`);
    await tx.execute(sql`
      INSERT INTO notices (event_id, user_id, order_id, channel, kind, content, status)
      SELECT id::text, customer_id, id, 'email', 'delivered', '{}', 'sent' FROM orders`);
    await tx.execute(sql`
      INSERT INTO eta_estimates (order_id, at, stage, predicted_at, arrives_from, arrives_to, facts)
      SELECT id, placed_at, 'placed', placed_at, placed_at, placed_at, '{}' FROM orders`);
    await tx.execute(sql`
      INSERT INTO dispatch_attempts (delivery_id, number, radius_m, outcome, considered)
      SELECT id, 1, 1000, 'offer', '[]' FROM deliveries`);
    await tx.execute(sql`
      INSERT INTO must_sees (order_id, restaurant_id, event, state, raised_at, closed_at)
      SELECT id, restaurant_id, 'placed', 'acknowledged', placed_at, placed_at FROM orders`);
    await tx.execute(
      sql`INSERT INTO streams (id, kind, version) SELECT id, 'order', 3 FROM orders`,
    );
    await tx.execute(sql`
      INSERT INTO events (stream, stream_id, version, type, data, actor, at, customer_id, restaurant_id)
      SELECT 'order', id, n, (ARRAY['order.placed', 'order.accepted', 'order.completed'])[n], '{}',
        'system:test', placed_at, customer_id, restaurant_id
      FROM orders, generate_series(1, 3) n`);
    // All of these were told, delivered and counted long ago.
    await tx.execute(sql`
      UPDATE relay_cursors SET xid = pg_current_xact_id(), position = 0`);
    await tx.execute(sql`SET LOCAL session_replication_role = origin`);
  });
  await db.execute(sql`VACUUM ANALYZE`);
}

/** Where an order is, and who rides there: what a day is made of. */
async function journey(town: Town, driver: Viewer): Promise<void> {
  const { db } = watched;
  const hub = new Hub();
  const positions = new PositionFeed(db, hub, (error) => {
    throw error;
  });
  const as = (who: Viewer | string) => contextOf(db, who, { positions });
  const customer = as(town.customer);
  const delivered = async () => ({ kind: 'delivered' as const });
  const sink: Sink = {
    ...{ deliver: delivered, batch: 1, close: async () => undefined },
    check: async () => ({ ok: true, detail: '' }),
  };
  const webhooks = {
    sink: () => sink,
    send: delivered,
    refusal: () => null,
    close: () => undefined,
  };
  await makeWebhook(db);
  const rounds = async () => {
    await runKitchenRound(as('kitchen'));
    await runDispatchRound(as('dispatch'));
    await runEtaRound(as('eta'));
    await runArrivalRound(as('arrivals'));
    await runStallRound(as('watch'));
    await runShiftRound(as('shifts'));
    await runMustSeeRound(as('ladder'), { sms: false });
    await runPaymentsRound(as('payments'));
    await relayOnce(db, { webhooks, brokers: {} });
    while ((await writeNotices(as('notices'))) > 0);
    const sent = async () => ({ kind: 'sent' as const });
    while ((await sendNotices(as('notices'), { email: sent, push: sent })) > 0);
  };
  const { xmin: from } = await readWatermark(db);
  await findNearbyRestaurants(customer, NearbyInput.parse({ ...town.centre, q: 'main' }));
  await findNearbyRestaurants(customer, NearbyInput.parse(town.centre));
  await getRestaurantById(customer, { restaurantId: town.restaurantId, at: town.centre });
  await findAddress(customer, { q: 'Main Street', near: town.centre });
  const home = { label: 'Home', address: '2 Side Street', note: '', at: town.centre };
  await keepAddress(customer, { ...key(), ...home });
  await listAddresses(customer);
  await setOnline(as(driver), { ...key(), online: true, position: null });
  const orderId = await placeTestOrder(db, town);
  await stepOrder(as(town.admin), { ...key(), orderId, command: 'accept' });
  await shareOrder(customer, { ...key(), orderId });
  await rounds();
  const [offer] = await pendingOffers(db, driver.userId);
  if (offer) await acceptOffer(as(driver), { ...key(), offerId: offer.id });
  else await giveTo(db, town, orderId, driver);
  const look = async () => {
    await orderSnapshot(db, town.customer, orderId);
    await customerSnapshot(db, town.customer);
    await driverSnapshot(db, driver);
    await boardSnapshot(db, new Date());
    await kitchenSnapshot(db, town.admin, town.slug, new Date());
    for (const who of [town.customer, driver, town.admin]) {
      await listOrders(as(who), ListOrdersInput.parse({}));
    }
    await readTail(db, { xid: from, position: '0' }, 500);
    for (const feed of [
      { customerId: town.customer.userId },
      { driverId: driver.userId },
      { restaurantId: town.restaurantId },
      'all' as const,
    ]) {
      await readFeed(db, feed, { xid: from, position: '0' }, 500);
    }
    await readFeedPage(db, town.customer, { limit: 50 });
    await readOrderPage(db, town.customer, orderId, { limit: 50 });
  };
  await look();
  for (const step of ['arrive_pickup', 'pick_up', 'arrive_dropoff'] as const) {
    await reportPosition(as(driver), {
      ...{ at: town.centre, headingDeg: null, speedMps: null, accuracyM: 5 },
      recordedAt: new Date().toISOString(),
    });
    await positions.written();
    await takeStep(db, driver, orderId, step);
    await rounds();
  }
  const content = { kind: 'text' as const, body: 'I am here' };
  await sendMessage(as(driver), { ...key(), orderId, content });
  await rounds();
  await look();
  await takeStep(db, driver, orderId, 'deliver');
  await rateOrder(customer, { ...key(), orderId, food: 5, delivery: 4, comment: '' });
  await rounds();
  await look();
  const sessionId = orderId;
  const expiresAt = new Date(Date.now() + 60_000);
  await insertSession(db, { id: sessionId, userId: town.customer.userId, expiresAt });
  await positions.stop();
}

describe.runIf(database.real)('on a platform with history', () => {
  beforeAll(async () => {
    const { db } = database.connection;
    await fill(db);
    const rows = await db.execute<{ name: string }>(sql`
      SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= ${LARGE}`);
    large = new Set(rows.map(({ name }) => name));
    watched = watchScans(database.url);
  }, 180_000);
  afterAll(() => watched?.close());

  it('the tables that grow are large in this test', () => {
    const grown = [
      ...[
        'orders',
        'order_lines',
        'deliveries',
        'offers',
        'payments',
        'events',
        'streams',
        'users',
      ],
      ...[
        'sessions',
        'notices',
        'order_messages',
        'eta_estimates',
        'dispatch_attempts',
        'must_sees',
      ],
      ...['idempotency_keys', 'saved_addresses', 'push_subscriptions'],
    ];
    expect([...large]).toEqual(expect.arrayContaining(grown));
  });

  it('nothing on an order’s way reads a whole large table, in triggers and functions neither', async () => {
    const town = await makeTown(watched.db, { autoAccept: false });
    const driver = await makeDriver(watched.db, town, { meters: 100 });
    watched.take();
    await journey(town, driver);
    const { scans, explained } = watched.take();
    expect(explained).toBeGreaterThan(300);
    expect(ofLarge(scans)).toEqual([]);
  }, 180_000);

  it('would be told of a table that is read whole: an index that is gone is seen', async () => {
    const { db } = watched;
    const town = await makeTown(db);
    await placeTestOrder(db, town);
    watched.take();
    await customerSnapshot(db, town.customer);
    expect(ofLarge(watched.take().scans)).toEqual([]);
    await db.execute(sql`DROP INDEX orders_customer, orders_customer_page`);
    watched.take();
    await customerSnapshot(db, town.customer);
    expect(ofLarge(watched.take().scans).join()).toMatch(/^orders: /);
  });

  it('sees into triggers: what one reads whole is told too', async () => {
    const { db } = watched;
    const town = await makeTown(db);
    await db.execute(sql`
      CREATE FUNCTION look_at_all() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM count(*) FROM order_lines WHERE note = NEW.dropoff_note; RETURN NEW; END $$`);
    await db.execute(sql`CREATE TRIGGER look BEFORE INSERT ON orders
      FOR EACH ROW EXECUTE FUNCTION look_at_all()`);
    watched.take();
    await placeTestOrder(db, town);
    expect(ofLarge(watched.take().scans).join()).toMatch(/order_lines: /);
  });
});
