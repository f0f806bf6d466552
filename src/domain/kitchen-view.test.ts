import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from './delivery';
import { deliveryImage, minute, orderEvent, orderImage } from './images.testing';
import { applyToKitchenView, type KitchenView, kitchenColumnOf, tidyKitchen } from './kitchen-view';
import type { MustSeeImage } from './must-see-image';
import type { OrderImage, OrderStatus } from './order';
import type { OrderCard } from './views';

const card = (
  status: OrderStatus,
  delivery: DeliveryStatus | null = null,
  change: Partial<OrderImage> = {},
): OrderCard => ({
  order: orderImage('first', { status, ...change }),
  delivery: delivery && deliveryImage('first', { status: delivery }),
  versions: { order: 1, delivery: 1 },
});
const cancelled: MustSeeImage = {
  ...{ id: 'one', orderId: 'first', restaurantId: 'kitchen', event: 'cancelled', state: 'open' },
  ...{ raisedAt: minute(0), climbed: [], closedAt: null, closedBy: null },
};

describe('where an order stands at the pass', () => {
  it.each<[OrderStatus, DeliveryStatus | null, string | null]>([
    ['placed', null, 'new'],
    ['accepted', 'offering', 'preparing'],
    ['preparing', 'at_pickup', 'preparing'],
    ['ready', 'assigned', 'ready'],
    ['ready', 'picked_up', null],
    ['completed', 'delivered', null],
    ['rejected', null, null],
    ['expired', null, null],
    ['cancelled', 'cancelled', null],
  ])('%s with delivery %s: %s', (status, delivery, column) => {
    expect(kitchenColumnOf(card(status, delivery), [])).toBe(column);
  });

  it('what was cancelled stands on top of the new ones until somebody has seen it', () => {
    expect(kitchenColumnOf(card('cancelled', 'cancelled'), [cancelled])).toBe('new');
  });

  it('what is not paid for yet is nobody’s to cook', () => {
    const unpaid = { paymentMethod: 'card', paymentStatus: 'pending' } as const;
    expect(kitchenColumnOf(card('placed', null, unpaid), [])).toBeNull();
  });
});

it('the view follows orders, what is to be seen, and the restaurant itself', () => {
  const restaurant = { id: 'kitchen', name: 'Test Kitchen' } as KitchenView['restaurant'];
  const view: KitchenView = { restaurant, cards: [], lines: {}, mustSees: [] };
  const told = [
    orderEvent('first', { type: 'order.placed', data: { order: orderImage('first') } }),
    orderEvent('first', { type: 'must_see.raised', data: { mustSee: cancelled } }),
    orderEvent('kitchen', {
      ...{ stream: 'restaurant', type: 'restaurant.updated' },
      data: { restaurant: { ...restaurant, autoAccept: true } },
    }),
  ].reduce(applyToKitchenView, view);
  expect(told.cards.map(({ order }) => order.id)).toEqual(['first']);
  expect(told.mustSees).toEqual([cancelled]);
  expect(told.restaurant.autoAccept).toBe(true);
  const closed = { ...told, cards: [card('completed', 'delivered', { closedAt: minute(0) })] };
  expect(tidyKitchen(closed, new Date(minute(59)))).toBe(closed);
  expect(tidyKitchen(closed, new Date(minute(61))).cards).toEqual([]);
});
