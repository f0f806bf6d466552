import { expect, it } from 'vitest';
import { clockOf, nextAt } from './shift-end';

const now = new Date(2026, 10, 20, 18, 30);

it.each([
  ['22:00', new Date(2026, 10, 20, 22, 0)],
  ['18:31', new Date(2026, 10, 20, 18, 31)],
  ['18:30', new Date(2026, 10, 21, 18, 30)],
  ['02:15', new Date(2026, 10, 21, 2, 15)],
])('%s is the next time that the clock shows it', (clock, at) => {
  expect(nextAt(clock, now)).toEqual(at);
  expect(clockOf(at.toISOString())).toBe(clock);
});

it.each(['', '24:00', '7:30', 'noon'])('“%s” is no time', (clock) => {
  expect(nextAt(clock, now)).toBeNull();
});
