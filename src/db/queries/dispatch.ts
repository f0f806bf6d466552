import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries, dispatchAttempts } from '@/db/schema';
import type { BusyDriver, KnownCandidate } from '@/domain/dispatch/attempt';
import type { Vehicle } from '@/domain/driver';
import { usualPace } from '@/domain/eta';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { arrayLiteral } from './array-literal';

export type DueSearch = { deliveryId: string; orderId: string };

/** A zone's searches that are due, longest waiting first. Uses `deliveries_open_of_zone`. */
export async function dueSearches(
  db: Queryable,
  zoneId: string,
  now: Date,
  limit: number,
): Promise<DueSearch[]> {
  return db
    .select({ deliveryId: deliveries.id, orderId: deliveries.orderId })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.zoneId, zoneId),
        inArray(deliveries.status, ['unassigned', 'offering']),
        lte(deliveries.nextAttemptAt, now),
      ),
    )
    .orderBy(asc(deliveries.nextAttemptAt))
    .limit(limit);
}

/** A zone with something to find a driver for, or somebody to hear from. Times are ISO, UTC. */
export type ZoneAtWork = {
  zoneId: string;
  document: unknown;
  searchDueAt: string | null;
  expiresAt: string | null;
  plannedAt: string | null;
  holder: string | null;
  /** How much longer the zone is its dispatcher's, milliseconds. */
  leaseMs: number;
};

/** Zones with work, now or later. Uses `deliveries_due`, `offers_expiring`. */
export async function zonesAtWork(db: Queryable): Promise<ZoneAtWork[]> {
  const iso = (column: string) => sql.raw(`to_jsonb(${column}) #>> '{}'`);
  const rows = await db.execute<ZoneAtWork>(sql`
    WITH searching AS (
      SELECT zone_id, min(next_attempt_at) AS due FROM deliveries
      WHERE status IN ('unassigned', 'offering') AND next_attempt_at IS NOT NULL GROUP BY zone_id
    ), asking AS (
      SELECT d.zone_id, min(f.expires_at) AS ends
      FROM offers f JOIN deliveries d ON d.id = f.delivery_id
      WHERE f.status = 'pending' AND d.status IN ('unassigned', 'offering') GROUP BY d.zone_id
    )
    SELECT z.id AS "zoneId", z.dispatch_policy AS document, ${iso('s.due')} AS "searchDueAt",
      ${iso('a.ends')} AS "expiresAt", ${iso('l.planned_at')} AS "plannedAt", l.holder,
      coalesce(extract(epoch FROM l.until - clock_timestamp()) * 1000, 0)::float8 AS "leaseMs"
    FROM zones z
    LEFT JOIN searching s ON s.zone_id = z.id
    LEFT JOIN asking a ON a.zone_id = z.id
    LEFT JOIN zone_leases l ON l.zone_id = z.id
    WHERE s.zone_id IS NOT NULL OR a.zone_id IS NOT NULL
    ORDER BY z.id`);
  return [...rows];
}

/** Refusals count for so long, hours. */
const REFUSALS_HOURS = 2;
/** A habit is judged by at least so many offers. */
const GOOD_FAITH = 4;

const travelSeconds = (distanceM: number, vehicle: Vehicle): number =>
  distanceM / usualPace(vehicle);

/**
 * The nearest available drivers, nearest first (KNN on the partial index `driver_positions_available`),
 * with what this search already knows of each. The radius comes after: beside the KNN it makes the
 * planner sort everybody inside it (270 ms instead of 0.3 at 100,000 drivers). With `among`, only these
 * are looked at.
 */
