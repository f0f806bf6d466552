import type { DeliveryStatus } from './delivery';
import { VEHICLE_SPEED_MPS, type Vehicle } from './driver';
import { type EtaStage, NO_CALIBRATION, windowMinutes } from './eta-window';
import { isOpenOrder, type OrderImage } from './order';

/** A straight line becomes a ride by this factor (street networks: about 1.2–1.4). */
export const DETOUR_FACTOR = 1.3;
/** Minutes until a kitchen that has yet to say yes does so. */
export const ANSWER_MINUTES = 1;
/** Minutes until a free driver has said yes and is at the restaurant. */
export const PICKUP_LEAD_MINUTES = 7;
/** Minutes that a driver is busy with one delivery, from yes to door. */
const JOB_MINUTES = 24;
const NO_DRIVER_MINUTES = 10;
/** A kitchen cooks so many orders at once; each further one ahead takes this share of a preparation. */
const KITCHEN_AT_ONCE = 3;
const KITCHEN_QUEUE_SHARE = 0.08;
const COUNTER_MINUTES = 1.5;
const DOOR_MINUTES = 2;
/** A kitchen that is late goes on being late: by this share of what it is over already. */
const OVERDUE_SHARE = 0.25;
/** So many metres of a leg count as ridden at the vehicle's usual pace before it shows its own. */
const PRIOR_M = 600;

export type EtaMinutes = { from: number; to: number };

/** Straight-line metres a second of a vehicle in town. */
export const usualPace = (vehicle: Vehicle): number => VEHICLE_SPEED_MPS[vehicle] / DETOUR_FACTOR;

/** Minutes over `meters` of straight line at `paceMps` straight-line metres a second. */
const legMinutes = (meters: number, paceMps: number): number => meters / paceMps / 60;

/** Minutes on the way over `meters` of straight line, at the pace of a bike. */
export const rideMinutes = (meters: number): number => legMinutes(meters, usualPace('bike'));

/**
 * Straight-line metres a second that a courier makes on this leg: what they have shown so far, blended
 * with their vehicle's usual pace until they have shown enough.
 */
export function observedPace(
  vehicle: Vehicle,
  leg: { lengthM: number; remainingM: number; elapsedS: number },
): number {
  const riddenM = Math.max(0, leg.lengthM - leg.remainingM);
  const usual = usualPace(vehicle);
  return (PRIOR_M + riddenM) / (PRIOR_M / usual + Math.max(0, leg.elapsedS));
}

/** A kitchen's own pace is that of so many of its orders, the latest. */
export const PACE_ORDERS = 20;
/** So many orders' worth of doubt before a kitchen's own pace is believed. */
const PRIOR_ORDERS = 4;

/** What a kitchen's latest orders took, as a share of what it says; 1 while little is known. */
export function kitchenPace(latest: { orders: number; saidMinutes: number; tookMinutes: number }) {
  if (latest.orders === 0 || latest.saidMinutes === 0) return 1;
  const prior = (PRIOR_ORDERS * latest.saidMinutes) / latest.orders;
  return (prior + latest.tookMinutes) / (prior + latest.saidMinutes);
}

export type EtaFacts = {
  now: Date;
  order: Pick<OrderImage, 'status' | 'fulfilment' | 'readyEstimateAt' | 'prepMinutes' | 'slotFrom'>;
  delivery: { status: DeliveryStatus } | null;
  /** Straight-line metres from the restaurant to the door. */
  tripDistanceM: number;
  /**
   * Straight-line metres to the courier's next stop, their pace on this leg and that of their vehicle,
   * straight-line metres a second; null: not known.
   */
  courier: { distanceM: number; paceMps: number; usualMps: number } | null;
  /** Minutes since the present leg began. */
  legMinutes: number;
  /** Orders of this kitchen that were placed before and are not ready yet. */
  kitchenAhead: number;
  /** What this kitchen's latest orders took, as a share of what it says. */
  kitchenPace: number;
  /** Deliveries of the zone that have waited longer for a driver, and the zone's drivers. */
  waitingAhead: number;
  freeDrivers: number;
  onlineDrivers: number;
};

export type Prediction = { stage: EtaStage; minutes: number };

function minutesUntilReady({ order, now, kitchenAhead, kitchenPace }: EtaFacts): number {
  if (order.status === 'ready') return 0;
  const { prepMinutes, readyEstimateAt } = order;
  const queue = Math.max(0, kitchenAhead - KITCHEN_AT_ONCE) * KITCHEN_QUEUE_SHARE * prepMinutes;
  if (!readyEstimateAt) return ANSWER_MINUTES + prepMinutes * kitchenPace + queue;
  const untilSaid = (Date.parse(readyEstimateAt) - now.getTime()) / 60_000;
  const left = untilSaid + prepMinutes * (kitchenPace - 1) + queue;
  return Math.max(left, 1, -untilSaid * OVERDUE_SHARE);
}

/** A driver becomes free every so often; those who have waited longer are served first. */
function minutesUntilDriver(facts: EtaFacts): number {
  const { delivery, waitingAhead, freeDrivers, onlineDrivers } = facts;
  if (delivery?.status === 'no_driver') return PICKUP_LEAD_MINUTES + NO_DRIVER_MINUTES;
  // Before the first driver is online there is nothing to judge by.
  if (onlineDrivers === 0) return PICKUP_LEAD_MINUTES;
  const short = Math.max(0, waitingAhead + 1 - freeDrivers);
  return PICKUP_LEAD_MINUTES + (short * JOB_MINUTES) / onlineDrivers;
}

