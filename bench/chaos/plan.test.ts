import { describe, expect, it } from 'vitest';
import { FAULTS, planFaults } from './plan';

const MINUTES = 60_000;

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planFaults(7, 5 * MINUTES, 2)).toEqual(planFaults(7, 5 * MINUTES, 2));
    expect(planFaults(7, 5 * MINUTES, 2)).not.toEqual(planFaults(8, 5 * MINUTES, 2));
  });

  it('begins the same, however long it goes on', () => {
    const short = planFaults(7, 2 * MINUTES, 2);
    expect(planFaults(7, 5 * MINUTES, 2).slice(0, short.length)).toEqual(short);
  });

  it.each([1, 2, 3, 4, 5])(
    'has every kind within five minutes, one after another (seed %i)',
    (seed) => {
      const plan = planFaults(seed, 5 * MINUTES, 2);
      expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(FAULTS));
      for (const [n, { atMs, lastsMs, node }] of plan.entries()) {
        expect(atMs + lastsMs).toBeLessThan(plan[n + 1]?.atMs ?? 5 * MINUTES);
        expect([0, 1]).toContain(node);
      }
    },
  );
});
