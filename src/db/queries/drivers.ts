import { and, eq, isNotNull, lte, notInArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { deliveries, driverPositions, drivers } from '@/db/schema';
import type { BoardDriver } from '@/domain/board-view';
import { CARRIED_STATES } from '@/domain/delivery';
import type { DriverImage, DriverPosition } from '@/domain/driver';
import type { GeoPoint } from '@/domain/geo';

const driverImage = sql<DriverImage>`driver_image(${drivers})`;
const driverVersion = sql<number>`
  coalesce((SELECT version FROM streams WHERE streams.id = ${drivers.userId}), 0)`;

export type FoundDriver = { driver: DriverImage; version: number; zoneId: string };

export async function findDriver(db: Queryable, id: string): Promise<FoundDriver | null> {
  const [row] = await db
    .select({ driver: driverImage, version: driverVersion, zoneId: drivers.zoneId })
    .from(drivers)
    .where(eq(drivers.userId, id));
  return row ?? null;
}

export async function insertDriver(
  db: Queryable,
  driver: typeof drivers.$inferInsert,
): Promise<void> {
  await db.insert(drivers).values(driver);
}

export type DriverRow = typeof drivers.$inferSelect;

/** Takes the lock under which duty, room and cash of a driver are decided. Comes after an order's. */
export async function lockDriver(tx: Transaction, driverId: string): Promise<DriverRow | null> {
  const [row] = await tx
    .select()
    .from(drivers)
    .where(eq(drivers.userId, driverId))
    .for('no key update');
  return row ?? null;
}

export async function changeDriver(
  tx: Transaction,
  driverId: string,
  change: Partial<Omit<typeof drivers.$inferInsert, 'userId'>>,
): Promise<void> {
  await tx.update(drivers).set(change).where(eq(drivers.userId, driverId));
}

/** Drivers whose shift has ended at `now` without anybody having noticed. Uses `drivers_shift_ends`. */
export async function endedShifts(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: drivers.userId })
    .from(drivers)
    .where(
      and(
        eq(drivers.online, true),
        eq(drivers.shiftOver, false),
        isNotNull(drivers.shiftEndsAt),
        lte(drivers.shiftEndsAt, now),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Drivers whose shift is over and who carry nothing any more. Uses `drivers_shift_ends`. */
export async function doneAfterShift(db: Queryable): Promise<string[]> {
  const carrying = db
    .select({ id: sql<string>`${deliveries.driverId}` })
    .from(deliveries)
    .where(
      sql`${deliveries.driverId} IS NOT NULL AND ${deliveries.status} IN (${sql.join(
        CARRIED_STATES.map((state) => sql`${state}`),
        sql`, `,
      )})`,
    );
  const rows = await db
    .select({ id: drivers.userId })
    .from(drivers)
    .where(
      and(
        eq(drivers.online, true),
        isNotNull(drivers.shiftEndsAt),
        eq(drivers.shiftOver, true),
        notInArray(drivers.userId, carrying),
      ),
    );
  return rows.map(({ id }) => id);
}

/** When the next shift ends, or null. Uses `drivers_shift_ends`. */
export async function nextShiftEnd(db: Queryable): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<string | null>`min(${drivers.shiftEndsAt})` })
    .from(drivers)
    .where(and(eq(drivers.online, true), eq(drivers.shiftOver, false)));
  return row?.at ? new Date(row.at) : null;
}

/** False when the driver was in that state already. */
export async function setOnline(
  db: Queryable,
  driverId: string,
  online: boolean,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(drivers)
    .set({ online, onlineSince: online ? now : null })
    .where(sql`${drivers.userId} = ${driverId} AND ${drivers.online} <> ${online}`)
    .returning({ id: drivers.userId });
  return rows.length === 1;
}

export async function lastFix(
  db: Queryable,
  driverId: string,
): Promise<{ at: GeoPoint; recordedAt: string } | null> {
  const [row] = await db
    .select({ at: driverPositions.location, recordedAt: driverPositions.recordedAt })
    .from(driverPositions)
    .where(eq(driverPositions.driverId, driverId));
  return row ? { at: row.at, recordedAt: row.recordedAt.toISOString() } : null;
}

export async function findPosition(
  db: Queryable,
  driverId: string,
): Promise<DriverPosition | null> {
  const [row] = await db
    .select()
    .from(driverPositions)
    .where(eq(driverPositions.driverId, driverId));
  return row ? toPosition(row) : null;
}

const toPosition = (row: typeof driverPositions.$inferSelect): DriverPosition => ({
  driverId: row.driverId,
  at: row.location,
  headingDeg: row.headingDeg,
  speedMps: row.speedMps,
  recordedAt: row.recordedAt.toISOString(),
});

export type PositionRow = {
  driverId: string;
  at: GeoPoint;
  headingDeg: number | null;
  speedMps: number | null;
  accuracyM: number | null;
  recordedAt: string;
};

/**
 * Writes many positions in one statement, sorted by driver so that two writers can't deadlock; an
 * older fix never replaces a later one, and who is no driver any more is passed by.
 */
export async function upsertPositions(db: Queryable, rows: readonly PositionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const payload = JSON.stringify(
    rows.map((row) => ({
      driver_id: row.driverId,
      lng: row.at.lng,
      lat: row.at.lat,
      heading_deg: row.headingDeg,
      speed_mps: row.speedMps,
      accuracy_m: row.accuracyM,
      recorded_at: row.recordedAt,
    })),
  );
  await db.execute(sql`
    INSERT INTO driver_positions AS p
      (driver_id, location, heading_deg, speed_mps, accuracy_m, recorded_at)
    SELECT r.driver_id, ST_MakePoint(r.lng, r.lat)::geography, r.heading_deg, r.speed_mps,
      r.accuracy_m, r.recorded_at
    FROM jsonb_to_recordset(${payload}::jsonb) AS r (driver_id uuid, lng float8, lat float8,
      heading_deg real, speed_mps real, accuracy_m real, recorded_at timestamptz)
    JOIN drivers d ON d.user_id = r.driver_id
    ORDER BY r.driver_id
    ON CONFLICT (driver_id) DO UPDATE SET location = excluded.location,
      heading_deg = excluded.heading_deg, speed_mps = excluded.speed_mps,
      accuracy_m = excluded.accuracy_m, recorded_at = excluded.recorded_at, received_at = now()
    WHERE p.recorded_at < excluded.recorded_at`);
}

/** Every driver who is online, with the latest position. */
export async function onlineDrivers(db: Queryable): Promise<BoardDriver[]> {
  const rows = await db
    .select({ driver: driverImage, version: driverVersion, position: driverPositions })
    .from(drivers)
    .leftJoin(driverPositions, eq(driverPositions.driverId, drivers.userId))
    .where(eq(drivers.online, true));
  return rows.map(({ driver, version, position }) => ({
    driver,
    version,
    position: position && toPosition(position),
  }));
}
