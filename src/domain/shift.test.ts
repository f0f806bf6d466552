import { describe, expect, it } from 'vitest';
import { dutyOf } from './driver';
import { Refusal } from './errors';
import { checkShiftEnd, LONGEST_SHIFT_H } from './shift';

const now = new Date('2026-11-20T12:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

function reasonFor(until: Date): string | null {
  try {
    checkShiftEnd(until, now);
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.reason : String(error);
  }
}

it.each<[number, string | null]>([
  [-1, 'shift_end_past'],
  [0, 'shift_end_past'],
  [0.01, null],
  [LONGEST_SHIFT_H, null],
  [LONGEST_SHIFT_H + 0.01, 'shift_too_long'],
])('a shift that ends in %d hours: %s', (hours, reason) => {
  expect(reasonFor(inHours(hours))).toBe(reason);
});

describe('duty', () => {
  const on = { online: true, breakSince: null, shiftOver: false };
  it.each([
    ['offline', { ...on, online: false }],
    ['online', on],
    ['on_break', { ...on, breakSince: '2026-11-20T12:00:00Z' }],
    ['shift_over', { ...on, shiftOver: true }],
  ])('%s', (state, driver) => expect(dutyOf(driver)).toBe(state));
});
