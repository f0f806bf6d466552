import { describe, expect, it } from 'vitest';
import {
  mayCall,
  maySeeCourier,
  maySeeOrder,
  maySeeProof,
  projectDelivery,
  projectEvent,
  projectMessage,
  projectOrder,
  seesLike,
  watchersOf,
} from './audiences';
import { DELIVERY_STATES, type DeliveryStatus } from './delivery';
import type { LogEvent } from './events';
import {
  ADMIN,
  CUSTOMER,
  DRIVER,
  deliveryImage,
  driverImage,
  OTHER_DRIVER,
  offerImage,
  orderEvent,
  orderImage,
  STRANGER,
} from './images.testing';
import type { Viewer } from './roles';

const parties = { customerId: CUSTOMER.userId, driverId: DRIVER.userId };
const order = orderImage('first');
const assigned = deliveryImage('first', {
  status: 'assigned',
  driverId: DRIVER.userId,
  driverName: DRIVER.name,
});

const orderEvents: Record<string, LogEvent> = {
  'an order': orderEvent('first', { ...parties, type: 'order.ready', data: { order } }),
  'a delivery': orderEvent('first', {
    ...parties,
    type: 'delivery.assigned',
    data: { delivery: assigned, order },
  }),
  'an order nobody carries': orderEvent('first', {
    ...parties,
    driverId: null,
    data: { order },
  }),
  'an offer to Dee': orderEvent('first', {
    ...parties,
    type: 'offer.made',
    data: { offer: offerImage('first', DRIVER) },
  }),
  'an offer to Otto, while Dee has it': orderEvent('first', {
    ...parties,
    type: 'offer.withdrawn',
    data: { offer: offerImage('first', OTHER_DRIVER) },
  }),
};

describe('who is told of an event', () => {
  const all = [CUSTOMER, STRANGER, DRIVER, OTHER_DRIVER, ADMIN];

  it.each<[string, Viewer[]]>([
    ['an order', [CUSTOMER, DRIVER, ADMIN]],
    ['a delivery', [CUSTOMER, DRIVER, ADMIN]],
    ['an order nobody carries', [CUSTOMER, ADMIN]],
    ['an offer to Dee', [DRIVER, ADMIN]],
    ['an offer to Otto, while Dee has it', [OTHER_DRIVER, ADMIN]],
  ])('%s', (what, audience) => {
    const event = orderEvents[what];
    if (!event) throw new Error(`no such event: ${what}`);
    const told = all.filter((viewer) => projectEvent(viewer, event) !== null);
    expect(told.map(({ name }) => name)).toEqual(audience.map(({ name }) => name));
  });

  it('of a restaurant: everybody; of a driver: that driver and admins', () => {
    const restaurant = orderEvent('kitchen', { stream: 'restaurant', type: 'restaurant.paused' });
    expect(all.every((viewer) => projectEvent(viewer, restaurant) !== null)).toBe(true);
    const online = orderEvent(DRIVER.userId, { stream: 'driver', type: 'driver.online' });
    const told = all.filter((viewer) => projectEvent(viewer, online) !== null);
    expect(told).toEqual([DRIVER, ADMIN]);
  });

  it('an order itself is seen by its customer, its driver, and admins', () => {
    expect(all.filter((viewer) => maySeeOrder(viewer, parties))).toEqual([CUSTOMER, DRIVER, ADMIN]);
    const nobodys = { customerId: null, driverId: null };
    expect(all.filter((viewer) => maySeeOrder(viewer, nobodys))).toEqual([ADMIN]);
  });

  it('a driver who shares the customer’s id, or a customer who shares the driver’s, gets nothing by it', () => {
    const swapped = { customerId: DRIVER.userId, driverId: CUSTOMER.userId };
    expect(maySeeOrder(DRIVER, swapped)).toBe(false);
    expect(maySeeOrder(CUSTOMER, swapped)).toBe(false);
    const delivery = { status: 'picked_up' as const, driverId: OTHER_DRIVER.userId };
    expect(maySeeCourier(DRIVER, { ...parties, customerId: DRIVER.userId }, delivery)).toBe(false);
  });
});

