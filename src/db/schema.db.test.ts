import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { noticeMachine, relayLetterMachine } from '@/domain/dead-letter';
import { deliveryMachine } from '@/domain/delivery';
import { DeliveryImageSchema } from '@/domain/delivery-image';
import { DriverImageSchema } from '@/domain/driver-image';
import { allSteps, type Machine } from '@/domain/machine';
import { ALLERGENS } from '@/domain/menu';
import { MenuItemImageSchema } from '@/domain/menu-image';
import { MustSeeImageSchema } from '@/domain/must-see-image';
import { OfferImageSchema, offerMachine } from '@/domain/offer';
import { orderMachine } from '@/domain/order';
import { OrderImageSchema } from '@/domain/order-image';
import { paymentMachine } from '@/domain/payment';
import { PLACE_KINDS } from '@/domain/restaurant';
import { RestaurantImageSchema } from '@/domain/restaurant-image';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf, placeTestOrder } from '@/services/testing';
import * as schema from './schema';
import { testDatabase } from './testing/test-database';
import { makeDriver, makeTown } from './testing/town';

const database = testDatabase();
const db = () => database.connection.db;

const tables = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table));

describe('spatial columns', () => {
  it('are geography on WGS 84, each of its kind, and nothing is a plain geometry', async () => {
    const rows = await db().execute<{ column: string; type: string }>(sql`
      SELECT c.relname || '.' || a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT a.attisdropped
        AND format_type(a.atttypid, NULL) IN ('geography', 'geometry')
      ORDER BY 1`);
    expect(rows.map(({ column, type }) => `${column} ${type}`)).toEqual([
      'breadcrumbs.location geography(Point,4326)',
      'deliveries.pickup geography(Point,4326)',
      'driver_positions.location geography(Point,4326)',
      'known_addresses.location geography(Point,4326)',
      'orders.dropoff geography(Point,4326)',
      'orders.pickup geography(Point,4326)',
      'restaurant_search.reach geography',
      'restaurants.delivery_area geography(Polygon,4326)',
      'restaurants.location geography(Point,4326)',
      'saved_addresses.location geography(Point,4326)',
      'zones.area geography(Polygon,4326)',
    ]);
  });

  it('keep a point as it was given, longitude and latitude in their places', async () => {
    const town = await makeTown(db());
    const [row] = await db().execute<{ srid: number; lng: number; lat: number }>(sql`
      SELECT ST_SRID(location::geometry) AS srid, ST_X(location::geometry) AS lng,
        ST_Y(location::geometry) AS lat
      FROM restaurants WHERE id = ${town.restaurantId}`);
    expect(row).toEqual({ srid: 4326, ...town.centre });
    const [read] = await db()
      .select({ at: schema.restaurants.location })
      .from(schema.restaurants)
      .where(sql`id = ${town.restaurantId}`);
    expect(read?.at).toEqual(town.centre);
  });
});

describe('indexes', () => {
  it.each([
    ['zones_area', /USING gist \(area\)$/],
    ['known_addresses_search', /USING gin \(search gin_trgm_ops\)$/],
    ['known_addresses_location', /USING gist \(location\)$/],
    ['saved_addresses_user', /\(user_id, used_at DESC\)$/],
    ['restaurants_reach', /USING gist \(mercator\(location\), mercator_reach\(.*\)\)$/],
    [
      'restaurants_shops',
      /USING gist \(mercator\(location\), mercator_reach\(.*\)\) WHERE \(kind <> 'restaurant'/,
    ],
    [
      'restaurants_cuisine',
      /USING gist \(cuisine, mercator\(location\), mercator_reach\(.*\)\) WHERE \(cuisine <> ''/,
    ],
    ['restaurant_search_reach', /USING gist \(reach\)$/],
    ['search_words_slips', /USING gin \(slips\)$/],
    ['search_words_trigrams', /USING gin \(word gin_trgm_ops\)$/],
    ['driver_positions_free', /USING gist \(mercator\(location\)\) WHERE available$/],
    [
      'driver_positions_busy',
      /USING gist \(mercator\(location\)\) WHERE \(on_duty AND \(NOT available\)\)$/,
    ],
    ['deliveries_waiting', /USING gist \(pickup\) WHERE .*'unassigned'.*'offering'/],
    ['deliveries_due', /btree \(next_attempt_at\) WHERE .*next_attempt_at IS NOT NULL/],
    ['deliveries_order_id_key', /^CREATE UNIQUE INDEX .*\(order_id\)$/],
    [
      'offers_one_accepted',
      /^CREATE UNIQUE INDEX .*\(delivery_id\) WHERE .*'accepted'.*released_at IS NULL/,
    ],
    [
      'offers_asked_once',
      /^CREATE UNIQUE INDEX .*\(delivery_id, driver_id\) WHERE .*status = 'pending'/,
    ],
    [
      'offers_one_question',
      /USING gist \(driver_id, ask_slot, run_id\) WHERE .*status = 'pending'/,
    ],
    ['offers_pending_of_driver', /\(driver_id\) WHERE .*status = 'pending'/],
    ['offers_run', /\(run_id\)$/],
    ['events_order_of_reading', /^CREATE UNIQUE INDEX .*\(xid, "?position"?\)$/],
    ['events_stream', /^CREATE UNIQUE INDEX .*\(stream_id, version\)$/],
    ['events_customer', /\(customer_id, xid, "?position"?\) WHERE \(customer_id IS NOT NULL\)$/],
    ['events_driver', /\(driver_id, xid, "?position"?\) WHERE \(driver_id IS NOT NULL\)$/],
    ['events_type', /\(type, xid, "?position"?\)$/],
    ['events_actor', /\(actor, xid, "?position"?\)$/],
    ['events_by_hand', /\(xid, "?position"?\) WHERE .*'database:%'/],
    ['notices_dead', /\(died_at DESC, id DESC\) WHERE .*'dead'/],
    ['events_of_restaurant', /\(restaurant_id, xid, "?position"?\) WHERE/],
    ['must_sees_due', /\(next_at\) WHERE .*'open'.*next_at IS NOT NULL/],
    ['must_sees_open', /^CREATE UNIQUE INDEX .*\(order_id, event\) WHERE .*'open'/],
    ['users_email', /^CREATE UNIQUE INDEX .*\(email\)$/],
    ['idempotency_keys_pkey', /^CREATE UNIQUE INDEX .*\(user_id, key\)$/],
  ])('%s', async (name, definition) => {
    const [row] = await db().execute<{ indexdef: string }>(
      sql`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname = ${name}`,
    );
    expect(row?.indexdef).toMatch(definition);
  });
});

describe('the table definitions in code', () => {
  /** The same data under two names, or a column whose text form is what the code wants. */
  const READ_AS: Record<string, string> = {
    'character(3)': 'text',
    'geography(Polygon,4326)': 'text',
    'numeric(2,1)': 'numeric(2, 1)',
  };

  it.each(tables.map((table) => [table.name, table] as const))(
    '%s has the columns of the database, with their types and nullability',
    async (name, table) => {
      const rows = await db().execute<{
        name: string;
        type: string;
        required: boolean;
        filled: boolean;
      }>(sql`
        SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required,
          atthasdef OR attidentity <> '' AS filled
        FROM pg_attribute
        WHERE attrelid = ${name}::regclass AND attnum > 0 AND NOT attisdropped`);
      const inDatabase = rows.map(({ name: column, type, required }) => ({
        name: column,
        type: READ_AS[type] ?? type,
        required,
      }));
      const inCode = table.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType(),
        required: column.notNull,
      }));
      const inOrder = <T extends { name: string }>(list: T[]) =>
        [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(inOrder(inCode)).toEqual(inOrder(inDatabase));
      const filled = new Set(rows.filter((row) => row.filled).map((row) => row.name));
      for (const column of table.columns.filter(({ hasDefault }) => hasDefault)) {
        expect(filled, `${name}.${column.name} has a default`).toContain(column.name);
      }
    },
  );
});

