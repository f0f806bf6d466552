import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { destinationPoint } from '@/domain/geo';
import type { Database } from './client';
import { findKnownAddresses, nearestKnownAddress, savedAddressesOf } from './queries/addresses';
import { busyNear, candidatesAmong, nearestCandidates } from './queries/candidates';
import { waitingSearchesNear, zonesAtWork } from './queries/dispatch';
import { readFeed, readSince, readStream, readTail } from './queries/events';
import { cuisinesNear, deliversTo, placesNear } from './queries/nearby';
import { runsToExpire } from './queries/offers';
import { cardsOfCustomer, cardsOfDriver } from './queries/orders';
import {
  claimDuePayments,
  nextPaymentDueAt,
  paymentBacklog,
  paymentOfOrder,
  paymentsSince,
  undecidedPayments,
  unplacedPayments,
  unsettledPayments,
} from './queries/payments';
import { lookUpWords, matchingDishes } from './queries/search';
import { dueSearches } from './queries/searches';
import { plansOn } from './testing/plans';
import { testDatabase } from './testing/test-database';
import { makeDriver, makeTown, type Town } from './testing/town';

const database = testDatabase();
const db = () => database.connection.db;
const MANY = 2_000;
const now = new Date();
let town: Town;
let driverId: string;

const plansOf = (run: (observed: Database) => Promise<unknown>) =>
  plansOn(database.connection.sql, run);

