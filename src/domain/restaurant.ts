import type { RestaurantImage } from './restaurant-image';

export type { RestaurantImage } from './restaurant-image';

/** Restaurants, and shops whose menu is made of products. */
export const PLACE_KINDS = ['restaurant', 'grocery', 'pharmacy'] as const;

/** A restaurant in a list near a point, with what that point changes. */
export type NearbyRestaurant = {
  restaurant: RestaurantImage;
  distanceM: number;
  /** Minor units, for this distance. */
  deliveryFee: number;
  etaMinutes: { from: number; to: number };
  open: boolean;
  /** When it opens next, if it is closed now. */
  opensAt: string | null;
};
