import { expect, it } from 'vitest';
import type { DeliveryStatus } from '@/domain/delivery';
import { DRIVER, deliveryImage, orderImage } from '@/domain/images.testing';
import { stopsOf } from './run-stops';

const job = (number: number, status: DeliveryStatus) => ({
  order: orderImage(`order ${number}`, { number, dropoffAddress: `door ${number}` }),
  delivery: deliveryImage(`order ${number}`, { status, driverId: DRIVER.userId }),
  versions: { order: 1, delivery: 1 },
});
const told = (...jobs: ReturnType<typeof job>[]) =>
  stopsOf(jobs).map(({ kind, orderNumber }) => `${kind} ${orderNumber}`);

it('everything is picked up before the first door', () => {
  expect(told(job(1, 'assigned'), job(2, 'at_pickup'))).toEqual([
    ...['pickup 1', 'pickup 2', 'dropoff 1', 'dropoff 2'],
  ]);
});

it('what is picked up has its door left; what can’t be delivered goes back last', () => {
  expect(told(job(1, 'failed'), job(2, 'picked_up'), job(3, 'assigned'))).toEqual([
    ...['pickup 3', 'dropoff 2', 'dropoff 3', 'return 1'],
  ]);
});
