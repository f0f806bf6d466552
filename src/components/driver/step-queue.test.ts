import { expect, it } from 'vitest';
import { DRIVER, deliveryImage, orderImage } from '@/domain/images.testing';
import { type DriverAct, foresee, type QueuedAct } from './step-queue';

const job = {
  order: orderImage('first'),
  delivery: deliveryImage('first', { status: 'assigned', driverId: DRIVER.userId }),
  versions: { order: 1, delivery: 1 },
};

const queued = (act: DriverAct, change: Partial<QueuedAct> = {}): QueuedAct => ({
  ...{ key: 'k', deliveryId: job.delivery.id, orderNumber: 1, at: '2026-11-20T12:00:00Z' },
  ...{ act, kept: true, refused: null },
  ...change,
});
const step = (name: 'arrive_pickup' | 'pick_up' | 'deliver', change = {}) =>
  queued({ kind: 'step', step: name, proof: null }, change);
const statusAfter = (...queue: QueuedAct[]) => foresee([job], queue)[0]?.delivery.status;

it('what is kept is counted as done, one after another', () => {
  expect(statusAfter()).toBe('assigned');
  expect(statusAfter(step('arrive_pickup'))).toBe('at_pickup');
  expect(statusAfter(step('arrive_pickup'), step('pick_up'))).toBe('picked_up');
  const failed = queued({ kind: 'fail', reason: 'accident' });
  expect(statusAfter(step('arrive_pickup'), step('pick_up'), failed)).toBe('failed');
  expect(statusAfter(queued({ kind: 'hand_back', reason: 'not_ready' }))).toBe('offering');
});

it('what is on its way is not, nor what can’t be, nor another delivery’s', () => {
  expect(statusAfter(step('arrive_pickup', { kept: false }))).toBe('assigned');
  expect(statusAfter(step('deliver'))).toBe('assigned');
  expect(statusAfter(step('arrive_pickup', { deliveryId: 'another' }))).toBe('assigned');
});
