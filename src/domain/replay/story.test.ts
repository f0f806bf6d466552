import { describe, expect, it } from 'vitest';
import type { DriverImage } from '@/domain/driver';
import type { LogEvent } from '@/domain/events';
import { haversineMeters } from '@/domain/geo';
import {
  DRIVER,
  deliveryImage,
  minute,
  OTHER_DRIVER,
  offerImage,
  orderEvent,
  orderImage,
} from '@/domain/images.testing';
import { figuresOf } from './figures';
import { pairOf, type Recording, readStory } from './story';

const at = (n: number) => Date.parse(minute(n)) / 1_000;
const place = { lat: 38.7, lng: -9.1 };

const driver = (id: string, online: boolean): DriverImage => ({
  ...{
    id,
    name: id,
    vehicle: 'bike',
    capacity: 1,
    online,
    onlineSince: null,
    breakSince: null,
    shiftEndsAt: null,
    shiftOver: false,
    rating: null,
    ratingCount: 0,
  },
});

const duty = (id: string, type: string, n: number): LogEvent =>
  orderEvent(id, {
    ...{ stream: 'driver', type, at: minute(n) },
    data: { driver: driver(id, type === 'driver.online') },
  });

/** Placed at 0, ready at 10; Otto says no, Dee takes it at 4, picks it up at 12, delivers at 20. */
function delivered(id: string): LogEvent[] {
  const order = orderImage(id, { readyEstimateAt: minute(8) });
  const asked = offerImage(id, OTHER_DRIVER, { createdAt: minute(1) });
  const taken = offerImage(id, DRIVER, { createdAt: minute(3) });
  const delivery = deliveryImage(id, {
    ...{ driverId: DRIVER.userId, driverVehicle: 'bike', assignedAt: minute(4) },
  });
  const steps = [
    { status: 'at_pickup', atPickupAt: minute(9) },
    { status: 'picked_up', pickedUpAt: minute(12) },
    { status: 'at_dropoff', atDropoffAt: minute(19) },
    { status: 'delivered', deliveredAt: minute(20) },
  ] as const;
  let done = delivery;
  const walked = steps.map((step) => {
    done = { ...done, ...step };
    return { type: `delivery.${step.status}`, data: { delivery: done } };
  });
  const story: Pick<LogEvent, 'type' | 'data'>[] = [
    { type: 'order.placed', data: { order: orderImage(id) } },
    { type: 'order.accepted', data: { order } },
    { type: 'delivery.created', data: { delivery: deliveryImage(id), order } },
    { type: 'offer.made', data: { offer: asked } },
    {
      type: 'offer.declined',
      data: { offer: { ...asked, status: 'declined', decidedAt: minute(2) } },
    },
    { type: 'offer.made', data: { offer: taken } },
    {
      type: 'offer.accepted',
      data: { offer: { ...taken, status: 'accepted', decidedAt: minute(4) } },
    },
    { type: 'delivery.assigned', data: { delivery: { ...delivery, status: 'assigned' }, order } },
    { type: 'order.ready', data: { order: { ...order, readyAt: minute(10) } } },
    ...walked,
  ];
  const moments = [0, 0, 0, 1, 2, 3, 4, 4, 10, 9, 12, 19, 20];
  return story.map((one, n) =>
    orderEvent(id, { ...one, version: n + 1, at: minute(moments[n] ?? 0) }),
  );
}

const recording = (change: Partial<Recording> = {}): Recording => ({
  ...{ from: at(0), to: at(60), events: delivered('a'), driversBefore: [], positions: [] },
  ...change,
});

describe('a recorded stretch', () => {
  it('says what an order was, and what became of it', () => {
    const { orders, recorded, habits } = readStory(recording());
    expect(orders).toEqual([
      {
        ...{ deliveryId: 'delivery of a', restaurantId: 'kitchen', pickup: place },
        ...{ dropoff: { lat: 38.71, lng: -9.1 }, placedAt: at(0), searchAt: at(0) },
        ...{ readyEstimateAt: at(8), readyAt: at(10), promisedTo: at(25) },
      },
    ]);
    expect(recorded).toEqual({
      ...{ offers: 2, refused: 1 },
      outcomes: [
        {
          ...{ order: orders[0], driverId: DRIVER.userId, assignedAt: at(4), arrivedAt: at(9) },
          ...{ pickedUpAt: at(12), deliveredAt: at(20), distanceM: 1_412 },
        },
      ],
    });
    expect(habits.acceptance).toBe(0.5);
    expect(habits.answerSeconds).toBe(60);
    expect(habits.services).toMatchObject({ beforePickup: 120, beforeDropoff: 60 });
    expect(habits.answered.get(pairOf(OTHER_DRIVER.userId, 'delivery of a'))).toBe('no');
    const metres = haversineMeters(place, { lat: 38.71, lng: -9.1 });
    expect(habits.paceOf('bike')).toBeCloseTo(metres / 420, 6);
  });

  it('knows who was on duty when, and where: from the history, else from what they carried', () => {
    const { drivers, leftOut } = readStory(
      recording({
        driversBefore: [driver(DRIVER.userId, true), driver('away', false), driver('lost', true)],
        events: [
          ...delivered('a'),
          duty(DRIVER.userId, 'driver.offline', 30),
          duty(DRIVER.userId, 'driver.online', 40),
          duty(OTHER_DRIVER.userId, 'driver.online', 1),
        ],
        positions: [{ driverId: OTHER_DRIVER.userId, at: place, seconds: at(1) }],
      }),
    );
    expect(drivers.map(({ id, shifts, firstJobAt }) => ({ id, shifts, firstJobAt }))).toEqual([
      {
        id: DRIVER.userId,
        shifts: [
          { from: at(0), to: at(30) },
          { from: at(40), to: at(60) + 10_800 },
        ],
        firstJobAt: at(4),
      },
      {
        id: OTHER_DRIVER.userId,
        shifts: [{ from: at(1), to: at(60) + 10_800 }],
        firstJobAt: Number.POSITIVE_INFINITY,
      },
    ]);
    expect(drivers[0]?.track.map(({ seconds }) => seconds)).toEqual([at(12), at(20)]);
    expect(leftOut).toEqual({ orders: 0, drivers: 1 });
  });

  it('leaves out what somebody ended, and what is not over', () => {
    const events = [...delivered('a').slice(0, 9), ...delivered('b')];
    const story = readStory(recording({ events }));
    expect(story.orders.map(({ deliveryId }) => deliveryId)).toEqual(['delivery of b']);
    expect(story.leftOut.orders).toBe(1);
  });

  it('may be empty', () => {
    const story = readStory(recording({ events: [] }));
    expect(story.orders).toEqual([]);
    expect(figuresOf(story.recorded, story)).toMatchObject({
      ...{ orders: 0, delivered: 0, acceptMean: null, lateShare: null, unfairness: null },
    });
  });
});
