import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { driverPositions } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';
import { anyOf } from './array-literal';

export type AvailableDriver = { driverId: string; at: GeoPoint; recordedAt: Date };

const columns = {
  driverId: driverPositions.driverId,
  at: driverPositions.location,
  recordedAt: driverPositions.recordedAt,
};

/** Everybody who may be offered work. */
export const availableDrivers = (db: Queryable): Promise<AvailableDriver[]> =>
  db.select(columns).from(driverPositions).where(sql`${driverPositions.available}`);

/** Those of some drivers who may be offered work. */
export const availableAmong = (
  db: Queryable,
  driverIds: readonly string[],
): Promise<AvailableDriver[]> =>
  db
    .select(columns)
    .from(driverPositions)
    .where(
      sql`${driverPositions.driverId} = ${anyOf(driverIds)}
        AND ${driverPositions.available}`,
    );
