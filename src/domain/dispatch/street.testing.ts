import type { DispatchDriver, DispatchSnapshot, OpenDelivery } from './snapshot';

/** A street: a place is how many seconds, and as many metres, it lies from its beginning. */
export const delivery = (
  id: string,
  change: Partial<OpenDelivery<number>> = {},
): OpenDelivery<number> => ({
  ...{ id, pickupId: `kitchen of ${id}`, pickup: 0, dropoff: 100, placedAt: 0, readyAt: 0 },
  ...{ emptyRounds: 0, declinedBy: new Set(), unansweredBy: new Set() },
  ...change,
});

export const driver = (
  id: string,
  place: number,
  change: Partial<DispatchDriver<number>> = {},
): DispatchDriver<number> => ({
  ...{ id, place, freeAt: 0, offAt: null, positionAgeSeconds: 1, load: 0 },
  ...{ pendingOffers: 0, refusalShare: 0, idleSince: 0 },
  ...change,
});

export const street = (
  deliveries: readonly OpenDelivery<number>[],
  drivers: readonly DispatchDriver<number>[],
): DispatchSnapshot<number> => ({
  ...{ deliveries, drivers, demand: [] },
  services: { beforePickup: 60, afterPickup: 60, beforeDropoff: 60, afterDropoff: 60 },
  travelSeconds: (from, to) => Math.abs(from - to),
  distanceM: (from, to) => Math.abs(from - to),
});
