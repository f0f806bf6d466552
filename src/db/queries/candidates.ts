import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { BusyDriver, KnownCandidate } from '@/domain/dispatch/attempt';
import type { Vehicle } from '@/domain/driver';
import { usualPace } from '@/domain/eta';
import type { GeoPoint } from '@/domain/geo';
import { planeDistanceWithin, toPlane } from '@/domain/mercator';

/** What is asked about one delivery: who is near its pickup, and what its search knows of them. */
export type CandidateSearch = {
  deliveryId: string;
  pickup: GeoPoint;
  radiusM: number;
  /** `deliveries.empty_rounds`. */
  round: number;
  searchStartedAt: Date;
  avoidDriverId: string | null;
};

/** How many drivers to read in the order of the plane, or everybody who is available. */
type Reading = number | 'everybody';

/** Refusals count for so long. */
const REFUSALS_COUNT = sql`interval '2 hours'`;
/** A habit is judged by at least so many offers. */
const GOOD_FAITH = sql`4`;
/** A little more than the globe and the ellipsoid disagree. */
const RADIUS_MARGIN = 1.01;

const travelSeconds = (distanceM: number, vehicle: Vehicle): number =>
  distanceM / usualPace(vehicle);

/** How many are wanted of each search, of how many that are read, and the clock. */
type Look = { wanted: number; reading?: number; now: Date };

/**
 * The searches as rows `s`, with all there is to know in one parameter. So the statement is the same for any
 * number of them, and its plan does not depend on the values: it is kept, where numbers that the planner can
 * see made it plan anew each time, which took longer than the search.
 */
