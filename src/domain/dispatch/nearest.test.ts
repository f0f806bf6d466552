import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, planNearest } from './nearest';
import { backoffSeconds, DispatchPolicySchema, radiusFor } from './policy';

const policy = DispatchPolicySchema.parse({});
const now = new Date('2026-11-20T12:00:00Z');

const candidate = (name: string, change: Partial<Candidate> = {}): Candidate => ({
  driverId: name,
  name,
  distanceM: 100,
  positionAgeSeconds: 2,
  declined: false,
  expiredThisRound: false,
  ...change,
});

const plan = (candidates: Candidate[], emptyRounds = 0) =>
  planNearest({ candidates, emptyRounds, policy, now, random: 0.5 });

const verdicts = (candidates: Candidate[]) =>
  plan(candidates).considered.map(({ name, verdict }) => `${name}: ${verdict}`);

describe('policy nearest', () => {
  it('offers to the nearest and says why not to the others', () => {
    const candidates = [
      candidate('Dov', { distanceM: 400 }),
      candidate('Ana', { distanceM: 100, declined: true }),
      candidate('Ben', { distanceM: 200, positionAgeSeconds: 90 }),
      candidate('Cleo', { distanceM: 300 }),
      candidate('Edda', { distanceM: 350, expiredThisRound: true }),
    ];
    expect(plan(candidates)).toMatchObject({
      kind: 'offer',
      driverId: 'Cleo',
      distanceM: 300,
      expiresAt: new Date('2026-11-20T12:00:20Z'),
    });
    expect(verdicts(candidates)).toEqual([
      'Ana: declined',
      'Ben: position_stale',
      'Cleo: chosen',
      'Edda: did_not_answer',
      'Dov: further_away',
    ]);
  });

  it('waits when nobody is left, and gives up after the last round', () => {
    expect(plan([], 0)).toMatchObject({ kind: 'wait', until: new Date('2026-11-20T12:00:03Z') });
    expect(plan([candidate('Ana', { declined: true })], 2).kind).toBe('wait');
    expect(plan([], policy.maxEmptyRounds - 1).kind).toBe('give_up');
  });

  const anyCandidates = fc.array(
    fc.record({
      driverId: fc.uuid(),
      name: fc.string(),
      distanceM: fc.double({ min: 0, max: 9_000, noNaN: true }),
      positionAgeSeconds: fc.double({ min: 0, max: 200, noNaN: true }),
      declined: fc.boolean(),
      expiredThisRound: fc.boolean(),
    }),
  );

  it('never offers to somebody who may not be asked, and never passes a nearer one by', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const may = (one: Candidate) =>
          !one.declined &&
          !one.expiredThisRound &&
          one.positionAgeSeconds <= policy.positionFreshSeconds;
        const decision = plan(candidates);
        const nearest = Math.min(...candidates.filter(may).map((one) => one.distanceM));
        if (decision.kind === 'offer') expect(decision.distanceM).toBe(nearest);
        else expect(candidates.some(may)).toBe(false);
        expect(decision.considered).toHaveLength(candidates.length);
      }),
    );
  });

  it('does not depend on the order in which candidates come', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        expect(plan([...candidates].reverse())).toEqual(plan(candidates));
      }),
    );
  });
});

describe('a search that finds nobody', () => {
  it('looks farther each time, up to the last step', () => {
    expect([0, 1, 2, 3, 9].map((round) => radiusFor(policy, round))).toEqual([
      2_000, 4_000, 8_000, 8_000, 8_000,
    ]);
  });

  it('backs off exponentially, jittered over the upper half, and never above its limit', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 0.999, noNaN: true }), (round, random) => {
        const full = Math.min(policy.backoffMaxSeconds, policy.backoffBaseSeconds * 2 ** round);
        const seconds = backoffSeconds(policy, round, random);
        expect(seconds).toBeGreaterThanOrEqual(full / 2);
        expect(seconds).toBeLessThan(full);
      }),
    );
  });
});

it.each([
  [{ offerSeconds: 1 }],
  [{ radiusStepsM: [] }],
  [{ radiusStepsM: [-5] }],
  [{ maxEmptyRounds: 0 }],
  [{ candidates: 1.5 }],
])('a policy with nonsense is refused: %j', (nonsense) => {
  expect(DispatchPolicySchema.safeParse(nonsense).success).toBe(false);
});
