import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { restaurants } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';
import type { RestaurantImage } from '@/domain/restaurant';
import { type DoorHours, doorHoursOf, surchargeOf } from './zones';

/** What a restaurant and the zones say about an order to one door. */
export type OrderTerms = {
  restaurant: RestaurantImage;
  /** Whether it delivers there: inside its area or radius, the border included. */
  delivers: boolean;
  /** Great-circle metres. */
  distanceM: number;
  /** On top of the fee, for doors in their zone. */
  surcharge: number;
  taxIncluded: boolean;
  /** When the door's zone is served; null: it is in no zone. */
  doorHours: DoorHours | null;
};

export async function findOrderTerms(
  db: Queryable,
  restaurantId: string,
  door: GeoPoint,
): Promise<OrderTerms | null> {
  const at = sql`door.at`;
  // In a subselect, or `delivers_to` is not put in: an argument that is worked out may stand there once only.
  const [row] = await db.execute<OrderTerms>(sql`
    SELECT restaurant_image(${restaurants}) AS restaurant,
      delivers_to(${restaurants}, ${at}) AS delivers,
      ST_Distance(${restaurants.location}, ${at}, false) AS "distanceM",
      home.tax_included AS "taxIncluded",
      ${surchargeOf(at)} AS surcharge,
      ${doorHoursOf(at)} AS "doorHours"
    FROM ${restaurants} JOIN zones home ON home.id = ${restaurants.zoneId}
      CROSS JOIN (
        SELECT ST_SetSRID(ST_MakePoint(${door.lng}, ${door.lat}), 4326)::geography AS at OFFSET 0) door
    WHERE ${restaurants.id} = ${restaurantId} AND ${restaurants.archivedAt} IS NULL`);
  return row ?? null;
}