/** A platform with history: most of everything is far away, done, or somebody else's. */
beforeAll(async () => {
  town = await makeTown(db(), { autoAccept: true });
  driverId = (await makeDriver(db(), town)).userId;
  const { lat, lng } = town.centre;
  const somewhere = sql`ST_MakePoint(${lng} + random() * 6 - 3, ${lat} + random() * 6 - 3)::geography`;
  await db().execute(sql`
    INSERT INTO restaurants (zone_id, slug, name, cuisine, address, location, time_zone, currency,
      hours, delivery_radius_m, delivery_fee_base, delivery_fee_per_km, prep_minutes, kind)
    SELECT ${town.zoneId}, 'r' || n, 'Restaurant ' || n,
      (ARRAY['Pizza', 'Thai', 'Greek', 'Indian'])[1 + n % 4], 'A street', ${somewhere},
      'Europe/Lisbon', 'EUR', '[]', 5000, 200, 100, 10,
      CASE n % 20 WHEN 0 THEN 'grocery' WHEN 1 THEN 'pharmacy' ELSE 'restaurant' END
    FROM generate_series(1, ${MANY}::int) n`);
  await db().execute(sql`
    WITH people AS (
      INSERT INTO users (email, name, password_hash, role)
      SELECT 'driver' || n || '@hotfoot.test', 'Driver ' || n, 'none', 'driver'
      FROM generate_series(1, ${MANY}::int) n RETURNING id
    ), hired AS (
      INSERT INTO drivers (user_id, zone_id, vehicle)
      SELECT id, ${town.zoneId}, 'bike' FROM people RETURNING user_id
    )
    INSERT INTO driver_positions (driver_id, location, recorded_at)
    SELECT user_id, ${somewhere}, now() FROM hired`);
  await db().execute(sql`
    WITH customers AS (
      INSERT INTO users (email, name, password_hash, role)
      SELECT 'customer' || n || '@hotfoot.test', 'Customer ' || n, 'none', 'customer'
      FROM generate_series(1, 50) n RETURNING id
    ), numbered AS (SELECT id, row_number() OVER () AS n FROM customers)
    INSERT INTO orders (customer_id, customer_name, restaurant_id, restaurant_name,
      restaurant_slug, pickup, pickup_address, dropoff, dropoff_address, item_count, currency,
      subtotal, delivery_fee, total, prep_minutes, trip_distance_m, time_zone, promised_from,
      promised_to)
    SELECT c.id, 'Customer', ${town.restaurantId}, 'Test Kitchen', 'slug', ${somewhere}, 'There',
      ${somewhere}, 'Here', 1, 'EUR', 1000, 200, 1200, 10, 1000, 'Europe/Lisbon', now(), now()
    FROM generate_series(1, ${MANY}::int) i JOIN numbered c ON c.n = 1 + i % 50`);
  await db().execute(sql`
    INSERT INTO deliveries (order_id, zone_id, pickup, pay)
    SELECT id, ${town.zoneId}, pickup, 400 FROM orders`);
  await db().execute(sql`
    INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, status, attempt, round,
      pickup_distance_m, expires_at)
    SELECT d.id, d.order_id, p.driver_id, 'Driver', 'pending', 1, 0, 100, now()
    FROM (SELECT *, row_number() OVER () AS n FROM deliveries) d
    JOIN (SELECT *, row_number() OVER () AS n FROM driver_positions) p USING (n)`);
  await db().execute(sql`UPDATE offers SET status = 'declined' WHERE random() < 0.97`);
  await db().execute(sql`UPDATE deliveries SET status = 'cancelled' WHERE random() < 0.97`);
  // The driver has brought hundreds; past the triggers, which let nobody be given what is over.
  await db().transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql`UPDATE deliveries SET driver_id = ${driverId}, status = 'delivered'
      WHERE status = 'cancelled' AND random() < 0.3`);
  });
  await db().execute(sql`
    INSERT INTO search_words (word)
    SELECT DISTINCT substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 8)
    FROM generate_series(1, 20000) n ON CONFLICT DO NOTHING`);
  await db().execute(sql`
    INSERT INTO menu_items (restaurant_id, section_id, name, price, position)
    SELECT r.id, s.id, 'Dish ' || n, 900, n FROM restaurants r, menu_sections s, generate_series(1, 3) n
    WHERE s.restaurant_id = ${town.restaurantId}`);
  await db().execute(sql`
    INSERT INTO payments (order_id, customer_id, method, provider, currency, amount)
    SELECT id, customer_id, 'card', 'sandbox', 'EUR', 1000 FROM orders`);
  await db().execute(sql`UPDATE payments SET status = 'authorised' WHERE random() < 0.98`);
  await db().execute(sql`UPDATE payments SET status = 'captured'
    WHERE status = 'authorised' AND random() < 0.98`);
  await db().execute(sql`UPDATE payments SET moved_at = now() - random() * interval '90 days'`);
  await db().execute(sql`UPDATE orders SET status = 'cancelled' WHERE random() < 0.9`);
  await db().execute(sql`UPDATE payments SET due = 'release', next_attempt_at = now()
    WHERE id IN (SELECT id FROM payments WHERE status = 'pending' LIMIT 5)`);
  await db().execute(sql`
    INSERT INTO known_addresses (street, number, district, location)
    SELECT initcap(w.word) || ' Street', n::text, 'Old Town', ${somewhere}
    FROM (SELECT word FROM search_words ORDER BY word LIMIT 200) w, generate_series(1, 100) n`);
  await db().execute(sql`
    INSERT INTO saved_addresses (user_id, label, address, location)
    SELECT u.id, 'Label ' || n, 'An address', ${somewhere} FROM users u, generate_series(1, 2) n`);
  // VACUUM also merges what an index on texts keeps back of new rows.
  // One in ten is free, whatever was asked above: of a few, sorting is cheaper than the index's order.
  await db().execute(sql`UPDATE driver_positions SET available = random() < 0.1`);
  await db().execute(sql`VACUUM ANALYZE`);
}, 120_000);

