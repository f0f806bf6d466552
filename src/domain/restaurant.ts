import type { RestaurantImage } from './restaurant-image';

export type { RestaurantImage } from './restaurant-image';

/** Restaurants, and shops whose menu is made of products. */
export const PLACE_KINDS = ['restaurant', 'grocery', 'pharmacy'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** By what a list is ordered; `match` is for what words were found in. */
export const NEARBY_SORTS = ['nearest', 'fastest', 'rating', 'fee', 'match'] as const;
export type NearbySort = (typeof NEARBY_SORTS)[number];

/** A dish that holds what was looked for. */
export type MatchingDish = { id: string; name: string; price: number; soldOut: boolean };

/** A restaurant seen from a point. */
export type NearbyRestaurant = {
  restaurant: RestaurantImage;
  distanceM: number;
  /** Whether it delivers to that point. */
  delivers: boolean;
  /** Minor units, for this distance and this door. */
  deliveryFee: number;
  etaMinutes: { from: number; to: number };
  open: boolean;
  /** When it opens next, if it is closed now. */
  opensAt: string | null;
  /** The dishes that matched, in a list of what words were found in. */
  dishes: MatchingDish[];
};

/** A page of a list of places. */
export type NearbyPage = {
  places: NearbyRestaurant[];
  /** Where the next page begins; null on the last. */
  next: string | null;
  /** What was looked for in place of words that nobody knows. */
  corrected: { typed: string; read: string[] }[];
};

/** A cuisine, or a kind of shop, and how many places near a point have it. */
export type CuisineHere = { kind: PlaceKind; cuisine: string; places: number };
