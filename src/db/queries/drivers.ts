import { and, eq, isNotNull, lte, notInArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { madeOnce } from '@/db/made-once';
import { deliveries, driverPositions, drivers, zones } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import type { BoardDriver } from '@/domain/board-view';
import { CARRIED_STATES } from '@/domain/delivery';
import type { DriverImage, DriverPosition } from '@/domain/driver';
import type { GeoPoint } from '@/domain/geo';
import { anyOf, arrayLiteral } from './array-literal';

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
  const [row] = await wholeRows(tx, drivers, sql`WHERE user_id = ${driverId} FOR NO KEY UPDATE`);
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
  const position = await findPosition(db, driverId);
  return position && { at: position.at, recordedAt: position.recordedAt };
}

export async function findPosition(
  db: Queryable,
  driverId: string,
): Promise<DriverPosition | null> {
  const [row] = await wholeRows(db, driverPositions, sql`WHERE driver_id = ${driverId}`);
  return row ? toPosition(row) : null;
}

export const toPosition = (row: typeof driverPositions.$inferSelect): DriverPosition => ({
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

/** A point of a driver's way that is kept. */
export type Crumb = Pick<PositionRow, 'driverId' | 'at' | 'recordedAt'>;

/**
 * Writes many positions, one for each driver, and points of their ways, in one statement. Sorted by
 * driver, so that two writers can't deadlock; an older fix never replaces a later one, and who is no
 * driver any more is passed by.
 */
export async function upsertPositions(
  db: Queryable,
  rows: readonly PositionRow[],
  crumbs: readonly Crumb[] = [],
): Promise<void> {
  if (rows.length === 0 && crumbs.length === 0) return;
  const column = <Row>(from: readonly Row[], value: (row: Row) => string | number | null) =>
    arrayLiteral(from.map(value));
  await db.execute(sql`
    WITH kept AS (
      INSERT INTO breadcrumbs (driver_id, recorded_at, location)
      SELECT c.driver_id, c.recorded_at, ST_MakePoint(c.lng, c.lat)::geography
      FROM unnest(${column(crumbs, (row) => row.driverId)}::text::uuid[],
        ${column(crumbs, (row) => row.recordedAt)}::text::timestamptz[],
        ${column(crumbs, (row) => row.at.lng)}::text::float8[],
        ${column(crumbs, (row) => row.at.lat)}::text::float8[]
      ) AS c (driver_id, recorded_at, lng, lat)
      JOIN drivers d ON d.user_id = c.driver_id
      ON CONFLICT DO NOTHING
    )
    INSERT INTO driver_positions AS p
      (driver_id, location, heading_deg, speed_mps, accuracy_m, recorded_at)
    SELECT r.driver_id, ST_MakePoint(r.lng, r.lat)::geography, r.heading_deg, r.speed_mps,
      r.accuracy_m, r.recorded_at
    FROM unnest(${column(rows, (row) => row.driverId)}::text::uuid[],
      ${column(rows, (row) => row.at.lng)}::text::float8[],
      ${column(rows, (row) => row.at.lat)}::text::float8[],
      ${column(rows, (row) => row.headingDeg)}::text::real[],
      ${column(rows, (row) => row.speedMps)}::text::real[],
      ${column(rows, (row) => row.accuracyM)}::text::real[],
      ${column(rows, (row) => row.recordedAt)}::text::timestamptz[]
    ) AS r (driver_id, lng, lat, heading_deg, speed_mps, accuracy_m, recorded_at)
    JOIN drivers d ON d.user_id = r.driver_id
    ORDER BY r.driver_id
    ON CONFLICT (driver_id) DO UPDATE SET location = excluded.location,
      heading_deg = excluded.heading_deg, speed_mps = excluded.speed_mps,
      accuracy_m = excluded.accuracy_m, recorded_at = excluded.recorded_at, received_at = now()
    WHERE p.recorded_at < excluded.recorded_at`);
}

/** Makes the tables of the days to come, and forgets what is older than `keepDays`. */
export async function keepBreadcrumbs(db: Queryable, now: Date, keepDays: number): Promise<void> {
  await db.execute(
    sql`SELECT keep_breadcrumbs(${now.toISOString()}::timestamptz, ${keepDays}::integer)`,
  );
}

export type DriverDuty = {
  driverId: string;
  online: boolean;
  last: { at: GeoPoint; recordedAt: string } | null;
  /** The middle of their zone. */
  base: GeoPoint;
};

const duties = madeOnce((paper) =>
  paper
    .select({
      driverId: drivers.userId,
      online: drivers.online,
      at: driverPositions.location,
      recordedAt: driverPositions.recordedAt,
      lat: sql<number>`ST_Y(ST_Centroid(${zones.area}::geometry))`,
      lng: sql<number>`ST_X(ST_Centroid(${zones.area}::geometry))`,
    })
    .from(drivers)
    .innerJoin(zones, eq(zones.id, drivers.zoneId))
    .leftJoin(driverPositions, eq(driverPositions.driverId, drivers.userId))
    .where(eq(drivers.userId, anyOf(sql.placeholder('ids')))),
);

/** What has to be known of drivers to judge their fixes, by id. */
export async function dutiesOf(
  db: Queryable,
  driverIds: readonly string[],
): Promise<ReadonlyMap<string, DriverDuty>> {
  const rows = await duties(db, { ids: arrayLiteral(driverIds) });
  return new Map(
    rows.map(({ driverId, online, at, recordedAt, lat, lng }) => [
      driverId,
      {
        driverId,
        online,
        last: at && recordedAt && { at, recordedAt: recordedAt.toISOString() },
        base: { lat, lng },
      },
    ]),
  );
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
