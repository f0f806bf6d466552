import type { DeliveryStatus } from '@/domain/delivery';
import type { Vehicle } from '@/domain/driver';
import { usualPace } from '@/domain/eta';
import { EARTH_RADIUS_M, type GeoPoint, haversineMeters } from '@/domain/geo';
import { nextJob } from '@/domain/run';
import type { DispatchDriver, DispatchSnapshot, OpenDelivery, Services } from './snapshot';

/** What is known of a zone at one moment. Times are seconds on one clock. */
export type ZoneFacts = {
  deliveries: readonly OpenFacts[];
  drivers: readonly DriverFacts[];
  /** Orders of the last hour, by where they were cooked. */
  demand: readonly { place: GeoPoint; expectedOrders: number }[];
};

export type OpenFacts = Omit<OpenDelivery<GeoPoint>, 'declinedBy' | 'unansweredBy' | 'pickupId'> & {
  restaurantId: string;
  declinedBy: readonly string[];
  unansweredBy: readonly string[];
};

export type DriverFacts = {
  id: string;
  vehicle: Vehicle;
  capacity: number;
  at: GeoPoint;
  positionAgeSeconds: number;
  /** Neither on a break nor off duty. */
  onDuty: boolean;
  pendingOffers: number;
  /** How many of their latest offers they refused or let run out, of how many. */
  refused: number;
  asked: number;
  /** Since when they have had nothing to do, if they have nothing to do. */
  idleSince: number;
  carries: readonly CarriedFacts[];
};

export type CarriedFacts = {
  id: string;
  status: DeliveryStatus;
  pickup: GeoPoint;
  dropoff: GeoPoint;
  readyAt: number;
  assignedAt: string | null;
  runId: string | null;
  runStop: number | null;
};

/**
 * Somewhere, in metres east and north of the zone's middle, and how fast whoever leaves it goes, straight-line
 * metres a second. A plan measures a million ways: those on a plane are cheap, and differ by less than 0.5 %.
 */
export type Spot = { x: number; y: number; mps: number };

function planeAround(middle: GeoPoint): (at: GeoPoint, mps: number) => Spot {
  const radians = Math.PI / 180;
  const perLng = EARTH_RADIUS_M * radians * Math.cos(middle.lat * radians);
  return (at, mps) => {
    const east = ((at.lng - middle.lng + 540) % 360) - 180;
    return { x: east * perLng, y: (at.lat - middle.lat) * EARTH_RADIUS_M * radians, mps };
  };
}

const apart = (a: Spot, b: Spot): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

/** What stopping takes in town, seconds: parking, doors, stairs, a word. */
export const TOWN_SERVICES: Services = {
  beforePickup: 60,
  afterPickup: 60,
  beforeDropoff: 60,
  afterDropoff: 60,
};

/** Refusals are judged as if so many more offers had been accepted: one no is no habit. */
const GOOD_FAITH = 4;

const travel = (from: GeoPoint, to: GeoPoint, mps: number): number =>
  haversineMeters(from, to) / mps;

/** Where and when a driver will have handed over all that they carry. */
export function freedBy(
  driver: Pick<DriverFacts, 'at' | 'vehicle' | 'carries'>,
  now: number,
  services: Services = TOWN_SERVICES,
): { at: GeoPoint; freeAt: number } {
  const mps = usualPace(driver.vehicle);
  let { at } = driver;
  let clock = now;
  let left = driver.carries.map((carried) => ({ delivery: { ...carried } }));
  const go = (to: GeoPoint, seconds: number) => {
    clock += travel(at, to, mps) + seconds;
    at = to;
  };
  for (let job = nextJob(left); job; job = nextJob(left)) {
    const { delivery } = job;
    switch (delivery.status) {
      case 'assigned':
        go(delivery.pickup, services.beforePickup);
        delivery.status = 'at_pickup';
        break;
      case 'at_pickup':
        clock = Math.max(clock, delivery.readyAt) + services.afterPickup;
        delivery.status = 'picked_up';
        break;
      case 'picked_up':
        go(delivery.dropoff, services.beforeDropoff);
        delivery.status = 'at_dropoff';
        break;
      case 'at_dropoff':
        clock += services.afterDropoff;
        left = left.filter((other) => other !== job);
        break;
      default:
        // Failed or on the way back: to where it came from.
        go(delivery.pickup, services.afterDropoff);
        left = left.filter((other) => other !== job);
    }
  }
  return { at, freeAt: clock };
}

type Plane = ReturnType<typeof planeAround>;

function driverOf(facts: DriverFacts, now: number, plane: Plane): DispatchDriver<Spot> {
  const busy = facts.carries.length > 0;
  const { at, freeAt } = busy ? freedBy(facts, now) : { at: facts.at, freeAt: now };
  return {
    id: facts.id,
    place: plane(at, usualPace(facts.vehicle)),
    freeAt,
    offAt: facts.onDuty ? null : Number.NEGATIVE_INFINITY,
    positionAgeSeconds: facts.positionAgeSeconds,
    load: facts.carries.length,
    capacity: facts.capacity,
    pendingOffers: facts.pendingOffers,
    refusalShare: facts.refused / (facts.asked + GOOD_FAITH),
    idleSince: busy ? null : facts.idleSince,
  };
}

/** What the fleet makes on the way from a pickup to a door, straight-line metres a second. */
function fleetPace(drivers: readonly DriverFacts[]): number {
  if (drivers.length === 0) return usualPace('bike');
  return drivers.reduce((sum, { vehicle }) => sum + usualPace(vehicle), 0) / drivers.length;
}

/**
 * A zone as the batch planner wants it. The way to the pickup is as fast as the driver's vehicle, the rest
 * as fast as the fleet on average: trips are compared between drivers by how they begin.
 */
export function liveSnapshot(facts: ZoneFacts, now: number): DispatchSnapshot<Spot> {
  const mps = fleetPace(facts.drivers);
  const middle = facts.deliveries[0]?.pickup ?? facts.drivers[0]?.at ?? { lat: 0, lng: 0 };
  const plane = planeAround(middle);
  const spot = (at: GeoPoint): Spot => plane(at, mps);
  const pickups = new Map<string, Spot>();
  /** One and the same object for one restaurant: the planner tells places apart by identity. */
  const pickupOf = (restaurantId: string, at: GeoPoint): Spot => {
    const known = pickups.get(restaurantId) ?? spot(at);
    pickups.set(restaurantId, known);
    return known;
  };
  return {
    deliveries: facts.deliveries.map(
      ({ restaurantId, declinedBy, unansweredBy, ...delivery }): OpenDelivery<Spot> => ({
        ...delivery,
        pickupId: restaurantId,
        pickup: pickupOf(restaurantId, delivery.pickup),
        dropoff: spot(delivery.dropoff),
        declinedBy: new Set(declinedBy),
        unansweredBy: new Set(unansweredBy),
      }),
    ),
    drivers: facts.drivers.map((driver) => driverOf(driver, now, plane)),
    demand: facts.demand.map(({ place, expectedOrders }) => ({
      place: spot(place),
      expectedOrders,
    })),
    services: TOWN_SERVICES,
    travelSeconds: (from, to) => apart(from, to) / from.mps,
    distanceM: apart,
  };
}
