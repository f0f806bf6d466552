import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBroadcast } from './broadcast';
import type { Candidate } from './nearest';
import { BroadcastPolicySchema } from './policy';

const now = new Date('2026-05-01T12:00:00Z');
const policy = BroadcastPolicySchema.parse({ parallelOffers: 2, maxEmptyRounds: 3 });

const candidate = (driverId: string, distanceM: number, change: Partial<Candidate> = {}) => ({
  ...{ driverId, name: driverId, distanceM, positionAgeSeconds: 1 },
  ...{ declined: false, expiredThisRound: false },
  ...change,
});

const plan = (candidates: Candidate[], asked: string[] = [], emptyRounds = 0) =>
  planBroadcast({
    ...{ candidates, emptyRounds, policy, now, random: 0.5 },
    askedNow: new Set(asked),
  });

describe('policy broadcast', () => {
  it('asks the nearest few who may be asked', () => {
    const decision = plan([
      candidate('Far', 900),
      candidate('Said no', 50, { declined: true }),
      candidate('Near', 100),
      candidate('Mid', 300),
    ]);
    expect(decision).toMatchObject({ kind: 'offer', driverIds: ['Near', 'Mid'] });
    const verdicts =
      'considered' in decision ? decision.considered.map((each) => each.verdict) : [];
    expect(verdicts).toEqual(['declined', 'chosen', 'chosen', 'further_away']);
  });

  it('follows who said no with the next one, and no more than that', () => {
    const people = [candidate('Ana', 100), candidate('Ben', 200), candidate('Cleo', 300)];
    expect(plan(people, ['Ana'])).toMatchObject({ kind: 'offer', driverIds: ['Ben'] });
    expect(plan(people, ['Ana', 'Ben'])).toEqual({ kind: 'hold' });
  });

  it('waits for those who think about it rather than giving up', () => {
    expect(plan([], ['Ana'], 2)).toEqual({ kind: 'hold' });
    expect(plan([], [], 0)).toMatchObject({ kind: 'wait' });
    expect(plan([], [], 2)).toMatchObject({ kind: 'give_up' });
  });

  it('never asks more than the policy says, nobody twice, and nobody who may not be asked', () => {
    const people = fc.uniqueArray(
      fc.record({
        driverId: fc.string({ minLength: 1 }),
        name: fc.constant('x'),
        distanceM: fc.nat(5_000),
        positionAgeSeconds: fc.nat(200),
        declined: fc.boolean(),
        expiredThisRound: fc.boolean(),
      }),
      { selector: ({ driverId }) => driverId },
    );
    fc.assert(
      fc.property(people, fc.nat(3), (candidates, askedCount) => {
        const asked = candidates.slice(0, askedCount).map(({ driverId }) => driverId);
        const decision = plan(candidates, asked);
        if (decision.kind !== 'offer') return;
        expect(decision.driverIds.length + asked.length).toBeLessThanOrEqual(policy.parallelOffers);
        for (const id of decision.driverIds) {
          const chosen = candidates.find(({ driverId }) => driverId === id);
          expect(asked).not.toContain(id);
          expect(chosen).toMatchObject({ declined: false, expiredThisRound: false });
          expect(chosen?.positionAgeSeconds).toBeLessThanOrEqual(policy.positionFreshSeconds);
        }
      }),
    );
  });
});
