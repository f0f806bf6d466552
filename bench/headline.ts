import { randomBytes } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { readFeed } from '@/db/queries/events';
import { startPostgres } from '@/db/testing/real-postgres';
import { projectEvent } from '@/domain/audiences';
import { ensured } from '@/domain/errors';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { seedDemoCity } from '@/server/demo-city';
import type { Seen, ToLoad } from './headline/load';
import { FORMS, type Form, INSTALLATION_PARTS, startInstallation } from './installation';
import { ask, endChild, startChild } from './orders/children';
import { fillCarts, openAccounts, type Person } from './orders/town';
import { percentiles } from './percentiles';
import { usedByPart } from './processes';
import { COUNTING, countStatements, tellStatements } from './statements';

/**
 * The peak of a day of a million orders on one machine, load generator and database included: orders through
 * their whole life, drivers who tell their place every four seconds, customers who watch. Says what each
 * part uses of the processor, and what of the goals is kept; several rates are tried until one fits, each
 * with every form of installation that is named.
 * Run: npm run bench:headline [-- --minutes 1 --orders 60,30,15 --forms one,worker]
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    /** Orders a second; several: from the first on, until one fits. */
    orders: { type: 'string', default: '60' },
    drivers: { type: 'string', default: '5000' },
    customers: { type: 'string', default: '5000' },
    /** How the platform runs, see `installation`. */
    forms: { type: 'string', default: 'one,worker' },
    /** Prints which statements took longest; what counts them costs a little itself. */
    statements: { type: 'boolean', default: false },
    /** A disk that takes so long to say that something is written, milliseconds, 100 at the most. */
    'sync-ms': { type: 'string', default: '0' },
    /** Writes profiles of server and load into this folder. */
    profile: { type: 'string' },
  },
});
const MINUTES = Number(values.minutes);
/** Who flushes for all waits first: as a slow disk has it. */
const SLOW_DISK =
  values['sync-ms'] === '0' ? [] : [`commit_delay=${values['sync-ms']}000`, 'commit_siblings=0'];
const CARTS = 300;
/** Doors are so far from their kitchens that a driver gets there in the time that a step takes. */
const DOOR_M = 250;
/** Before it counts, so that as many orders are under way as stay. */
const WARM_UP_S = 40;
/** What is under way comes to its end within this, once nobody orders any more. */
const SETTLE_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** What was written so long ago and is on no screen is missing. */
const LATEST_FRAME_MS = 5_000;
const GOALS = { toOfferMs: 1_500, toFrameMs: 100 };
const SECRET = randomBytes(33).toString('base64url');
const PARTS = {
  ...INSTALLATION_PARTS,
  load: /headline\/load\.ts/,
  database: /postgres/,
};

/** Drivers who are online, each near a restaurant. */
async function putOnline(
  { sql }: Connection,
  people: Person[],
): Promise<(Person & { at: GeoPoint })[]> {
  const ids = people.map(({ id }) => id);
  await sql`SET session_replication_role = replica`;
  await sql`
    INSERT INTO drivers (user_id, zone_id, vehicle, online, online_since)
    SELECT id, (SELECT zone_id FROM restaurants ORDER BY id LIMIT 1), 'scooter', true, now()
    FROM unnest(${ids}::uuid[]) id`;
  const places = await sql<{ id: string; lat: number; lng: number }[]>`
    INSERT INTO driver_positions (driver_id, location, recorded_at, available, on_duty)
    SELECT p.id, ST_Project(r.location, 900 * sqrt(random()), 2 * pi() * random()), now(), true, true
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS p (id, n)
    JOIN (SELECT location, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS count FROM restaurants) r
      ON r.n = 1 + p.n % r.count
    RETURNING driver_id AS id, ST_Y(location::geometry) AS lat, ST_X(location::geometry) AS lng`;
  await sql`SET session_replication_role = origin`;
  await sql`ANALYZE`;
  const at = new Map(places.map(({ id, lat, lng }) => [id, { lat, lng }]));
  return people.map((person) => ({ ...person, at: ensured(at.get(person.id), 'a place') }));
}

/**
 * How many events customers should have been shown and were not, over all of them: up to the last that each got,
 * and of those after it what was written before `until`.
 */
async function countMissing(
  { db }: Connection,
  people: Person[],
  shown: Seen['events'],
  until: number,
): Promise<number> {
  let missing = 0;
  for (const [n, { id }] of people.entries()) {
    const { count = 0, last = '' } = shown[n] ?? {};
    const read = await readFeed(db, { customerId: id }, { xid: '0', position: '0' }, 100_000);
    const viewer = { userId: id, role: 'customer' as const, name: '' };
    const due = read.map(({ event }) => event).filter((event) => projectEvent(viewer, event));
    const end = due.findIndex((event) => event.id === last) + 1;
    const late = due.slice(end).filter(({ at }) => Date.parse(at) < until);
    missing += Math.abs(end - count) + late.length;
  }
  return missing;
}

