import { parseArgs } from 'node:util';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { cuisinesNear, placesNear } from '@/db/queries/nearby';
import { lookUpWords } from '@/db/queries/search';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { ensured } from '@/domain/errors';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { readWords } from '@/domain/search-words';
import { fillWithRestaurants } from './many-restaurants';
import { percentiles } from './percentiles';
import { CLOCK_SETTINGS, ServerClock } from './server-clock';

/**
 * How long the database takes to find what delivers to a point, among a million restaurants: on a real
 * PostgreSQL with fsync, in a database of its own. Times are those of the server's clock, and the caller's,
 * with round trips to loopback and reading the rows. Run: npm run bench:nearby
 * With `--url` in that database, which is filled if it is empty, and left as it is; its server needs the
 * settings of `ServerClock`. `--only nearest` measures what begins so.
 */

const { values } = parseArgs({
  options: {
    restaurants: { type: 'string', default: '1000000' },
    queries: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
    url: { type: 'string' },
  },
});
const QUERIES = Number(values.queries);
const WARM_UP = 300;
/** A page, and one more that says whether there is another. */
const PAGE = 13;
const random = seededRandom(7);

type Door = { at: GeoPoint; cuisine: string; name: string; dish: string };

/** Doors where people live: within a kilometre or so of a restaurant, and something to look for there. */
async function chooseDoors({ sql }: Connection, count: number): Promise<Door[]> {
  const rows = await sql<
    { lat: number; lng: number; cuisine: string; name: string; dish: string }[]
  >`
    SELECT ST_Y(location::geometry) AS lat, ST_X(location::geometry) AS lng, cuisine, name,
      (SELECT i.name FROM menu_items i WHERE i.restaurant_id = r.id ORDER BY position LIMIT 1) AS dish
    FROM restaurants r TABLESAMPLE BERNOULLI (${Math.min(100, (count * 300) / Number(values.restaurants))})
    ORDER BY random() LIMIT ${count}`;
  return rows.map(({ lat, lng, ...rest }) => ({
    ...rest,
    at: destinationPoint({ lat, lng }, random() * 360, random() * 1_500),
  }));
}

const WEEK_MS = 7 * 86_400_000;

/** Any moment of a week: by night most are closed. */
const anyMoment = () => new Date(Date.UTC(2026, 10, 16) + random() * WEEK_MS);

type Query = Parameters<typeof placesNear>[1];

const firstPage = (door: Door, change: Partial<Query> = {}): Query => ({
  at: door.at,
  moment: anyMoment(),
  openOnly: false,
  sort: 'nearest',
  words: null,
  after: null,
  limit: PAGE,
  ...change,
});

/** Two of the letters swapped, as fingers do. */
const mistyped = (word: string) =>
  word.length < 4 ? word : `${word.slice(0, 1)}${word[2]}${word[1]}${word.slice(3)}`;

/** What there is to time, once it is prepared. */
type Timed = () => Promise<unknown>;
type Asked = Pick<Connection, 'db'>;

const search =
  (typedOf: (door: Door) => string) =>
  ({ db }: Asked, door: Door): Timed =>
  async () => {
    const words = readWords(await lookUpWords(db, typedOf(door)));
    if (words) await placesNear(db, firstPage(door, { sort: 'match', words }));
  };

const page =
  (changeOf: (door: Door) => Partial<Query>) =>
  ({ db }: Asked, door: Door): Timed => {
    const query = firstPage(door, changeOf(door));
    return () => placesNear(db, query);
  };

async function fifthPage({ db }: Asked, door: Door): Promise<Timed> {
  const query = firstPage(door);
  const after = (await placesNear(db, { ...query, limit: PAGE * 4 })).at(-1) ?? null;
  return () => placesNear(db, { ...query, after });
}

const first = (text: string) => text.split(' ')[0] ?? text;

const MEASURED: Record<string, (asked: Asked, door: Door) => Timed | Promise<Timed>> = {
  'nearest first, first page': page(() => ({})),
  'nearest first, fifth page': fifthPage,
  'nearest of a cuisine': page(({ cuisine }) => ({ cuisine })),
  'nearest pharmacies': page(() => ({ kind: 'pharmacy' })),
  'best rated first': page(() => ({ sort: 'rating' })),
  'fastest first': page(() => ({ sort: 'fastest' })),
  'lowest fee first': page(() => ({ sort: 'fee' })),
  'cuisines here':
    ({ db }, door) =>
    () =>
      cuisinesNear(db, door.at),
  'words: a name': search(({ name }) => name),
  'words: a cuisine': search(({ cuisine }) => cuisine),
  'words: a dish': search(({ dish }) => dish),
  'words: a dish, mistyped': search(({ dish }) => mistyped(first(dish))),
};

async function measure(clock: ServerClock, doors: readonly Door[]) {
  const rows = [];
  for (const [title, prepare] of Object.entries(MEASURED)) {
    if (!title.startsWith(values.only)) continue;
    const atCaller: number[] = [];
    for (const [n, door] of doors.entries()) {
      if (n === WARM_UP) await clock.start();
      const timed = await prepare(clock, door);
      const startedAt = performance.now();
      await clock.lap(timed);
      if (n >= WARM_UP) atCaller.push(performance.now() - startedAt);
    }
    rows.push(percentiles(`${title}: in the database`, await clock.stop()));
    console.log(JSON.stringify(rows.at(-1)));
    rows.push(percentiles(`${title}: at the caller`, atCaller));
  }
  return rows;
}

/** Fills the database at `url` unless it has places, and measures it. */
async function run(url: string) {
  await migrate(url);
  const connection = connect(url, { max: 1 });
  const [filled] = await connection.sql`SELECT FROM restaurants LIMIT 1`;
  if (!filled) {
    const startedAt = performance.now();
    await fillWithRestaurants(connection.sql, Number(values.restaurants));
    console.log(`filled in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
  const [size] = await connection.sql<{ heap: string; indexes: string; places: number }[]>`
    SELECT pg_size_pretty(pg_table_size('restaurants') + pg_table_size('restaurant_search')) AS heap,
      pg_size_pretty(pg_indexes_size('restaurants') + pg_indexes_size('restaurant_search')) AS indexes,
      (SELECT count(*)::int FROM restaurants) AS places`;
  console.log(ensured(size, 'the sizes'));
  const doors = await chooseDoors(connection, QUERIES + WARM_UP);
  await connection.close();
  const clock = ServerClock.open(url);
  console.table(await measure(clock, doors));
  await clock.close();
}

const DATABASE = 'hotfoot_bench_nearby';

/** In a database that is gone afterwards, on a server of a size that holds what is searched. */
async function runInPassing() {
  const server = await startPostgres({
    durable: true,
    settings: ['shared_buffers=2GB', ...CLOCK_SETTINGS],
  });
  try {
    await createDatabase(server.url, DATABASE);
    await run(databaseUrl(server.url, DATABASE));
  } finally {
    await dropDatabase(server.url, DATABASE);
    await server.stop();
  }
}

await (values.url ? run(values.url) : runInPassing());
