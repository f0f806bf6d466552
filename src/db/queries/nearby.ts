import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { ANSWER_MINUTES, PICKUP_LEAD_MINUTES, rideMinutes } from '@/domain/eta';
import type { GeoPoint } from '@/domain/geo';
import type { CuisineHere, NearbySort, PlaceKind, RestaurantImage } from '@/domain/restaurant';
import { MATCH_TIERS, type ReadWord, toTsquery } from '@/domain/search-words';
import {
  type Found,
  inPlaneOrder,
  planeDistance,
  planeDoor,
  READ,
  type Reading,
  readSurely,
} from './plane-order';

/** Where a row stands in its list: by `rank`, then `key`, then distance, then id. */
export type Place = { rank: number; key: number; distanceM: number; id: string };
type NearbyRow = Place & { restaurant: RestaurantImage };

type NearbyQuery = {
  at: GeoPoint;
  /** Open or closed as of this moment. */
  moment: Date;
  kind?: PlaceKind;
  cuisine?: string;
  /** No farther from the point than this, metres. */
  radiusM?: number;
  openOnly: boolean;
  sort: NearbySort;
  words: readonly ReadWord[] | null;
  /** Rows after this one; null from the start. */
  after: Place | null;
  limit: number;
};

/** Orders other than by distance look at so many of the nearest places. */
const POOL = 400;
const SHOPS_POOL = 60;

/** Read once, as it comes in: what is built in the statement is built again for every row. */
const doorAt = ({ lat, lng }: GeoPoint) => sql`${`SRID=4326;POINT(${lng} ${lat})`}::geography`;

/** Places of `r` that deliver to the door. The first line is served by an index, the second is exact. */
const delivering = (at: GeoPoint) => sql`
  mercator_reach(r.location, r.delivery_radius_m, r.delivery_area) && ${planeDoor(at).box}
  AND delivers_to(r, ${doorAt(at)})`;

/** Literals: with a parameter the planner could not prove that a partial index holds the rows. */
const KINDS: Record<PlaceKind, SQL> = {
  restaurant: sql`r.kind = 'restaurant'`,
  grocery: sql`r.kind = 'grocery'`,
  pharmacy: sql`r.kind = 'pharmacy'`,
};

const narrowed = ({
  at,
  kind,
  cuisine,
  radiusM,
}: Pick<NearbyQuery, 'at' | 'kind' | 'cuisine' | 'radiusM'>) => sql`
  ${radiusM === undefined ? sql`` : sql`AND ST_DWithin(r.location, ${doorAt(at)}, ${radiusM}::float8, false)`}
  ${kind ? sql`AND ${KINDS[kind]}` : sql``}
  ${cuisine ? sql`AND r.cuisine <> '' AND r.cuisine = ${cuisine}` : sql``}`;

const openAt = (moment: Date) => sql`open_at(r, ${moment.toISOString()}::timestamptz)`;

const KEYS: Record<Exclude<NearbySort, 'match'>, SQL> = {
  nearest: sql`dist`,
  fastest: sql`greatest(prep_minutes + ${ANSWER_MINUTES}::float8, ${PICKUP_LEAD_MINUTES}::float8)
    + dist * ${rideMinutes(1)}::float8`,
  rating: sql`-coalesce(rating, 0)::float8`,
  fee: sql`delivery_fee_base + round(delivery_fee_per_km * greatest(dist - 1000, 0) / 1000)`,
};

/** Places with the rank, key and distance that `page` chose, read in full. */
const inFull = (page: SQL) => sql`
  SELECT restaurant_image(r) AS restaurant, page.rank, page.key, page.dist AS "distanceM", page.id,
    page.read, page.farthest, page.edge
  FROM (${page}) page JOIN restaurants r ON r.id = page.id
  ORDER BY page.rank, page.key, page.dist, page.id`;

const RANKS = { open: 0, closed: 1 } as const;

/**
 * The nearest that are open (or closed), in the order of the index, which stops as soon as it has enough.
 * Ties come whole and are cut afterwards: several kitchens may share one roof.
 */
