import type { Machine } from './machine';

export const DELIVERY_STATES = [
  'unassigned',
  'offering',
  'assigned',
  'at_pickup',
  'picked_up',
  'at_dropoff',
  'delivered',
  'no_driver',
  'cancelled',
  'failed',
  'returning',
  'returned',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATES)[number];

export type DeliveryCommand =
  | 'offer'
  | 'assign'
  | 'exhaust'
  | 'unassign'
  | 'arrive_pickup'
  | 'pick_up'
  | 'arrive_dropoff'
  | 'deliver'
  | 'fail'
  | 'return'
  | 'finish_return'
  | 'cancel'
  | 'restore';

export const deliveryMachine: Machine<DeliveryStatus, DeliveryCommand> = {
  name: 'delivery',
  initial: 'unassigned',
  steps: {
    unassigned: {
      offer: 'offering',
      assign: 'assigned',
      exhaust: 'no_driver',
      cancel: 'cancelled',
    },
    offering: { assign: 'assigned', exhaust: 'no_driver', cancel: 'cancelled' },
    assigned: { arrive_pickup: 'at_pickup', unassign: 'offering', cancel: 'cancelled' },
    at_pickup: { pick_up: 'picked_up', unassign: 'offering', cancel: 'cancelled' },
    picked_up: { arrive_dropoff: 'at_dropoff', fail: 'failed' },
    at_dropoff: { deliver: 'delivered', fail: 'failed' },
    delivered: {},
    no_driver: { offer: 'offering', assign: 'assigned', cancel: 'cancelled' },
    cancelled: { restore: 'unassigned' },
    failed: { return: 'returning' },
    returning: { finish_return: 'returned' },
    returned: {},
  },
};

/** The steps that a driver takes with one button, in their order. */
export const DRIVER_STEPS = [
  'arrive_pickup',
  'pick_up',
  'arrive_dropoff',
  'deliver',
  'return',
  'finish_return',
] as const satisfies readonly DeliveryCommand[];
export type DriverStep = (typeof DRIVER_STEPS)[number];

export const FAIL_REASONS = [
  'customer_absent',
  'wrong_address',
  'refused',
  'accident',
  'other',
] as const;
/** Why a driver gives a delivery back before the pickup; somebody else is asked at once. */
export const HAND_BACK_REASONS = [
  'restaurant_closed',
  'not_ready',
  'cannot_find',
  'vehicle_broken',
  'other',
] as const;
export const DECLINE_REASONS = [
  'too_far',
  'on_break',
  'vehicle_problem',
  'end_of_shift',
  'other',
] as const;

/** A driver carries these: they count against capacity. */
export const CARRIED_STATES = [
  'assigned',
  'at_pickup',
  'picked_up',
  'at_dropoff',
  'failed',
  'returning',
] as const satisfies readonly DeliveryStatus[];

export const isCarried = (status: DeliveryStatus): boolean =>
  CARRIED_STATES.some((carried) => carried === status);

export const needsDriver = (status: DeliveryStatus): boolean =>
  status === 'unassigned' || status === 'offering' || status === 'no_driver';

/** The food is still in the restaurant, whoever is on the way to it. */
export const isBeforePickup = (status: DeliveryStatus): boolean =>
  needsDriver(status) || status === 'assigned' || status === 'at_pickup';

/** The one next step a driver may take, or null when there is none. */
export function nextDriverStep(status: DeliveryStatus): DriverStep | null {
  return DRIVER_STEPS.find((step) => deliveryMachine.steps[status][step] !== undefined) ?? null;
}

/** Whether the driver may still give it back: the food is not in their hands. */
export const mayHandBack = (status: DeliveryStatus): boolean =>
  (status === 'assigned' || status === 'at_pickup') &&
  deliveryMachine.steps[status].unassign !== undefined;

/** Where the driver seems to stand is told within so many metres of the stop. */
export const ARRIVAL_RADIUS_M = 80;

export const PROOFS = ['pin', 'at_door', 'none', 'photo', 'signature'] as const;
export type Proof = (typeof PROOFS)[number];

export type { DeliveryImage } from './delivery-image';
