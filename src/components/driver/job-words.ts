import { type DeliveryImage, type DriverStep, nextDriverStep } from '@/domain/delivery';
import type { GeoPoint } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

/** A delivery that a driver carries. */
export type Job = OrderCard & { delivery: DeliveryImage };

export const jobsOf = (cards: readonly OrderCard[]): Job[] =>
  cards.flatMap(({ delivery, ...card }) => (delivery ? [{ ...card, delivery }] : []));

export const STEP_WORDS: Readonly<Record<DriverStep, string>> = {
  arrive_pickup: 'I’m at the restaurant',
  pick_up: 'Picked up',
  arrive_dropoff: 'I’m at the door',
  deliver: 'Delivered',
  return: 'Bring it back',
  finish_return: 'Returned to the restaurant',
};

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

type Leg = { step: DriverStep | null; title: string; stop: Stop };

/** What the driver does now, and where. */
export function legOf({ order, delivery }: Job): Leg {
  const step = nextDriverStep(delivery.status);
  switch (delivery.status) {
    case 'picked_up':
      return { step, title: 'Bring it to', stop: door(order) };
    case 'at_dropoff':
      return { step, title: 'Hand it over to', stop: door(order) };
    case 'failed':
    case 'returning':
      return { step, title: 'Take it back to', stop: restaurant(order) };
    case 'at_pickup':
      return { step, title: 'Pick up at', stop: restaurant(order) };
    default:
      return { step, title: 'Ride to', stop: restaurant(order) };
  }
}

export const itemWords = (count: number): string => `${count} ${count === 1 ? 'item' : 'items'}`;