describe('the lists of the domain', () => {
  it('are what the database allows', async () => {
    const [row] = await db().execute<{ allergens: string; kinds: string }>(sql`
      SELECT
        (SELECT pg_get_constraintdef(oid) FROM pg_constraint
          WHERE conname = 'menu_items_allergens_check') AS allergens,
        (SELECT pg_get_constraintdef(oid) FROM pg_constraint
          WHERE conname = 'restaurants_kind_check') AS kinds`);
    const quoted = (text = '') => [...text.matchAll(/'([^']+)'/g)].map(([, word]) => word);
    expect(quoted(row?.allergens)).toEqual([...ALLERGENS]);
    expect(quoted(row?.kinds)).toEqual([...PLACE_KINDS]);
  });
});

describe('the machines in the database', () => {
  it('are those of the domain, step by step', async () => {
    const rows = await db().execute<Record<string, string>>(
      sql`SELECT machine, from_state AS "from", command, to_state AS "to" FROM machine_steps`,
    );
    const machines: Machine<string, string>[] = [
      orderMachine,
      deliveryMachine,
      offerMachine,
      paymentMachine,
      noticeMachine,
      relayLetterMachine,
    ];
    const inCode = machines.flatMap((machine) =>
      allSteps(machine).map((step) => ({ machine: machine.name, ...step })),
    );
    const lines = (steps: Record<string, string>[]) =>
      steps.map(({ machine, from, command, to }) => `${machine}: ${from} ${command} ${to}`).sort();
    expect(lines([...rows])).toEqual(lines(inCode));
  });
});

describe('images', () => {
  /** Everything that the function gives is known to the schema, and the other way round. */
  async function expectExact(image: z.ZodType, call: string, table: string) {
    const rows = await db().execute<{ image: unknown }>(
      sql.raw(`SELECT ${call}(t) AS image FROM ${table} t`),
    );
    expect(rows.length).toBeGreaterThan(0);
    // Parsing drops what a schema does not know, at every depth.
    for (const row of rows) expect(image.parse(row.image)).toEqual(row.image);
  }

  it('hold exactly what their schemas say, before and after every step', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    await makeDriver(db(), town);
    await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    await db().execute(sql`UPDATE restaurants SET rating = 4.5, paused_until = now()`);
    await db().execute(sql`UPDATE offers SET status = 'accepted'`);
    await db().execute(
      sql`UPDATE deliveries SET status = 'assigned', driver_id = (SELECT user_id FROM drivers LIMIT 1)`,
    );
    await placeTestOrder(db(), await makeTown(db(), { autoAccept: false }));
    await expectExact(OrderImageSchema, 'order_image', 'orders');
    await expectExact(DeliveryImageSchema, 'delivery_image', 'deliveries');
    await expectExact(OfferImageSchema, 'offer_image', 'offers');
    await expectExact(RestaurantImageSchema, 'restaurant_image', 'restaurants');
    await expectExact(MenuItemImageSchema, 'menu_item_image', 'menu_items');
    await expectExact(DriverImageSchema, 'driver_image', 'drivers');
    await expectExact(MustSeeImageSchema, 'must_see_image', 'must_sees');
  });
});
