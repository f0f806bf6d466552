import type { DeliveryStatus } from './delivery';
import type { OrderStatus } from './order';

/** A straight line becomes a ride by this factor (street networks: about 1.2–1.4). */
export const DETOUR_FACTOR = 1.3;
/** Bike pace in town, metres per second, doors and lights included. */
export const TYPICAL_SPEED_MPS = 4.2;
/** Minutes at the counter and at the door together. */
const HANDOVER_MINUTES = 4;
/** Minutes until a driver is found and at the restaurant, when nothing is known yet. */
const PICKUP_LEAD_MINUTES = 8;

/** Minutes on the way over `meters` of straight line. */
export const rideMinutes = (meters: number, speedMps = TYPICAL_SPEED_MPS): number =>
  (meters * DETOUR_FACTOR) / speedMps / 60;

/** Minutes from ordering to the door, before anybody has accepted anything. */
export function quoteMinutes(prepMinutes: number, tripDistanceM: number): EtaMinutes {
  const middle =
    Math.max(prepMinutes, PICKUP_LEAD_MINUTES) + HANDOVER_MINUTES + rideMinutes(tripDistanceM);
  return window(middle);
}

export type EtaMinutes = { from: number; to: number };

const window = (middle: number): EtaMinutes => {
  const spread = Math.max(2, middle * 0.15);
  return { from: Math.max(1, Math.floor(middle - spread)), to: Math.ceil(middle + spread) };
};

export type EtaInput = {
  order: { status: OrderStatus; readyEstimateAt: string | null; prepMinutes: number };
  delivery: { status: DeliveryStatus } | null;
  tripDistanceM: number;
  /** Straight-line metres from the courier to the next stop, when their position is known. */
  courierDistanceM: number | null;
  now: Date;
};

/** Minutes from `now` to the door as a window, or null when nothing is on its way any more. */
export function remainingMinutes(input: EtaInput): EtaMinutes | null {
  const { order, delivery, tripDistanceM, courierDistanceM, now } = input;
  if (!['placed', 'accepted', 'preparing', 'ready'].includes(order.status)) return null;
  const untilReady = order.readyEstimateAt
    ? Math.max(0, (new Date(order.readyEstimateAt).getTime() - now.getTime()) / 60_000)
    : order.prepMinutes;
  const toNextStop = courierDistanceM === null ? null : rideMinutes(courierDistanceM);
  switch (delivery?.status) {
    case 'at_dropoff':
      return { from: 0, to: 1 };
    case 'picked_up':
      return window((toNextStop ?? rideMinutes(tripDistanceM)) + 1);
    case 'at_pickup':
      return window(untilReady + rideMinutes(tripDistanceM) + 2);
    case 'assigned':
      return window(
        Math.max(untilReady, toNextStop ?? PICKUP_LEAD_MINUTES) + rideMinutes(tripDistanceM) + 3,
      );
    default:
      return window(
        Math.max(untilReady, PICKUP_LEAD_MINUTES) + HANDOVER_MINUTES + rideMinutes(tripDistanceM),
      );
  }
}
