import { expect, it } from 'vitest';
import { retryDelayMs } from './retry';

it('pauses grow from a second to ten minutes, and are spread by chance', () => {
  expect([1, 2, 3, 4, 10, 20, 500].map((attempts) => retryDelayMs(attempts, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 512_000, 600_000, 600_000,
  ]);
  expect(retryDelayMs(1, 0)).toBe(750);
  expect(retryDelayMs(0, 0)).toBe(750);
});