const nearestPage = (
  query: NearbyQuery,
  state: keyof typeof RANKS,
  after: Place | null,
  reading: Reading,
) => {
  const door = doorAt(query.at);
  return inFull(sql`
    SELECT ${RANKS[state]}::int AS rank, dist AS key, dist, id, ${READ}, dist AS edge
    FROM (
      SELECT r.id, r.location <-> ${door} AS dist, ${planeDistance(query.at)} AS flat FROM restaurants r
      WHERE ${delivering(query.at)} ${narrowed(query)}
        AND ${openAt(query.moment)} = ${state === 'open'}
        ${after ? sql`AND (r.location <-> ${door}, r.id) > (${after.distanceM}::float8, ${after.id}::uuid)` : sql``}
      ${inPlaneOrder(query.at, reading)}) nearest
    ORDER BY dist, id LIMIT ${query.limit}`);
};

/** Everything is read, ranked and cut: for orders that no index has, over a bounded number of places. */
const rankedPage = ({ sort, openOnly, after, limit }: NearbyQuery, pool: SQL) => {
  // Who looks for a place by its name wants to see that it is closed.
  const rank =
    sort === 'match'
      ? sql`CASE WHEN tier = 0 THEN 0 WHEN open THEN 1 ELSE 2 END`
      : sql`CASE WHEN open THEN 0 ELSE 1 END`;
  const key = sort === 'match' ? sql`tier::float8` : KEYS[sort];
  return inFull(sql`
    SELECT rank, key, dist, id, read, farthest, edge
    FROM (SELECT ${rank} AS rank, ${key} AS key, dist, id, read, farthest, edge FROM (${pool}) pool
      ${openOnly ? sql`WHERE open` : sql``}) ranked
    ${after ? sql`WHERE (rank, key, dist, id) > (${after.rank}::int, ${after.key}::float8, ${after.distanceM}::float8, ${after.id}::uuid)` : sql``}
    ORDER BY rank, key, dist, id LIMIT ${limit}`);
};

const columns = (door: SQL, moment: Date) => sql`
  r.id, r.location <-> ${door} AS dist, ${openAt(moment)} AS open, r.prep_minutes, r.rating,
  r.delivery_fee_base, r.delivery_fee_per_km`;

const nearestPool = (query: NearbyQuery, reading: Reading) => sql`
  SELECT *, max(dist) OVER () AS edge
  FROM (SELECT *, ${READ}
    FROM (SELECT ${columns(doorAt(query.at), query.moment)}, 0 AS tier, ${planeDistance(query.at)} AS flat
      FROM restaurants r WHERE ${delivering(query.at)} ${narrowed(query)}
      ${inPlaneOrder(query.at, reading)}) candidates
    ORDER BY dist LIMIT ${POOL}) nearest`;

/** The best part that all words were found in: 0 the name, then cuisine, dishes, descriptions. */
const tierOf = (words: readonly ReadWord[]) => sql`CASE
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[0] })}::tsquery THEN 0
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[1] })}::tsquery THEN 1
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[2] })}::tsquery THEN 2
  ELSE 3 END`;

const matchingPool = (query: NearbyQuery, words: readonly ReadWord[]) => {
  const door = doorAt(query.at);
  return sql`SELECT ${columns(door, query.moment)}, ${tierOf(words)} AS tier,
      0 AS read, 0::float8 AS farthest, 0::float8 AS edge
    FROM restaurant_search s JOIN restaurants r ON r.id = s.restaurant_id
    WHERE s.reach && ${door} AND s.document @@ ${toTsquery(words)}::tsquery
      AND delivers_to(r, ${door}) ${narrowed(query)}`;
};

type Reckoned = NearbyRow & { read: number; farthest: number; edge: number };

