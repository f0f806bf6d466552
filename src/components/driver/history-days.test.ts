import { expect, it } from 'vitest';
import { type Delivered, daysOf } from './history-days';

const delivered = (id: string, day: number, change: Partial<Delivered> = {}): Delivered => ({
  ...{ deliveryId: id, orderNumber: 1, restaurantName: 'Kitchen', dropoffAddress: 'Door' },
  ...{ deliveredAt: new Date(2026, 10, day, 12).toISOString(), pay: 450, tip: 100 },
  ...{ currency: 'EUR', cash: 0, cashHandedIn: false, rating: null, runId: null },
  ...change,
});

it('what was carried together stands together, and each day has its sums', () => {
  const days = daysOf([
    delivered('c', 21, { runId: 'run', cash: 1_311 }),
    delivered('b', 21, { runId: 'run', tip: 0 }),
    delivered('a', 21),
    delivered('before', 20, { pay: 700 }),
  ]);
  expect(days.map(({ sum, tips, cash }) => [sum, tips, cash])).toEqual([
    [1_350, 200, 1_311],
    [700, 100, 0],
  ]);
  expect(days[0]?.runs.map(({ sum, deliveries }) => [sum, deliveries.length])).toEqual([
    [900, 2],
    [450, 1],
  ]);
});

it('what is not delivered yet stands nowhere', () => {
  expect(daysOf([delivered('a', 20, { deliveredAt: null })])).toEqual([]);
});
