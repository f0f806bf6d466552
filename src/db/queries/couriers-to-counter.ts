import { and, asc, eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { deliveries, driverPositions, drivers, orders } from '@/db/schema';

/** Couriers on the way to a restaurant, and where each was seen last. Uses `deliveries_carried`. */
export async function couriersToCounter(db: Queryable, restaurantId: string) {
  return db
    .select({
      orderId: orders.id,
      driverId: drivers.userId,
      vehicle: drivers.vehicle,
      at: driverPositions.location,
    })
    .from(deliveries)
    .innerJoin(orders, eq(orders.id, deliveries.orderId))
    .innerJoin(drivers, eq(drivers.userId, deliveries.driverId))
    .innerJoin(driverPositions, eq(driverPositions.driverId, deliveries.driverId))
    .where(and(eq(orders.restaurantId, restaurantId), eq(deliveries.status, 'assigned')))
    .orderBy(asc(orders.id));
}
