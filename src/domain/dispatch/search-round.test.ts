import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBroadcast } from './broadcast';
import type { Candidate } from './nearest';
import { BroadcastPolicySchema } from './policy';
import { planSearches } from './search-round';

const now = new Date('2026-05-01T12:00:00Z');
const policyOf = (parallelOffers: number, candidates: number) =>
  BroadcastPolicySchema.parse({ parallelOffers, candidates, maxEmptyRounds: 3 });

const candidate = (driverId: string, distanceM: number): Candidate => ({
  ...{ driverId, name: driverId, distanceM, positionAgeSeconds: 1 },
  ...{ declined: false, expiredThisRound: false },
});

const search = (...candidates: Candidate[]) => ({
  ...{ candidates, emptyRounds: 0, askedNow: new Set<string>() },
});

const plan = (searches: ReturnType<typeof search>[], parallelOffers = 1, candidates = 10) =>
  planSearches(searches, policyOf(parallelOffers, candidates), now, () => 0.5);

const [ana, ben, cleo] = [candidate('Ana', 100), candidate('Ben', 200), candidate('Cleo', 300)];

describe('a round of searches', () => {
  it('asks nobody twice: who is asked about one delivery is passed by for the next, and it is said', () => {
    const [first, second] = plan([search(ana, ben), search(ana, ben)]);
    expect(first).toMatchObject({ kind: 'offer', driverIds: ['Ana'] });
    expect(second).toMatchObject({ kind: 'offer', driverIds: ['Ben'] });
    const verdicts = second && 'considered' in second ? second.considered : [];
    expect(verdicts.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'Ana asked_already',
      'Ben chosen',
    ]);
  });

  it('backs off when everybody within the radius is taken', () => {
    expect(plan([search(ana), search(ana)]).map(({ kind }) => kind)).toEqual(['offer', 'wait']);
  });

  it('looks again where there may be others further away than those it knows', () => {
    expect(plan([search(ana), search(ana)], 1, 1).map(({ kind }) => kind)).toEqual([
      'offer',
      'crowded',
    ]);
    // One was taken, but as many are left as are to be asked.
    const three = [search(ana, ben, cleo), search(ana, ben, cleo)];
    expect(plan(three, 1, 3).map(({ kind }) => kind)).toEqual(['offer', 'offer']);
    expect(plan(three, 2, 3).map(({ kind }) => kind)).toEqual(['offer', 'crowded']);
  });

  it('leaves to the next look who may be asked about more than one', () => {
    const policy = { ...policyOf(1, 10), parallelOffersPerDriver: 2 };
    const decisions = planSearches([search(ana), search(ana)], policy, now, () => 0.5);
    expect(decisions.map(({ kind }) => kind)).toEqual(['offer', 'crowded']);
  });

  it('is the same as one after the other, each seeing who is still free', () => {
    const people = fc.array(
      fc.record({ driverId: fc.constantFrom(...'ABCDEFGH'), distanceM: fc.nat(5_000) }),
      { maxLength: 8 },
    );
    const nearest = (list: { driverId: string; distanceM: number }[], limit: number) =>
      [...new Map(list.map((each) => [each.driverId, each])).values()]
        .map(({ driverId, distanceM }) => candidate(driverId, distanceM))
        .sort((a, b) => a.distanceM - b.distanceM || (a.driverId < b.driverId ? -1 : 1))
        .slice(0, limit);
    fc.assert(
      fc.property(
        fc.array(people, { maxLength: 6 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 8 }),
        (around, parallelOffers, limit) => {
          const policy = policyOf(parallelOffers, limit);
          const together = plan(
            around.map((list) => search(...nearest(list, limit))),
            parallelOffers,
            limit,
          );
          const taken = new Set<string>();
          for (const [n, list] of around.entries()) {
            const one = together[n];
            if (!one || one.kind === 'crowded') continue;
            const free = list.filter(({ driverId }) => !taken.has(driverId));
            const alone = planBroadcast({
              ...{ ...search(...nearest(free, limit)), policy, now, random: 0.5 },
            });
            expect(one.kind).toBe(alone.kind);
            if (one.kind !== 'offer' || alone.kind !== 'offer') continue;
            expect(one.driverIds).toEqual(alone.driverIds);
            for (const id of one.driverIds) taken.add(id);
          }
        },
      ),
    );
  });
});
