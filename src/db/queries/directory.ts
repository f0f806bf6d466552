import { asc, eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { drivers, restaurants, users, zones } from '@/db/schema';
import type { Directory } from '@/domain/directory';

export async function readDirectory(db: Queryable): Promise<Directory> {
  return {
    zones: await db.select({ id: zones.id, name: zones.name }).from(zones).orderBy(asc(zones.name)),
    restaurants: await db
      .select({
        id: restaurants.id,
        name: restaurants.name,
        slug: restaurants.slug,
        zoneId: restaurants.zoneId,
      })
      .from(restaurants)
      .orderBy(asc(restaurants.name)),
    drivers: await db
      .select({ id: drivers.userId, name: users.name, zoneId: drivers.zoneId })
      .from(drivers)
      .innerJoin(users, eq(users.id, drivers.userId))
      .orderBy(asc(users.name)),
  };
}
