import { expect, it } from 'vitest';
import { haversineMeters } from '@/domain/geo';
import { DRIVER, offerImage } from '@/domain/images.testing';
import { routeOf } from './offer-route';

const door = (n: number) => ({ lat: 38.71 + n / 100, lng: -9.1 });
const offer = (n: number, change = {}) =>
  offerImage(`order ${n}`, DRIVER, {
    runStop: n,
    dropoff: door(n),
    dropoffAddress: `door ${n}`,
    ...change,
  });

it('one order is its pickup and its door, with the distances that it was offered with', () => {
  const route = routeOf([offer(1)]);
  expect(route.stops.map(({ title, meters }) => [title, meters])).toEqual([
    ['Test Kitchen', 300],
    ['door 1', 1_112],
  ]);
  expect(route).toMatchObject({ pay: 450, currency: 'EUR', totalM: 1_412 });
});

it('several orders of one kitchen are picked up once, and handed over in the order of the run', () => {
  const route = routeOf([offer(2), offer(1)]);
  expect(route.stops.map(({ title }) => title)).toEqual(['Test Kitchen', 'door 1', 'door 2']);
  expect(route.pay).toBe(900);
  const ways = haversineMeters(offer(1).pickup, door(1)) + haversineMeters(door(1), door(2));
  expect(route.totalM).toBeCloseTo(300 + ways, 6);
});

it('orders of two kitchens are all picked up before the first door', () => {
  const other = { pickup: { lat: 38.7, lng: -9.11 }, restaurantName: 'Other Kitchen' };
  expect(routeOf([offer(1), offer(2, other)]).stops.map(({ title }) => title)).toEqual([
    'Test Kitchen',
    'Other Kitchen',
    'door 1',
    'door 2',
  ]);
});