describe('what they are told', () => {
  it('a customer learns neither pay nor the search, and only the first name of the driver', () => {
    const delivery = deliveryImage('first', {
      ...assigned,
      attempt: 3,
      radiusM: 8_000,
      nextAttemptAt: '2026-11-20T12:00:00Z',
    });
    const hidden = { pay: null, attempt: null, radiusM: null, nextAttemptAt: null };
    expect(projectDelivery(CUSTOMER, delivery)).toEqual({
      ...delivery,
      ...hidden,
      driverName: 'Dee',
    });
    const told = projectEvent(
      CUSTOMER,
      orderEvent('first', { ...parties, data: { delivery, order } }),
    );
    expect(told?.data.delivery).toMatchObject(hidden);
    expect(told?.data.order).toEqual(order);
    for (const viewer of [DRIVER, ADMIN]) {
      expect(projectDelivery(viewer, delivery)).toEqual(delivery);
    }
  });

  it('a driver learns the first name, no sums but the total, no opinions and not the PIN', () => {
    const told = {
      ...order,
      ...{ discount: 300, promoCode: 'SPRING', tax: 60 },
      ...{ foodRating: 2, deliveryRating: 5, ratingComment: 'Cold.', ratedAt: order.placedAt },
    };
    expect(projectOrder(DRIVER, told)).toEqual({
      ...order,
      ...{ customerName: 'Cora', subtotal: 0, deliveryFee: 0, tip: 0, pin: '••••' },
    });
    expect(projectOrder(DRIVER, { ...told, pin: null }).pin).toBeNull();
    for (const viewer of [CUSTOMER, ADMIN]) expect(projectOrder(viewer, told)).toEqual(told);
  });

  it('a message comes without the id of who sent it, but for its sender and for admins', () => {
    const message = {
      ...{ id: 'm', orderId: 'first', senderId: CUSTOMER.userId, senderRole: 'customer' as const },
      ...{ quick: null, body: 'The bell is broken.', sentAt: order.placedAt },
    };
    expect(projectMessage(DRIVER, message)).toEqual({ ...message, senderId: '' });
    for (const viewer of [CUSTOMER, ADMIN]) expect(projectMessage(viewer, message)).toBe(message);
  });

  it('nothing but order and delivery is passed on, whatever else an event may hold', () => {
    const { data, ...rest } = orderEvent('first', { ...parties, data: { order } });
    const withMore = { ...rest, data: { ...data, secret: 'for admins' } };
    expect(Object.keys(projectEvent(CUSTOMER, withMore)?.data ?? {})).toEqual(['order']);
  });

  it.each([
    [CUSTOMER, `user:${CUSTOMER.userId}`, `user:${CUSTOMER.userId}`],
    [CUSTOMER, `user:${DRIVER.userId}`, 'driver'],
    [CUSTOMER, `user:${ADMIN.userId}`, 'staff'],
    [CUSTOMER, 'system:dispatch', 'system:dispatch'],
    [DRIVER, `user:${CUSTOMER.userId}`, 'customer'],
    [DRIVER, `user:${ADMIN.userId}`, 'staff'],
    [ADMIN, `user:${CUSTOMER.userId}`, `user:${CUSTOMER.userId}`],
  ])('$role is told that %s acted, as %s', (viewer, actor, told) => {
    const event = orderEvent('first', { ...parties, actor, data: { order } });
    expect(projectEvent(viewer, event)?.actor).toBe(told);
  });

  it('who paused a restaurant is nobody’s business', () => {
    const paused = orderEvent('kitchen', { stream: 'restaurant', actor: `user:${ADMIN.userId}` });
    expect(projectEvent(CUSTOMER, paused)?.actor).toBe('restaurant');
    expect(projectEvent(ADMIN, paused)?.actor).toBe(`user:${ADMIN.userId}`);
  });
});

