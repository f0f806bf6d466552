import type { Services } from '@/domain/dispatch/snapshot';

export type TripStop<Place> = { id: string; place: Place; readyAt: number };

/** One driver's trip: one pickup, then the doors in their order. Times in seconds on one clock. */
export type TripTimes = {
  arrivedAt: number;
  pickedUpAt: number;
  drops: { id: string; leftAt: number; droppedAt: number }[];
  freeAt: number;
};

/** When what happens on a trip that begins at `leftAt` from `from`. */
export function rideTrip<Place>(trip: {
  leftAt: number;
  from: Place;
  pickup: Place;
  stops: readonly TripStop<Place>[];
  services: Services;
  travelSeconds: (from: Place, to: Place) => number;
}): TripTimes {
  const { leftAt, from, pickup, stops, services, travelSeconds } = trip;
  const arrivedAt = leftAt + travelSeconds(from, pickup);
  const readyAt = Math.max(...stops.map((stop) => stop.readyAt));
  const pickedUpAt = Math.max(readyAt, arrivedAt + services.beforePickup);
  const drops: TripTimes['drops'] = [];
  let at = pickedUpAt + services.afterPickup;
  let place = pickup;
  for (const { id, place: door } of stops) {
    const droppedAt = at + travelSeconds(place, door) + services.beforeDropoff;
    drops.push({ id, leftAt: at, droppedAt });
    at = droppedAt + services.afterDropoff;
    place = door;
  }
  return { arrivedAt, pickedUpAt, drops, freeAt: at };
}