/** What a statement's rows say of what was read for them; `none` where there are no rows to say it. */
function foundBy(rows: Reckoned[], none: Pick<Found<unknown>, 'read' | 'edgeM'>): Found<NearbyRow> {
  const { read = none.read, farthest = 0 } = rows[0] ?? {};
  return {
    rows: rows.map(({ restaurant, rank, key, distanceM, id }) => ({
      restaurant,
      rank,
      key,
      distanceM,
      id,
    })),
    read,
    farthest,
    edgeM: rows.at(-1)?.edge ?? none.edgeM,
  };
}

/** Nobody is there to be missed. */
const NOBODY = { read: 0, edgeM: 0 };
/** Some may have been read and left out again. */
const UNKNOWN = { read: POOL * POOL, edgeM: Number.POSITIVE_INFINITY };

/** One page of the places that deliver to a point. */
export async function placesNear(db: Queryable, query: NearbyQuery): Promise<NearbyRow[]> {
  const rows = async (page: SQL) => [...(await db.execute<Reckoned>(page))];
  if (query.words) {
    return foundBy(await rows(rankedPage(query, matchingPool(query, query.words))), NOBODY).rows;
  }
  if (query.sort !== 'nearest') {
    return readSurely(query.at, POOL, async (reading) =>
      foundBy(await rows(rankedPage(query, nearestPool(query, reading))), UNKNOWN),
    );
  }
  const { at, after, limit, openOnly } = query;
  const nearest = (state: keyof typeof RANKS, from: Place | null, most: number) =>
    readSurely(at, limit, async (reading) =>
      foundBy(await rows(nearestPage({ ...query, limit: most }, state, from, reading)), NOBODY),
    );
  const open = after && after.rank > RANKS.open ? [] : await nearest('open', after, limit);
  if (open.length === limit || openOnly) return open;
  const left = limit - open.length;
  return [...open, ...(await nearest('closed', after?.rank === RANKS.closed ? after : null, left))];
}

/** The cuisines and kinds of shops among the nearest places that deliver to a point, frequent ones first. */
export async function cuisinesNear(db: Queryable, at: GeoPoint): Promise<CuisineHere[]> {
  const nearest = (kind: SQL, limit: number) =>
    readSurely(at, limit, async (reading) => {
      const [found] = await db.execute<Omit<Found<unknown>, 'rows'> & { here: CuisineHere[] }>(sql`
        WITH candidates AS (
          SELECT r.kind, r.cuisine, r.location <-> ${doorAt(at)} AS dist, ${planeDistance(at)} AS flat
          FROM restaurants r WHERE ${delivering(at)} AND ${kind} ${inPlaneOrder(at, reading)}),
        nearest AS (SELECT * FROM candidates ORDER BY dist LIMIT ${limit})
        SELECT (SELECT count(*)::int FROM candidates) AS read,
          (SELECT coalesce(max(flat), 0) FROM candidates) AS farthest,
          (SELECT coalesce(max(dist), 0) FROM nearest) AS "edgeM",
          (SELECT coalesce(jsonb_agg(here), '[]') FROM (
            SELECT kind, cuisine, count(*)::int AS places FROM nearest GROUP BY kind, cuisine) here) AS here`);
      return {
        rows: found?.here ?? [],
        read: found?.read ?? 0,
        farthest: found?.farthest ?? 0,
        edgeM: found?.edgeM ?? 0,
      };
    });
  const here = await Promise.all([
    nearest(KINDS.restaurant, POOL),
    nearest(sql`r.kind <> 'restaurant'`, SHOPS_POOL),
  ]);
  return here.flat().sort((a, b) => b.places - a.places || (a.cuisine < b.cuisine ? -1 : 1));
}

/** Whether a restaurant delivers to a door: inside its area if it has drawn one, else its radius. */
export async function deliversTo(
  db: Queryable,
  restaurantId: string,
  door: GeoPoint,
): Promise<boolean> {
  const [row] = await db.execute<{ delivers: boolean }>(sql`
    SELECT delivers_to(r, ${doorAt(door)}) AS delivers FROM restaurants r
    WHERE r.id = ${restaurantId}`);
  return row?.delivers ?? false;
}
