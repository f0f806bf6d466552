import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { availableDrivers } from '@/db/queries/available-drivers';
import { nearestCandidates } from '@/db/queries/candidates';
import { planeDoor } from '@/db/queries/plane-order';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { GeoGrid } from '@/domain/geo-grid';
import { seededRandom } from '@/domain/random';
import { CENTRE, fillWithDrivers } from './many-drivers';
import { percentiles } from './percentiles';
import { CLOCK_SETTINGS, ServerClock } from './server-clock';

/**
 * Finding the drivers near a pickup among 100,000 while nobody moves, then while 2,000 of them move every
 * second: by PostGIS, and by the index in memory. On a real PostgreSQL with fsync; times of PostGIS are
 * those of the server's clock, and the caller's, with one round trip to loopback. Run: npm run bench:knn
 */
const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '100000' },
    moves: { type: 'string', default: '2000' },
    queries: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '5' },
  },
});
const SECONDS = Number(values.seconds);
const WARM_UP = 300;
const LIMIT = 10;
const RADIUS_M = 8_000;
const random = seededRandom(7);
const NOBODY = '00000000-0000-7000-8000-000000000000';

type Searched = Pick<Connection, 'db'>;

/** A pickup where the drivers are: denser in the middle. */
const aPickup = (): GeoPoint => destinationPoint(CENTRE, random() * 360, random() * 12_000);

const candidates = async ({ db }: Searched, pickup: GeoPoint) => {
  const now = new Date();
  const search = { deliveryId: NOBODY, pickup, radiusM: RADIUS_M, round: 0, avoidDriverId: null };
  const [found] = await nearestCandidates(db, [{ ...search, searchStartedAt: now }], LIMIT, now);
  return found ?? [];
};

/** Nothing but the neighbours: what the index in memory does. Numbers as literals, so that its plan is kept. */
const neighbours = ({ db }: Searched, at: GeoPoint) => {
  const pickup = sql`ST_MakePoint(${at.lng}, ${at.lat})::geography`;
  return db.execute<{ id: string }>(sql`
    WITH nearest AS MATERIALIZED (
      SELECT driver_id AS id, location, location <-> ${pickup} AS distance_m
      FROM (SELECT driver_id, location FROM driver_positions p WHERE available
        ORDER BY mercator(p.location) <-> ${planeDoor(at).point} LIMIT ${sql.raw(`${LIMIT + 5}`)}) p
      ORDER BY location <-> ${pickup} LIMIT ${sql.raw(`${LIMIT}`)})
    SELECT id FROM nearest WHERE ST_DWithin(location, ${pickup}, ${sql.raw(`${RADIUS_M}`)})`);
};

type Search = (searched: Searched, pickup: GeoPoint) => Promise<unknown>;

async function latency(clock: ServerClock, search: Search, title: string) {
  for (let n = 0; n < WARM_UP; n += 1) await search(clock, aPickup());
  const atCaller: number[] = [];
  await clock.start();
  for (let n = 0; n < Number(values.queries); n += 1) {
    const pickup = aPickup();
    const startedAt = performance.now();
    await clock.lap(() => search(clock, pickup));
    atCaller.push(performance.now() - startedAt);
  }
  return [
    percentiles(`${title}: in the database`, await clock.stop(), 2),
    percentiles(`${title}: at the caller`, atCaller, 2),
  ];
}

const latencies = async (clock: ServerClock, when: string) => [
  ...(await latency(clock, candidates, `candidates, with refusals and names, ${when}`)),
  ...(await latency(clock, neighbours, `neighbours alone, ${when}`)),
];

/** Searches a second over so many connections, each asking as soon as it is answered. */
async function throughput(url: string, search: Search, connections: number): Promise<number> {
  const open = Array.from({ length: connections }, () => connect(url, { max: 1 }));
  const until = performance.now() + SECONDS * 1_000;
  let done = 0;
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() < until) {
        await search(connection, aPickup());
        done += 1;
      }
      await connection.close();
    }),
  );
  return done / SECONDS;
}

async function gridOf({ db }: Connection): Promise<GeoGrid> {
  const grid = new GeoGrid();
  for (const { driverId, at } of await availableDrivers(db)) grid.set(driverId, at);
  return grid;
}