it('who is named alike sees alike: all admins, and else one person in one role', () => {
  const otherAdmin: Viewer = { ...ADMIN, userId: 'ada' };
  expect(seesLike(otherAdmin)).toBe(seesLike(ADMIN));
  const paid = orderEvent('first', {
    ...{ actor: `user:${ADMIN.userId}`, driverId: DRIVER.userId },
    data: { order, delivery: deliveryImage('first', {}) },
  });
  expect(projectEvent(otherAdmin, paid)).toEqual(projectEvent(ADMIN, paid));
  const others: Viewer[] = [CUSTOMER, STRANGER, DRIVER, OTHER_DRIVER];
  others.push({ ...CUSTOMER, role: 'driver' }, { ...ADMIN, role: 'kitchen' });
  expect(new Set([ADMIN, ...others].map(seesLike)).size).toBe(others.length + 1);
});

describe('where the courier is', () => {
  const legs = (viewer: Viewer) =>
    DELIVERY_STATES.filter((status) =>
      maySeeCourier(viewer, parties, { status, driverId: DRIVER.userId }),
    );
  const VISIBLE: DeliveryStatus[] = ['assigned', 'at_pickup', 'picked_up', 'at_dropoff'];

  it('the customer sees from the assignment to the door, not before or after', () => {
    expect(legs(CUSTOMER)).toEqual(VISIBLE);
  });

  it('strangers and other drivers never see it', () => {
    expect(legs(STRANGER)).toEqual([]);
    expect(legs(OTHER_DRIVER)).toEqual([]);
  });

  it('admins and the driver see it on every leg', () => {
    expect(legs(ADMIN)).toEqual([...DELIVERY_STATES]);
    expect(legs(DRIVER)).toEqual([...DELIVERY_STATES]);
  });

  it('nobody sees anything while there is no driver or no delivery', () => {
    for (const viewer of [CUSTOMER, STRANGER, DRIVER, ADMIN]) {
      expect(maySeeCourier(viewer, parties, null)).toBe(false);
      expect(maySeeCourier(viewer, parties, { status: 'offering', driverId: null })).toBe(false);
    }
  });
});

describe('what a driver is told about who sees them', () => {
  const jobs = DELIVERY_STATES.map((status) => ({
    order: orderImage(status),
    delivery: deliveryImage(status, { status, driverId: DRIVER.userId }),
  }));
  const told = (change: Parameters<typeof driverImage>[1]) => {
    const { dispatchers, customers } = watchersOf(driverImage(DRIVER, change), jobs);
    return [dispatchers, ...customers.map(({ order }) => order.id)];
  };

  it('names the customers of the legs on which they may look, and the dispatchers', () => {
    const legs = ['assigned', 'at_pickup', 'picked_up', 'at_dropoff'];
    expect(told({})).toEqual(['now', ...legs]);
    expect(told({ shiftOver: true })).toEqual(['now', ...legs]);
  });

  it('is nobody off duty, and where it began on a break', () => {
    expect(told({ online: false })).toEqual(['never']);
    const resting = driverImage(DRIVER, { breakSince: '2026-11-20T12:00:00Z' });
    expect(watchersOf(resting, [])).toEqual({ dispatchers: 'before_break', customers: [] });
  });

  it('agrees with what each customer may see', () => {
    const { customers } = watchersOf(driverImage(DRIVER), jobs);
    for (const job of jobs) {
      expect(customers.includes(job)).toBe(maySeeCourier(CUSTOMER, parties, job.delivery));
    }
  });
});

it('a picture of a handover is for who took it, for admins, and then for the customer', () => {
  const seers = (used: boolean) =>
    [CUSTOMER, STRANGER, DRIVER, OTHER_DRIVER, ADMIN]
      .filter((viewer) => maySeeProof(viewer, parties, used))
      .map(({ userId }) => userId);
  expect(seers(false)).toEqual([DRIVER.userId, ADMIN.userId]);
  expect(seers(true)).toEqual([CUSTOMER.userId, DRIVER.userId, ADMIN.userId]);
});

it('a driver calls the kitchen on the way there and back, the customer on the way to the door', () => {
  const legs = (whom: 'restaurant' | 'customer') =>
    DELIVERY_STATES.filter((status) => mayCall(whom, { status }));
  expect(legs('restaurant')).toEqual(['assigned', 'at_pickup', 'failed', 'returning']);
  expect(legs('customer')).toEqual(['picked_up', 'at_dropoff']);
});