export async function nearestCandidates(
  db: Queryable,
  search: {
    deliveryId: string;
    pickup: GeoPoint;
    radiusM: number;
    round: number;
    searchStartedAt: Date;
    avoidDriverId: string | null;
    now: Date;
    limit: number;
    among?: readonly string[] | undefined;
  },
): Promise<KnownCandidate[]> {
  const pickup = sql`ST_MakePoint(${search.pickup.lng}, ${search.pickup.lat})::geography`;
  const since = search.searchStartedAt.toISOString();
  const now = sql`${search.now.toISOString()}::timestamptz`;
  const { among } = search;
  const pool = among
    ? sql`unnest(${arrayLiteral(among)}::text::uuid[]) AS a (driver_id) JOIN driver_positions USING (driver_id)`
    : sql`driver_positions`;
  type Row = Omit<KnownCandidate, 'travelSeconds'> & { vehicle: Vehicle };
  const rows = await db.execute<Row>(sql`
    WITH nearest AS MATERIALIZED (
      SELECT driver_id, recorded_at, location, location <-> ${pickup} AS distance_m
      FROM ${pool}
      WHERE available
      ORDER BY location <-> ${pickup}
      LIMIT ${search.limit}
    ), near AS (
      SELECT * FROM nearest WHERE ST_DWithin(location, ${pickup}, ${search.radiusM})
    )
    SELECT near.driver_id AS "driverId", u.name, near.distance_m AS "distanceM", d.vehicle,
      extract(epoch FROM ${now} - near.recorded_at)::float8 AS "positionAgeSeconds",
      coalesce(near.driver_id = ${search.avoidDriverId}::uuid, false) OR
      EXISTS (SELECT FROM offers f WHERE f.delivery_id = ${search.deliveryId}
        AND f.driver_id = near.driver_id AND f.status = 'declined'
        AND f.created_at >= ${since}::timestamptz) AS "declined",
      EXISTS (SELECT FROM offers f WHERE f.delivery_id = ${search.deliveryId}
        AND f.driver_id = near.driver_id AND f.status = 'expired' AND f.round = ${search.round}
        AND f.created_at >= ${since}::timestamptz) AS "expiredThisRound",
      (SELECT count(*)::int FROM deliveries v WHERE v.driver_id = near.driver_id AND v.status IN
        ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning')) AS load,
      (SELECT (count(*) FILTER (WHERE f.status IN ('declined', 'expired')))::float8
          / (count(*) + ${GOOD_FAITH}) FROM offers f
        WHERE f.driver_id = near.driver_id
          AND f.created_at > ${now} - make_interval(hours => ${REFUSALS_HOURS})) AS "refusalShare"
    FROM near JOIN users u ON u.id = near.driver_id JOIN drivers d ON d.user_id = near.driver_id
    ORDER BY near.distance_m`);
  return rows.map(({ vehicle, ...row }) => ({
    ...row,
    travelSeconds: travelSeconds(row.distanceM, vehicle),
  }));
}

/** So many of those who are busy are looked at, for the story of an attempt. */
const MOST_BUSY = 2_000;

/** On duty, but with no room or no time for another question: seen from a pickup. Uses `drivers_online`. */
export async function busyDrivers(
  db: Queryable,
  zoneId: string,
  now: Date,
): Promise<(pickup: GeoPoint) => BusyDriver[]> {
  type Row = Omit<BusyDriver, 'distanceM' | 'travelSeconds'> & { at: GeoPoint; vehicle: Vehicle };
  const rows = await db.execute<Row>(sql`
    SELECT d.user_id AS "driverId", u.name, d.vehicle, d.capacity, point_image(p.location) AS at,
      extract(epoch FROM ${now.toISOString()}::timestamptz - p.recorded_at)::float8
        AS "positionAgeSeconds",
      (SELECT count(*)::int FROM deliveries v WHERE v.driver_id = d.user_id AND v.status IN
        ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning')) AS load,
      EXISTS (SELECT FROM offers f WHERE f.driver_id = d.user_id AND f.status = 'pending') AS asked,
      NULL::float8 AS "refusalShare"
    FROM drivers d JOIN users u ON u.id = d.user_id JOIN driver_positions p ON p.driver_id = d.user_id
    WHERE d.zone_id = ${zoneId} AND d.online AND NOT p.available
    LIMIT ${MOST_BUSY}`);
  return (pickup) =>
    rows.map(({ at, vehicle, ...row }) => {
      const distanceM = haversineMeters(at, pickup);
      return { ...row, distanceM, travelSeconds: travelSeconds(distanceM, vehicle) };
    });
}

export async function insertAttempt(
  tx: Transaction,
  attempt: typeof dispatchAttempts.$inferInsert,
): Promise<void> {
  await tx.insert(dispatchAttempts).values(attempt);
}

export async function attemptsOfOrder(
  db: Queryable,
  orderId: string,
): Promise<(typeof dispatchAttempts.$inferSelect)[]> {
  const rows = await db
    .select({ attempt: dispatchAttempts })
    .from(dispatchAttempts)
    .innerJoin(deliveries, eq(deliveries.id, dispatchAttempts.deliveryId))
    .where(eq(deliveries.orderId, orderId))
    .orderBy(asc(dispatchAttempts.at));
  return rows.map((row) => row.attempt);
}

/**
 * Searches within `radiusM` of a point that have begun and wait for their next round, or were given up on.
 * Uses `deliveries_waiting`.
 */
export async function waitingSearchesNear(
  db: Queryable,
  at: GeoPoint,
  radiusM: number,
  now: Date,
  limit: number,
): Promise<DueSearch[]> {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const waits = sql`${deliveries.nextAttemptAt} > ${moment} AND ${deliveries.searchStartedAt} <= ${moment}`;
  return db
    .select({ deliveryId: deliveries.id, orderId: deliveries.orderId })
    .from(deliveries)
    .where(
      sql`${deliveries.status} IN ('unassigned', 'offering', 'no_driver')
        AND (${deliveries.status} = 'no_driver' OR ${waits})
        AND ST_DWithin(${deliveries.pickup}, ST_MakePoint(${at.lng}, ${at.lat})::geography, ${radiusM})`,
    )
    .limit(limit);
}