/** Searches a second of one core in memory, with the moves of that second among them. */
async function throughputInMemory(connection: Connection) {
  const grid = await gridOf(connection);
  const places = (await availableDrivers(connection.db)).map(({ driverId: id, at }) => ({
    id,
    at,
  }));
  const perSecond = Number(values.moves);
  const pickups = Array.from({ length: 10_000 }, aPickup);
  const taken: number[] = [];
  const startedAt = performance.now();
  let moves = 0;
  let searches = 0;
  for (let now = startedAt; now - startedAt < SECONDS * 1_000; now = performance.now()) {
    for (; moves < ((now - startedAt) / 1_000) * perSecond; moves += 1) {
      const place = places[Math.floor(random() * places.length)];
      if (!place) continue;
      place.at = destinationPoint(place.at, random() * 360, 30);
      grid.set(place.id, place.at);
    }
    for (let n = 0; n < 100; n += 1) {
      const pickup = pickups[searches % pickups.length] ?? CENTRE;
      grid.nearest(pickup, LIMIT, RADIUS_M);
      searches += 1;
    }
    taken.push((performance.now() - now) / 100);
  }
  return { perSecond: searches / SECONDS, moves: moves / SECONDS, taken };
}

/** At rest: how many of so many searches answer otherwise than PostGIS, in members or in order. */
async function differences(connection: Connection, count: number): Promise<number> {
  const grid = await gridOf(connection);
  let differ = 0;
  for (let n = 0; n < count; n += 1) {
    const pickup = aPickup();
    const inMemory = grid.nearest(pickup, LIMIT, RADIUS_M).map(({ id }) => id);
    const byPostgis = (await candidates(connection, pickup)).map(({ driverId }) => driverId);
    if (inMemory.join() !== byPostgis.join()) differ += 1;
  }
  return differ;
}

function startMover(url: string): ChildProcess {
  const script = ['--import', 'tsx', 'bench/knn-mover.ts', url, values.moves];
  return spawn(process.execPath, script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

const DATABASE = 'hotfoot_bench_knn';
const server = await startPostgres({ durable: true, settings: CLOCK_SETTINGS });
const url = databaseUrl(server.url, DATABASE);
try {
  await createDatabase(server.url, DATABASE);
  await migrate(url);
  const connection = connect(url, { max: 1 });
  await fillWithDrivers(connection.sql, Number(values.drivers));
  const clock = ServerClock.open(url);
  const atRest = await latencies(clock, 'nobody moves');
  const mover = startMover(url);
  await once(mover, 'message');
  console.table([...atRest, ...(await latencies(clock, `${values.moves} move a second`))]);
  await clock.close();
  const byPostgis: Record<string, number> = {};
  for (const connections of [1, 2, 4]) {
    byPostgis[`candidates, ${connections} connections`] = await throughput(
      url,
      candidates,
      connections,
    );
    byPostgis[`neighbours, ${connections} connections`] = await throughput(
      url,
      neighbours,
      connections,
    );
  }
  const inMemory = await throughputInMemory(connection);
  const ended = once(mover, 'message');
  mover.send('stop');
  const [{ moved, seconds }] = await ended;
  console.log(`moves going on in the database: ${Math.round(moved / seconds)} a second`);
  console.table(
    Object.entries(byPostgis).map(([measured, perSecond]) => ({
      ...{ measured: `PostGIS: ${measured}`, 'a second': Math.round(perSecond) },
      'in memory is': `${(inMemory.perSecond / perSecond).toFixed(1)} ×`,
    })),
  );
  console.log(
    `in memory: ${Math.round(inMemory.perSecond)} a second on one core beside ${Math.round(inMemory.moves)} moves;`,
    `${((1e6 * SECONDS) / (inMemory.perSecond * SECONDS)).toFixed(1)} µs each`,
  );
  const differ = await differences(connection, 2_000);
  console.log(`at rest, of 2,000 searches ${differ} answer otherwise than PostGIS`);
  await connection.close();
} finally {
  await dropDatabase(server.url, DATABASE);
  await server.stop();
}
