import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { latestEvery } from './latest-every';

describe('the latest value, at most one in a while', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('the first goes at once, of those that follow the last when its time has come', () => {
    const passed: number[] = [];
    const every = latestEvery<number>(3_000, (value) => passed.push(value));
    for (const value of [1, 2, 3]) every.take(value);
    expect(passed).toEqual([1]);
    vi.advanceTimersByTime(2_999);
    expect(passed).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(passed).toEqual([1, 3]);
    vi.advanceTimersByTime(10_000);
    expect(passed).toEqual([1, 3]);
    every.take(4);
    expect(passed).toEqual([1, 3, 4]);
  });

  test('nothing goes after the end', () => {
    const passed: number[] = [];
    const every = latestEvery<number>(3_000, (value) => passed.push(value));
    every.take(1);
    every.take(2);
    every.stop();
    vi.advanceTimersByTime(10_000);
    expect(passed).toEqual([1]);
  });
});
