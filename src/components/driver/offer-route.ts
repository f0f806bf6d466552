import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { OfferImage } from '@/domain/offer';

export type OfferStop = {
  key: string;
  kind: 'restaurant' | 'door';
  title: string;
  address: string | null;
  at: GeoPoint;
  /** The way to it from the stop before, metres. */
  meters: number;
};

export type OfferRoute = {
  stops: OfferStop[];
  /** Minor units of `currency`, of all orders. */
  pay: number;
  currency: string;
  /** Metres, from where the driver is. */
  totalM: number;
};

const samePlace = (a: GeoPoint, b: GeoPoint) => a.lat === b.lat && a.lng === b.lng;

/** A run as it is ridden: every restaurant once, then door after door. */
export function routeOf(run: readonly OfferImage[]): OfferRoute {
  const offers = run.toSorted((a, b) => a.runStop - b.runStop);
  const [first] = offers;
  const pickups = offers.filter(
    (offer, index) => offers.findIndex((other) => samePlace(other.pickup, offer.pickup)) === index,
  );
  const places = [
    ...pickups.map((offer) => ({
      key: `pickup ${offer.id}`,
      kind: 'restaurant' as const,
      title: offer.restaurantName,
      address: offer.pickupAddress,
      at: offer.pickup,
    })),
    ...offers.map((offer) => ({
      key: `dropoff ${offer.id}`,
      kind: 'door' as const,
      title: offer.dropoffAddress,
      address: null,
      at: offer.dropoff,
    })),
  ];
  const stops = places.map((place, index): OfferStop => {
    const before = places[index - 1];
    const meters = before ? haversineMeters(before.at, place.at) : (first?.pickupDistanceM ?? 0);
    return {
      ...place,
      meters: offers.length === 1 && before ? (first?.tripDistanceM ?? 0) : meters,
    };
  });
  return {
    stops,
    pay: offers.reduce((sum, { pay }) => sum + pay, 0),
    currency: first?.currency ?? 'EUR',
    totalM: stops.reduce((sum, { meters }) => sum + meters, 0),
  };
}
