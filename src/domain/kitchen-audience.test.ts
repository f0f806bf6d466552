import { describe, expect, it } from 'vitest';
import { maySeeCourier, maySeeOrder, maySeeProof, projectEvent } from './audiences';
import {
  ADMIN,
  CUSTOMER,
  DRIVER,
  deliveryImage,
  offerImage,
  orderEvent,
  orderImage,
} from './images.testing';
import { projectForKitchen } from './kitchen-audience';
import type { Viewer } from './roles';

const COOK: Viewer = { userId: 'kit', role: 'kitchen', name: 'Kit Ladle' };
const order = orderImage('first', {
  foodRating: 2,
  ratingComment: 'cold',
  promoCode: 'HELLO',
});
const delivery = deliveryImage('first', {
  status: 'assigned',
  driverId: DRIVER.userId,
  driverName: DRIVER.name,
});
const event = orderEvent('first', {
  ...{ type: 'delivery.assigned', data: { order, delivery }, actor: `user:${ADMIN.userId}` },
  ...{ customerId: CUSTOMER.userId, driverId: DRIVER.userId, restaurantId: 'kitchen' },
});

describe('a kitchen', () => {
  it('sees what it cooks and who fetches it by first names, and nothing that leads to a person', () => {
    const told = projectForKitchen('kitchen', COOK, event);
    expect(told?.data.order).toMatchObject({ number: order.number, customerName: 'Cora' });
    expect(told?.data.delivery).toMatchObject({ status: 'assigned', driverName: 'Dee' });
    const text = JSON.stringify(told);
    for (const secret of [
      ...[CUSTOMER.userId, CUSTOMER.name, DRIVER.userId, DRIVER.name, ADMIN.userId],
      ...[order.dropoffAddress, order.dropoffNote, `${order.dropoff.lat}`, '4711', 'cold', 'HELLO'],
    ]) {
      expect(text).not.toContain(`"${secret}"`);
    }
    expect(told?.data.order?.dropoff).toEqual(order.pickup);
    expect(told?.data.order?.foodRating).toBeNull();
  });

  it('hears nothing of other restaurants, of offers, of who else works where', () => {
    expect(projectForKitchen('other', COOK, event)).toBeNull();
    const silent = [
      orderEvent('first', {
        restaurantId: 'kitchen',
        data: { offer: offerImage('first', DRIVER) },
      }),
      orderEvent('first', { restaurantId: 'kitchen', data: { staffId: 'somebody else' } }),
      orderEvent(DRIVER.userId, { restaurantId: 'kitchen', stream: 'driver' }),
    ];
    for (const each of silent) expect(projectForKitchen('kitchen', COOK, each)).toBeNull();
    const own = orderEvent('kitchen', { restaurantId: 'kitchen', data: { staffId: COOK.userId } });
    expect(projectForKitchen('kitchen', COOK, own)).not.toBeNull();
  });

  it('sees orders in its own feed alone', () => {
    const parties = { customerId: COOK.userId, driverId: COOK.userId };
    expect(maySeeOrder(COOK, parties)).toBe(false);
    expect(maySeeProof(COOK, parties, true)).toBe(false);
    expect(maySeeCourier(COOK, parties, { status: 'picked_up', driverId: 'dee' })).toBe(false);
    expect(projectEvent(COOK, event)).toBeNull();
  });
});

it('what a kitchen has to see, and who works where, is told to admins and kitchens alone', () => {
  const mustSee = {
    ...{ id: 'one', orderId: 'first', restaurantId: 'kitchen', event: 'placed' as const },
    ...{ state: 'open' as const, raisedAt: order.placedAt, climbed: [] },
    ...{ closedAt: null, closedBy: null },
  };
  const parties = { customerId: CUSTOMER.userId, driverId: DRIVER.userId };
  for (const data of [{ mustSee }, { staffId: COOK.userId }]) {
    const told = orderEvent('first', { ...parties, restaurantId: 'kitchen', data });
    for (const viewer of [CUSTOMER, DRIVER]) expect(projectEvent(viewer, told)).toBeNull();
    expect(projectEvent(ADMIN, told)).toBe(told);
    expect(projectForKitchen('kitchen', COOK, told)).not.toBeNull();
  }
});