describe('on a database with history, an index serves', () => {
  /** A page of places near the town, and its plan. */
  const nearbyPlan = (change: Partial<Parameters<typeof placesNear>[1]> = {}) =>
    plansOf((observed) =>
      placesNear(observed, {
        at: town.centre,
        moment: now,
        openOnly: true,
        sort: 'nearest',
        words: null,
        after: null,
        limit: 21,
        ...change,
      }),
    );
  const words = [{ typed: 'rest', read: ['rest'], corrected: false }];
  const after = { rank: 0, key: 100, distanceM: 100, id: uuidv7() };

  it.each<[string, string, Parameters<typeof nearbyPlan>[0]]>([
    ['open ones', 'restaurants_reach', {}],
    ['a later page', 'restaurants_reach', { after }],
    ['restaurants only', 'restaurants_reach', { kind: 'restaurant' }],
    ['shops of a kind', 'restaurants_shops', { kind: 'pharmacy' }],
    ['a cuisine', 'restaurants_cuisine', { cuisine: 'Thai' }],
    ['the best rated', 'restaurants_reach', { sort: 'rating' }],
    ['the fastest of a cuisine', 'restaurants_cuisine', { sort: 'fastest', cuisine: 'Thai' }],
  ])('places that deliver to a point, in the order of the index: %s', async (_, index, change) => {
    const plan = await nearbyPlan(change);
    expect(plan).toMatch(new RegExp(`Index Scan using ${index} on restaurants r`));
    expect(plan).toMatch(/Index Cond: .*&&/);
    expect(plan).toMatch(/Order By: \(point\(.* <-> /);
    expect(plan).not.toContain('Seq Scan');
    if (!change?.sort) expect(plan).not.toMatch(/Sort Key: .*<->/);
  });

  it('places that words are found in', async () => {
    const plan = await nearbyPlan({ words, sort: 'match' });
    expect(plan).toMatch(/restaurant_search_reach/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('words that are typed wrong, dishes that match, cuisines, one door', async () => {
    const typed = await plansOf((observed) => lookUpWords(observed, 'restorant'));
    expect(typed).toMatch(/BitmapOr[\s\S]*search_words_slips[\s\S]*search_words_trigrams/);
    expect(typed).toMatch(/search_words_pkey/);
    const dishes = await plansOf((observed) =>
      matchingDishes(observed, [town.restaurantId], words, 3),
    );
    expect(dishes).toMatch(/menu_items_restaurant/);
    const cuisines = await plansOf((observed) => cuisinesNear(observed, town.centre));
    expect(cuisines).toMatch(/restaurants_reach[\s\S]*restaurants_shops/);
    const door = await plansOf((observed) => deliversTo(observed, town.restaurantId, town.centre));
    for (const plan of [typed, dishes, cuisines, door]) expect(plan).not.toContain('Seq Scan');
  });

  it('doors by what is typed and by a pin, and a person’s own addresses', async () => {
    const at = town.centre;
    const found = await plansOf((observed) => findKnownAddresses(observed, 'cathedral 7', at, 6));
    expect(found).toMatch(/known_addresses_search/);
    const nearest = await plansOf((observed) => nearestKnownAddress(observed, at, 500));
    expect(nearest).toMatch(/Index Scan using known_addresses_location/);
    const own = await plansOf((observed) => savedAddressesOf(observed, town.customer.userId));
    expect(own).toMatch(/saved_addresses_user/);
    for (const plan of [nearest, own]) expect(plan).not.toContain('Seq Scan');
  });

  it('the nearest available drivers of many searches, in the order of the index', async () => {
    const search = {
      ...{ deliveryId: town.restaurantId, pickup: town.centre, radiusM: 8_000 },
      ...{ round: 0, searchStartedAt: now, avoidDriverId: null },
    };
    const free = await plansOf((observed) =>
      nearestCandidates(observed, [search, search], 10, now),
    );
    expect(free).toMatch(/Index Scan using driver_positions_free on driver_positions/);
    expect(free).toMatch(/Order By: \(point\(.* <-> /);
    const busy = await plansOf((observed) => busyNear(observed, [search], 5, now));
    expect(busy).toMatch(/Index Scan using driver_positions_busy on driver_positions/);
    const named = [{ ...search, among: [town.customer.userId] }];
    const known = await plansOf((observed) => candidatesAmong(observed, named, 10, now));
    expect(known).toMatch(/driver_positions_pkey/);
    for (const plan of [free, busy, known]) expect(plan).not.toContain('Seq Scan');
  });

  it('searches that are due, and when the next one will be', async () => {
    const due = await plansOf((observed) => dueSearches(observed, town.zoneId, now, 100));
    expect(due).toMatch(/Index Scan .*(deliveries_due|deliveries_open_of_zone)/);
    expect(due).not.toContain('Seq Scan');
    const next = await plansOf((observed) => zonesAtWork(observed));
    expect(next).toMatch(/deliveries_due|deliveries_open_of_zone/);
    expect(next).not.toContain('Seq Scan on offers');
    expect(next).not.toContain('Seq Scan on deliveries');
  });

  it('searches that wait near a driver who comes online', async () => {
    const near = destinationPoint(town.centre, 90, 500);
    const plan = await plansOf((observed) => waitingSearchesNear(observed, near, 8_000, now, 50));
    expect(plan).toMatch(/deliveries_waiting/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('offers that have run out', async () => {
    const plan = await plansOf((observed) => runsToExpire(observed, town.zoneId, now, 100));
    expect(plan).toMatch(/offers_expiring/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('payments that are owed, adrift, undecided, unsettled or moved, and that of an order', async () => {
    const plans: [RegExp, string][] = [
      [/payments_due/, await plansOf((observed) => claimDuePayments(observed, now, now, 20))],
      [/payments_due/, await plansOf((observed) => nextPaymentDueAt(observed))],
      [/payments_due/, await plansOf((observed) => paymentBacklog(observed, 8))],
      [/payments_open/, await plansOf((observed) => unplacedPayments(observed, now, 100))],
      [/payments_open/, await plansOf((observed) => undecidedPayments(observed, now, 100))],
      [/payments_open/, await plansOf((observed) => unsettledPayments(observed, 100))],
      [
        /payments_moved/,
        await plansOf((observed) => paymentsSince(observed, 'sandbox', now, null, 100)),
      ],
      [/payments_order/, await plansOf((observed) => paymentOfOrder(observed, town.restaurantId))],
    ];
    for (const [index, plan] of plans) {
      expect(plan).toMatch(index);
      expect(plan).not.toContain('Seq Scan on payments');
    }
  });

  it('a customer’s orders, and what a driver carries', async () => {
    const customerId = town.customer.userId;
    const orders = await plansOf((observed) => cardsOfCustomer(observed, customerId, 50));
    expect(orders).toMatch(/orders_customer/);
    const jobs = await plansOf((observed) => cardsOfDriver(observed, driverId));
    expect(jobs).toMatch(/deliveries_carried/);
    for (const plan of [orders, jobs]) {
      expect(plan).not.toMatch(/Seq Scan on (orders|deliveries)/);
    }
  });

  it('the tail, one order’s stream, and each feed after a place', async () => {
    const [middle] = await db().execute<{
      xid: string;
      position: string;
      customer: string;
      stream: string;
    }>(sql`
      SELECT xid::text, position::text, customer_id AS customer, stream_id AS stream FROM events
      WHERE type = 'delivery.created' ORDER BY position LIMIT 1 OFFSET ${MANY / 2}`);
    if (!middle) throw new Error('expected an event');
    const plans = {
      tail: await plansOf((observed) => readTail(observed, middle, 500)),
      all: await plansOf((observed) => readFeed(observed, 'all', middle, 500)),
      stream: await plansOf((observed) => readStream(observed, middle.stream, 1, 500)),
      customer: await plansOf((observed) =>
        readFeed(observed, { customerId: middle.customer }, middle, 500),
      ),
      driver: await plansOf((observed) => readFeed(observed, { driverId }, middle, 500)),
    };
    const many = (owner: string) => Array.from({ length: 50 }, () => ({ owner, after: middle }));
    const since = {
      customer: await plansOf((observed) => readSince(observed, 'customer', many(middle.customer))),
      driver: await plansOf((observed) => readSince(observed, 'driver', many(driverId))),
    };
    expect(since.customer).toMatch(/events_customer/);
    expect(since.driver).toMatch(/events_driver/);
    for (const plan of Object.values(since)) expect(plan).not.toMatch(/Seq Scan on events/);
    expect(plans.tail).toMatch(/Index Scan using events_order_of_reading/);
    expect(plans.all).toMatch(/Index Scan using events_order_of_reading/);
    expect(plans.stream).toMatch(/events_stream/);
    expect(plans.customer).toMatch(/events_customer/);
    expect(plans.driver).toMatch(/events_driver/);
    for (const plan of Object.values(plans)) expect(plan).not.toContain('Seq Scan');
    // In the order of the index: no sort of everything that was missed.
    expect(plans.tail).not.toContain('Sort');
  });
});
