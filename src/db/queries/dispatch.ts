import { asc, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries, dispatchAttempts } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';

export type DueSearch = { deliveryId: string; orderId: string };

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
  // With a parameter, or the client would send plain text, which is planned each time: as long as it runs.
  const iso = (column: string) => sql`to_jsonb(${sql.raw(column)}) #>> ${'{}'}::text::text[]`;
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