/** Minutes left of a leg: by where the courier is, else by the time that has passed on it. */
const leftOfLeg = ({ courier, legMinutes: passed }: EtaFacts, whole: number): number =>
  courier ? legMinutes(courier.distanceM, courier.paceMps) : Math.max(1, whole - passed);

/** When the order should be in the customer's hands, or null when nothing is on its way any more. */
export function predict(facts: EtaFacts): Prediction | null {
  const { order, delivery, tripDistanceM, now } = facts;
  if (!isOpenOrder(order.status)) return null;
  const prediction = order.fulfilment === 'pickup' ? atCounter(facts) : atDoor(facts);
  const untilSlot = order.slotFrom ? (Date.parse(order.slotFrom) - now.getTime()) / 60_000 : 0;
  return { ...prediction, minutes: Math.max(prediction.minutes, untilSlot) };

  function atCounter(known: EtaFacts): Prediction {
    return { stage: 'kitchen', minutes: minutesUntilReady(known) };
  }

  function atDoor(known: EtaFacts): Prediction {
    const ready = minutesUntilReady(known);
    const trip = known.courier
      ? legMinutes(tripDistanceM, known.courier.usualMps)
      : rideMinutes(tripDistanceM);
    switch (delivery?.status) {
      case 'at_dropoff':
        return { stage: 'at_dropoff', minutes: DOOR_MINUTES };
      case 'picked_up':
        return { stage: 'to_dropoff', minutes: leftOfLeg(known, trip) + DOOR_MINUTES };
      case 'at_pickup':
        return {
          stage: 'at_pickup',
          minutes: Math.max(ready, COUNTER_MINUTES) + trip + DOOR_MINUTES,
        };
      case 'assigned': {
        const arrival = leftOfLeg(known, PICKUP_LEAD_MINUTES);
        const handed = Math.max(ready, arrival) + COUNTER_MINUTES;
        return { stage: 'to_pickup', minutes: handed + trip + DOOR_MINUTES };
      }
      default: {
        const handed = Math.max(ready, minutesUntilDriver(known)) + COUNTER_MINUTES;
        return { stage: 'kitchen', minutes: handed + trip + DOOR_MINUTES };
      }
    }
  }
}

export type QuoteAround = Pick<
  EtaFacts,
  'kitchenAhead' | 'kitchenPace' | 'waitingAhead' | 'freeDrivers' | 'onlineDrivers'
>;
/** A kitchen and a town at rest. */
export const AT_REST: QuoteAround = {
  kitchenAhead: 0,
  kitchenPace: 1,
  waitingAhead: 0,
  freeDrivers: 1,
  onlineDrivers: 1,
};

/** What is believed of an order that nobody has placed yet. */
export function predictQuote(
  prepMinutes: number,
  tripDistanceM: number,
  around = AT_REST,
): Prediction {
  const order = { readyEstimateAt: null, prepMinutes, slotFrom: null } as const;
  const predicted = predict({
    now: new Date(0),
    order: { ...order, status: 'placed', fulfilment: 'delivery' },
    delivery: null,
    tripDistanceM,
    courier: null,
    legMinutes: 0,
    ...around,
  });
  return { stage: 'quote', minutes: predicted?.minutes ?? 0 };
}

/** Minutes from ordering to the door as a window, before anybody has accepted anything. */
export const quoteMinutes = (
  prepMinutes: number,
  tripDistanceM: number,
  calibrations = NO_CALIBRATION,
  around?: QuoteAround,
): EtaMinutes => windowMinutes(predictQuote(prepMinutes, tripDistanceM, around), calibrations);

/** A delay is said when the window ends later than was promised by this much, minutes. */
const DELAY_MINUTES = 2;

export const isDelayed = (promisedTo: Date, etaTo: Date): boolean =>
  etaTo.getTime() - promisedTo.getTime() > DELAY_MINUTES * 60_000;

const IMMINENT_M = 300;
const IMMINENT_MINUTES = 1;

/** Whether the courier is nearly at the door: 300 m or a minute of riding away. */
export const isImminent = (status: DeliveryStatus, courier: EtaFacts['courier']): boolean =>
  status === 'picked_up' &&
  courier !== null &&
  (courier.distanceM <= IMMINENT_M ||
    legMinutes(courier.distanceM, courier.paceMps) <= IMMINENT_MINUTES);

/** The window believed now (at first: the one promised) as minutes from `now`; null when it is over. */
export function minutesToGo(
  order: Pick<OrderImage, 'status' | 'etaFrom' | 'etaTo' | 'promisedFrom' | 'promisedTo'>,
  now: Date,
): EtaMinutes | null {
  if (!isOpenOrder(order.status)) return null;
  const until = (at: string) => Math.round((Date.parse(at) - now.getTime()) / 60_000);
  const from = Math.max(0, until(order.etaFrom ?? order.promisedFrom));
  return { from, to: Math.max(from, until(order.etaTo ?? order.promisedTo), 1) };
}