async function measure(perSecond: number, form: Form): Promise<boolean> {
  const database = await startPostgres({
    durable: true,
    settings: [...(values.statements ? COUNTING : []), ...SLOW_DISK],
  });
  await migrate(database.url);
  await seedDemoCity(database.url);
  const connection = connect(database.url, { max: 2 });
  const { sql } = connection;
  await sql`UPDATE restaurants SET auto_accept = true, slot_capacity = 0, prep_minutes = 1`;
  const customers = await openAccounts(connection, 'customer', Number(values.customers), SECRET);
  const accounts = await openAccounts(connection, 'driver', Number(values.drivers), SECRET);
  const drivers = await putOnline(connection, accounts);
  const { profile } = values;
  const node = ['--expose-gc', ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])];
  const ours = await startInstallation(form, { databaseUrl: database.url, secret: SECRET, node });
  const url = `http://127.0.0.1:${ours.ports[0]}`;
  const doorAt = (kitchen: GeoPoint, n: number) =>
    destinationPoint(kitchen, (n * 67) % 360, DOOR_M);
  const carts = await fillCarts(url, CARTS, doorAt);
  const load = await startChild('bench/headline/load.ts', [], node);
  const tell = (message: ToLoad) => ask<Seen>(load.child, message);
  await tell({ ask: 'open', ports: ours.ports, customers, drivers });
  console.log(
    `\n${form}: ${perSecond} orders/s for ${MINUTES} min, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`,
  );

  await tell({ ask: 'order', carts, perSecond, seconds: WARM_UP_S });
  await tell({ ask: 'measure' });
  if (values.statements) await countStatements(sql);
  const before = usedByPart(PARTS);
  const startedAt = performance.now();
  const countedFrom = new Date().toISOString();
  const memory: number[] = [];
  const looking = setInterval(
    () => memory.push(usedByPart(PARTS).server.bytes / 1e6),
    LOOK_EVERY_MS,
  );
  await tell({ ask: 'order', carts, perSecond, seconds: MINUTES * 60 });
  clearInterval(looking);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = usedByPart(PARTS);
  if (values.statements) await tellStatements(sql, perSecond * seconds);
  const measured = await tell({ ask: 'seen' });

  let seen = measured;
  const giveUpAt = performance.now() + SETTLE_MS;
  while (seen.completed < seen.placed && performance.now() < giveUpAt) {
    await wait(1_000);
    seen = await tell({ ask: 'seen' });
  }
  // What follows the last step of an order, such as what is told of its money.
  const until = Date.now();
  await wait(LATEST_FRAME_MS);
  seen = await tell({ ask: 'seen' });
  await endChild(load.child);
  await ours.stop();
  const [stored] = await sql<{ orders: number; completed: number; events: number }[]>`
    SELECT count(*)::int AS orders, (count(*) FILTER (WHERE status = 'completed'))::int AS completed,
      (SELECT count(*) FROM events)::int AS events FROM orders`;
  const searched = await sql<{ ms: number }[]>`
    SELECT (extract(epoch FROM min(f.created_at) - o.placed_at) * 1000)::float8 AS ms
    FROM orders o JOIN offers f ON f.order_id = o.id WHERE o.placed_at >= ${countedFrom}::timestamptz
    GROUP BY o.id, o.placed_at`;
  const missing = await countMissing(connection, customers, seen.events, until);
  await connection.close();
  await database.stop();

  const toOffer = percentiles('order sent → offer at the driver’s screen', measured.toOffer);
  const toFrame = percentiles('status written → frame at the customer’s screen', measured.toFrame);
  const inDatabase = percentiles(
    'of that: order in the database → offer in the database',
    searched.map(({ ms }) => ms),
  );
  console.table([toOffer, inDatabase, toFrame]);
  const used = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => {
    const cores = (after[part].cpuSeconds - before[part].cpuSeconds) / seconds;
    return {
      part,
      cores: cores.toFixed(2),
      'ms an order': ((1_000 * cores) / perSecond).toFixed(1),
    };
  });
  console.table(used);
  const { orders = 0, completed = 0, events = 0 } = stored ?? {};
  const lost = seen.placed - orders;
  console.log(
    `orders answered ${seen.placed}, in the database ${orders}, completed ${completed}; events ${events}`,
  );
  console.log(
    `customers missed ${missing} events, ${seen.outOfOrder} came out of order or again; refused: ${seen.refused.map(([why, n]) => `${n} ${why}`).join(', ') || 'nothing'}`,
  );
  console.log(
    `positions sent ${seen.fixes}, courier’s places shown ${seen.places}; an order was sent ${measured.latestMs.toFixed(0)} ms late at worst`,
  );
  console.log(`servers’ memory, MB: ${memory.map((mb) => mb.toFixed(0)).join(' ')}`);
  const worst = (row: Record<string, string>) => Number.parseFloat(row.p99 ?? 'NaN');
  const fits =
    worst(toOffer) <= GOALS.toOfferMs &&
    worst(toFrame) <= GOALS.toFrameMs &&
    missing === 0 &&
    lost === 0 &&
    completed === seen.placed;
  console.log(`${form}: ${perSecond} orders/s ${fits ? 'fit' : 'do not fit'}.`);
  return fits;
}

const forms = FORMS.filter((form) => values.forms.split(',').includes(form));
for (const perSecond of values.orders.split(',').map(Number)) {
  let fits = false;
  for (const form of forms) fits = (await measure(perSecond, form)) || fits;
  if (fits) break;
}
