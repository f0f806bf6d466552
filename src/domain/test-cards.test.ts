import { describe, expect, it } from 'vitest';
import { behaviourOf, isGoodUntil, TEST_CARDS } from './test-cards';

const luhn = (number: string): boolean =>
  [...number]
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 ? 2 : 1))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) %
    10 ===
  0;

describe('test cards', () => {
  it('have numbers as real ones are made, and each is known by its own', () => {
    for (const { number, behaviour } of TEST_CARDS) {
      expect(luhn(number), number).toBe(true);
      expect(behaviourOf(number.replace(/(.{4})/g, '$1 '))).toBe(behaviour);
    }
  });

  it('are the only ones', () => {
    for (const number of ['4111111111111111', '', '4242', '42424242424242424']) {
      expect(behaviourOf(number)).toBeNull();
    }
  });

  it.each([
    ['12/34', true],
    ['11/26', true],
    ['10/26', false],
    ['1/30', false],
    ['13/30', false],
    ['soon', false],
    [' 01 / 30 ', true],
  ])('are good until the end of the month: %s', (expiry, good) => {
    expect(isGoodUntil(expiry, new Date('2026-11-30T23:59:00Z'))).toBe(good);
  });
});
