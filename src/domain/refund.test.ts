import { expect, it } from 'vitest';
import { PAYMENT_STATES, type PaymentStatus } from './payment';
import { refundable } from './refund';

const parts = (...amounts: number[]) => amounts.map((amount) => ({ amount }));

it.each<[PaymentStatus, number, number[], number]>([
  ['captured', 1_000, [], 1_000],
  ['captured', 1_000, [400], 600],
  ['partly_refunded', 1_000, [400, 300], 300],
  ['partly_refunded', 1_000, [400, 600], 0],
  ['captured', 400, [500], 0],
])('%s, %i taken, given back %j: %i is left', (status, captured, asked, left) => {
  expect(refundable({ status, captured }, parts(...asked))).toBe(left);
});

it('nothing is left of what was never taken, or is all given back', () => {
  for (const status of PAYMENT_STATES) {
    if (status === 'captured' || status === 'partly_refunded') continue;
    expect(refundable({ status, captured: 1_000 }, [])).toBe(0);
  }
});
