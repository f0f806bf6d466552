import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { ANSWER_MINUTES, PICKUP_LEAD_MINUTES, rideMinutes } from '@/domain/eta';
import type { GeoPoint } from '@/domain/geo';
import type { CuisineHere, NearbySort, PlaceKind, RestaurantImage } from '@/domain/restaurant';
import { MATCH_TIERS, type ReadWord, toTsquery } from '@/domain/search-words';

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
const delivering = (door: SQL) => sql`
  reach(r.location, r.delivery_radius_m, r.delivery_area) && ${door}
  AND delivers_to(r, ${door})`;

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
  SELECT restaurant_image(r) AS restaurant, page.rank, page.key, page.dist AS "distanceM", page.id
  FROM (${page}) page JOIN restaurants r ON r.id = page.id
  ORDER BY page.rank, page.key, page.dist, page.id`;

const RANKS = { open: 0, closed: 1 } as const;

/**
 * The nearest that are open (or closed), in the order of the index, which stops as soon as it has enough.
 * Ties come whole and are cut afterwards: several kitchens may share one roof.
 */
const nearestPage = (query: NearbyQuery, state: keyof typeof RANKS, after: Place | null) => {
  const door = doorAt(query.at);
  return inFull(sql`
    SELECT ${RANKS[state]}::int AS rank, dist AS key, dist, id
    FROM (
      SELECT r.id, r.location <-> ${door} AS dist FROM restaurants r
      WHERE ${delivering(door)} ${narrowed(query)}
        AND ${openAt(query.moment)} = ${state === 'open'}
        ${after ? sql`AND (r.location <-> ${door}, r.id) > (${after.distanceM}::float8, ${after.id}::uuid)` : sql``}
      ORDER BY r.location <-> ${door} FETCH FIRST ${query.limit} ROWS WITH TIES) nearest
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
    SELECT rank, key, dist, id
    FROM (SELECT ${rank} AS rank, ${key} AS key, dist, id FROM (${pool}) pool
      ${openOnly ? sql`WHERE open` : sql``}) ranked
    ${after ? sql`WHERE (rank, key, dist, id) > (${after.rank}::int, ${after.key}::float8, ${after.distanceM}::float8, ${after.id}::uuid)` : sql``}
    ORDER BY rank, key, dist, id LIMIT ${limit}`);
};

const columns = (door: SQL, moment: Date) => sql`
  r.id, r.location <-> ${door} AS dist, ${openAt(moment)} AS open, r.prep_minutes, r.rating,
  r.delivery_fee_base, r.delivery_fee_per_km`;

const nearestPool = (query: NearbyQuery) => {
  const door = doorAt(query.at);
  return sql`SELECT ${columns(door, query.moment)}, 0 AS tier FROM restaurants r
    WHERE ${delivering(door)} ${narrowed(query)}
    ORDER BY r.location <-> ${door} LIMIT ${POOL}`;
};

/** The best part that all words were found in: 0 the name, then cuisine, dishes, descriptions. */
const tierOf = (words: readonly ReadWord[]) => sql`CASE
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[0] })}::tsquery THEN 0
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[1] })}::tsquery THEN 1
  WHEN s.document @@ ${toTsquery(words, { parts: MATCH_TIERS[2] })}::tsquery THEN 2
  ELSE 3 END`;

const matchingPool = (query: NearbyQuery, words: readonly ReadWord[]) => {
  const door = doorAt(query.at);
  return sql`SELECT ${columns(door, query.moment)}, ${tierOf(words)} AS tier
    FROM restaurant_search s JOIN restaurants r ON r.id = s.restaurant_id
    WHERE s.reach && ${door} AND s.document @@ ${toTsquery(words)}::tsquery
      AND delivers_to(r, ${door}) ${narrowed(query)}`;
};

/** One page of the places that deliver to a point. */
export async function placesNear(db: Queryable, query: NearbyQuery): Promise<NearbyRow[]> {
  const rows = async (page: SQL) => [...(await db.execute<NearbyRow>(page))];
  if (query.words) return rows(rankedPage(query, matchingPool(query, query.words)));
  if (query.sort !== 'nearest') return rows(rankedPage(query, nearestPool(query)));
  const { after, limit, openOnly } = query;
  const open =
    after && after.rank > RANKS.open ? [] : await rows(nearestPage(query, 'open', after));
  if (open.length === limit || openOnly) return open;
  const rest = { ...query, limit: limit - open.length };
  const closed = await rows(
    nearestPage(rest, 'closed', after && after.rank === RANKS.closed ? after : null),
  );
  return [...open, ...closed];
}

/** The cuisines and kinds of shops among the nearest places that deliver to a point, frequent ones first. */
export async function cuisinesNear(db: Queryable, at: GeoPoint): Promise<CuisineHere[]> {
  const door = doorAt(at);
  const nearest = (kind: SQL, limit: number) => sql`
    SELECT r.kind, r.cuisine FROM restaurants r WHERE ${delivering(door)} AND ${kind}
    ORDER BY r.location <-> ${door} LIMIT ${limit}`;
  const rows = await db.execute<CuisineHere>(sql`
    SELECT kind, cuisine, count(*)::int AS places
    FROM ((${nearest(KINDS.restaurant, POOL)})
      UNION ALL (${nearest(sql`r.kind <> 'restaurant'`, SHOPS_POOL)})) here
    GROUP BY kind, cuisine ORDER BY places DESC, cuisine`);
  return [...rows];
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