function asRows(
  searches: readonly (CandidateSearch & { among?: readonly string[] })[],
  look: Look,
): SQL {
  const rows = searches.map(({ pickup, among, ...search }, n) => {
    const { deliveryId, radiusM, round, searchStartedAt: since, avoidDriverId } = search;
    const known = { delivery_id: deliveryId, round, since, avoid: avoidDriverId };
    return { n, ...pickup, ...toPlane(pickup), radius_m: radiusM, ...known, among, ...look };
  });
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS s (n int, lng float8, lat float8,
    x float8, y float8, radius_m float8, delivery_id uuid, round int, since timestamptz, avoid uuid,
    among uuid[], wanted int, reading bigint, now timestamptz)`;
}

const PICKUP = sql`ST_MakePoint(s.lng, s.lat)::geography`;
/** How far `p` is on the plane, as the indexes have it. */
const FLAT = sql`mercator(p.location) <-> point(s.x, s.y)`;
const LOAD = sql`(SELECT count(*)::int FROM deliveries v WHERE v.driver_id = near.driver_id AND v.status IN
  ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning'))`;
const NAME = sql`(SELECT u.name FROM users u WHERE u.id = near.driver_id)`;
const ofDriver = (column: SQL) =>
  sql`(SELECT d.${column} FROM drivers d WHERE d.user_id = near.driver_id)`;
const POSITION_AGE = sql`extract(epoch FROM s.now - near.recorded_at)::float8`;

type Row = Omit<KnownCandidate, 'travelSeconds'> & {
  n: number;
  vehicle: Vehicle;
  within: boolean;
  /** How many were read; the farthest of them on the plane; the last of those wanted, on the globe. */
  read: number;
  farthest: number;
  edgeM: number | null;
};

/**
 * The nearest `wanted` of `pool` for each search, nearest first. Names and the like are subselects: joins
 * of many searches would be hashed, with a look at everybody.
 */
async function readNear(
  db: Queryable,
  searches: Parameters<typeof asRows>[0],
  pool: SQL,
  look: Look,
): Promise<Row[][]> {
  const rows = await db.execute<Row>(sql`
    SELECT s.n, near.driver_id AS "driverId", near.distance_m AS "distanceM",
      ${NAME} AS name, ${ofDriver(sql`vehicle`)} AS vehicle, ${POSITION_AGE} AS "positionAgeSeconds",
      ST_DWithin(near.location, ${PICKUP}, s.radius_m) AS within, near.read, near.farthest, near.edge AS "edgeM",
      coalesce(near.driver_id = s.avoid, false) OR
      EXISTS (SELECT FROM offers f WHERE f.delivery_id = s.delivery_id
        AND f.driver_id = near.driver_id AND f.status = 'declined' AND f.created_at >= s.since) AS "declined",
      EXISTS (SELECT FROM offers f WHERE f.delivery_id = s.delivery_id
        AND f.driver_id = near.driver_id AND f.status = 'expired' AND f.round = s.round
        AND f.created_at >= s.since) AS "expiredThisRound",
      ${LOAD} AS load,
      (SELECT (count(*) FILTER (WHERE f.status IN ('declined', 'expired')))::float8
          / (count(*) + ${GOOD_FAITH}) FROM offers f
        WHERE f.driver_id = near.driver_id AND f.created_at > s.now - ${REFUSALS_COUNT}) AS "refusalShare"
    FROM ${asRows(searches, look)}
    CROSS JOIN LATERAL (
      SELECT p.*, count(*) OVER ()::int AS read, max(p.flat) OVER () AS farthest,
        row_number() OVER nearest AS place, nth_value(p.distance_m, s.wanted) OVER nearest AS edge
      FROM (SELECT p.driver_id, p.recorded_at, p.location, ${FLAT} AS flat,
        p.location <-> ${PICKUP} AS distance_m FROM driver_positions p WHERE ${pool}) p
      WINDOW nearest AS (ORDER BY p.distance_m, p.driver_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ) near
    WHERE near.place <= s.wanted
    ORDER BY s.n, near.place`);
  const found: Row[][] = searches.map(() => []);
  for (const row of rows) found[row.n]?.push(row);
  return found;
}

const toCandidates = (rows: readonly Row[]): KnownCandidate[] =>
  rows
    .filter(({ within }) => within)
    .map(({ n: _, within: __, read: ___, farthest: ____, edgeM: _____, vehicle, ...row }) => ({
      ...row,
      travelSeconds: travelSeconds(row.distanceM, vehicle),
    }));

/**
 * Those read in the order of the index. How many stands in a query of its own, so that the planner takes them for
 * many and goes by the index: see `inPlaneOrder`.
 */
const IN_PLANE_ORDER = sql`p.available ORDER BY ${FLAT} FETCH FIRST (SELECT s.reading) ROWS ONLY`;

/** Whether nobody who was not read can be nearer than the last of those wanted; see `readSurely`. */
function isSure(
  { pickup, radiusM }: CandidateSearch,
  [first]: readonly Row[],
  reading: Reading,
): boolean {
  if (reading === 'everybody' || !first || first.read < reading) return true;
  const edgeM = Math.min(first.edgeM ?? Number.POSITIVE_INFINITY, radiusM * RADIUS_MARGIN);
  return first.farthest > planeDistanceWithin(pickup, edgeM);
}

/**
 * The nearest available drivers within the radius of each search, `limit` of them at the most, nearest first, with
 * what the search already knows of each. By KNN on the index `driver_positions_free`, of which a few more are read
 * than are wanted: its order is that of the plane, nearly that of the globe.
 */
export async function nearestCandidates(
  db: Queryable,
  searches: readonly CandidateSearch[],
  limit: number,
  now: Date,
): Promise<KnownCandidate[][]> {
  const found: Row[][] = searches.map(() => []);
  let left = searches.map((search, n) => ({ search, n }));
  for (const reading of [limit + 4 + Math.ceil(limit / 20), 4 * limit, 'everybody'] as const) {
    if (left.length === 0) break;
    const asked = left.map(({ search }) => search);
    const rows =
      reading === 'everybody'
        ? await readNear(db, asked, sql`p.available`, { wanted: limit, now })
        : await readNear(db, asked, IN_PLANE_ORDER, { wanted: limit, reading, now });
    left = left.filter(({ search, n }, at) => {
      found[n] = rows[at] ?? [];
      return !isSure(search, found[n], reading);
    });
  }
  return found.map(toCandidates);
}

/** As `nearestCandidates`, of some drivers alone. */
export async function candidatesAmong(
  db: Queryable,
  searches: readonly (CandidateSearch & { among: readonly string[] })[],
  limit: number,
  now: Date,
): Promise<KnownCandidate[][]> {
  if (searches.length === 0) return [];
  const pool = sql`p.driver_id = ANY (s.among) AND p.available`;
  return (await readNear(db, searches, pool, { wanted: limit, now })).map(toCandidates);
}

/**
 * On duty near each pickup, within the radius, but with no room or no time for another question: the nearest
 * `limit` of the plane. Uses `driver_positions_busy`.
 */
export async function busyNear(
  db: Queryable,
  searches: readonly CandidateSearch[],
  limit: number,
  now: Date,
): Promise<BusyDriver[][]> {
  type Busy = Omit<BusyDriver, 'travelSeconds'> & { n: number; vehicle: Vehicle };
  const rows = await db.execute<Busy>(sql`
    SELECT s.n, near.driver_id AS "driverId", near.distance_m AS "distanceM", ${NAME} AS name,
      ${ofDriver(sql`vehicle`)} AS vehicle, ${ofDriver(sql`capacity`)} AS capacity,
      ${POSITION_AGE} AS "positionAgeSeconds", ${LOAD} AS load, NULL::float8 AS "refusalShare",
      EXISTS (SELECT FROM offers f WHERE f.driver_id = near.driver_id AND f.status = 'pending') AS asked
    FROM ${asRows(searches, { wanted: limit, now })}
    CROSS JOIN LATERAL (
      SELECT p.driver_id, p.recorded_at, p.location <-> ${PICKUP} AS distance_m FROM driver_positions p
      WHERE p.on_duty AND NOT p.available ORDER BY ${FLAT} FETCH FIRST (SELECT s.wanted) ROWS ONLY
    ) near
    WHERE near.distance_m <= s.radius_m`);
  const found: BusyDriver[][] = searches.map(() => []);
  for (const { n, vehicle, ...row } of rows) {
    found[n]?.push({ ...row, travelSeconds: travelSeconds(row.distanceM, vehicle) });
  }
  return found;
}
