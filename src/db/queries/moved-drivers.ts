import { and, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { driverPositions, drivers } from '@/db/schema';
import type { DriverPosition } from '@/domain/driver';
import { anyOf } from './array-literal';
import { toPosition } from './drivers';

const within = (seconds: number): SQL =>
  gt(driverPositions.receivedAt, sql`now() - ${seconds}::float8 * interval '1 second'`);

/** Where those of these drivers are who have told it within the last `seconds`. */
export async function movedAmong(
  db: Queryable,
  driverIds: readonly string[],
  seconds: number,
): Promise<DriverPosition[]> {
  const rows = await db
    .select()
    .from(driverPositions)
    .where(and(sql`${driverPositions.driverId} = ${anyOf(driverIds)}`, within(seconds)));
  return rows.map(toPosition);
}

/** The same of everybody who is online. */
export async function movedOnline(db: Queryable, seconds: number): Promise<DriverPosition[]> {
  const rows = await db
    .select({ position: driverPositions })
    .from(drivers)
    .innerJoin(driverPositions, eq(driverPositions.driverId, drivers.userId))
    .where(and(eq(drivers.online, true), within(seconds)));
  return rows.map(({ position }) => toPosition(position));
}
