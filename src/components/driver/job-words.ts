import { type DeliveryImage, type DriverStep, nextDriverStep } from '@/domain/delivery';
import type { GeoPoint } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

/** A delivery that a driver carries. */
export type Job = OrderCard & { delivery: DeliveryImage };

export const jobsOf = (cards: readonly OrderCard[]): Job[] =>
  cards.flatMap(({ delivery, ...card }) => (delivery ? [{ ...card, delivery }] : []));

export type Stop = { kind: 'restaurant' | 'door'; name: string; address: string; at: GeoPoint };

const restaurant = (order: OrderImage): Stop => ({
  kind: 'restaurant',
  name: order.restaurantName,
  address: order.pickupAddress,
  at: order.pickup,
});

const door = (order: OrderImage): Stop => ({
  kind: 'door',
  name: order.customerName,
  address: order.dropoffAddress,
  at: order.dropoff,
});

/** `doing`: its words are `driver.leg`. */
type Leg = {
  step: DriverStep | null;
  doing: 'arrive_pickup' | 'pick_up' | 'arrive_dropoff' | 'deliver' | 'leave' | 'return';
  stop: Stop;
};

/** What the driver does now, and where. */
export function legOf({ order, delivery }: Job): Leg {
  const step = nextDriverStep(delivery.status);
  switch (delivery.status) {
    case 'picked_up':
      return { step, doing: 'arrive_dropoff', stop: door(order) };
    case 'at_dropoff':
      return {
        step,
        doing: order.handover === 'at_door' ? 'leave' : 'deliver',
        stop: door(order),
      };
    case 'failed':
    case 'returning':
      return { step, doing: 'return', stop: restaurant(order) };
    case 'at_pickup':
      return { step, doing: 'pick_up', stop: restaurant(order) };
    default:
      return { step, doing: 'arrive_pickup', stop: restaurant(order) };
  }
}
