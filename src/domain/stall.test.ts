import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Sighting,
  type Stall,
  type StallDecision,
  type StallMemory,
  StallPolicySchema,
  WATCHED_LEGS,
  watchStall,
} from './stall';

const policy = StallPolicySchema.parse({
  ...{ stalledSeconds: 120, progressM: 50, awayM: 200, darkSeconds: 60 },
  ...{ settleSeconds: 20, tellAdminSeconds: 60, reofferSeconds: 180 },
});

type Look = Partial<Sighting> & { at: number };
type Leg = (typeof WATCHED_LEGS)[number];

/** Looks one after another; what is said after each. */
function watch(looks: readonly Look[], leg: Leg = 'assigned', change: Partial<typeof policy> = {}) {
  let memory: StallMemory | null = null;
  let stall: Stall | null = null;
  return looks.map(({ at, ...look }): StallDecision => {
    const sighting = {
      ...{ now: at, distanceM: 1_000, seenAt: at, legSince: 0, busyElsewhere: false },
      ...look,
    };
    const decision = watchStall({ memory, stall }, sighting, leg, { ...policy, ...change });
    ({ memory, stall } = decision);
    return decision;
  });
}

const every10 = (seconds: number, look: (at: number) => Partial<Sighting> = () => ({})): Look[] =>
  Array.from({ length: seconds / 10 + 1 }, (_, n) => ({ at: n * 10, ...look(n * 10) }));

const firstSaid = (decisions: readonly StallDecision[]) => {
  const n = decisions.findIndex(({ stall }) => stall !== null);
  return n < 0 ? null : { at: n * 10, kind: decisions[n]?.stall?.kind };
};

describe('the watch over a driver on the way', () => {
  it.each<[string, (at: number) => Partial<Sighting>, ReturnType<typeof firstSaid>]>([
    ['gets nearer', (at) => ({ distanceM: 5_000 - at * 4 }), null],
    ['stands still', () => ({ distanceM: 900 }), { at: 150, kind: 'stalled' }],
    ['crawls', (at) => ({ distanceM: 900 - at * 0.2 }), { at: 150, kind: 'stalled' }],
    ['waits at the counter', () => ({ distanceM: 40 }), null],
    ['goes away', (at) => ({ distanceM: 900 + at * 5 }), { at: 70, kind: 'going_away' }],
    ['is seen no more', () => ({ seenAt: 5, distanceM: 900 }), { at: 90, kind: 'dark' }],
    ['has never been seen', () => ({ seenAt: null, distanceM: null }), { at: 90, kind: 'dark' }],
    ['has another stop first', () => ({ distanceM: 900, busyElsewhere: true }), null],
  ])('who %s', (_, look, said) => {
    expect(firstSaid(watch(every10(300, look)))).toEqual(said);
  });

  it('tells the driver, then a dispatcher, then asks others, before the pickup only', () => {
    const still = every10(400);
    const told = (leg: Leg, change = {}) => {
      const decisions = watch(still, leg, change);
      return {
        driver: decisions.findIndex(({ stall }) => stall?.told === 'driver') * 10,
        admin: decisions.findIndex(({ stall }) => stall?.told === 'admin') * 10,
        reoffer: decisions.findIndex(({ reoffer }) => reoffer),
      };
    };
    expect(told('assigned')).toEqual({ driver: 150, admin: 210, reoffer: 33 });
    expect(told('picked_up').reoffer).toBe(-1);
    expect(told('assigned', { reofferSeconds: null }).reoffer).toBe(-1);
  });

  it('takes it back once the driver gets on for a while', () => {
    const looks = every10(400, (at) => ({ distanceM: at < 200 ? 900 : 900 - (at - 200) * 6 }));
    const decisions = watch(looks, 'picked_up');
    expect(decisions[20]?.stall?.kind).toBe('stalled');
    const over = decisions.findIndex(({ stall }, n) => n > 20 && stall === null) * 10;
    expect(over).toBeGreaterThan(210);
    expect(over).toBeLessThanOrEqual(240);
  });

  it('a new leg begins without what was held against the old one', () => {
    const looks = [
      ...every10(140),
      ...every10(60).map(({ at }) => ({ at: at + 150, legSince: 145, distanceM: 2_000 })),
    ];
    expect(watch(looks).every(({ stall }) => stall === null)).toBe(true);
  });
});

describe('whatever is seen', () => {
  const looks = fc.array(
    fc.record({
      wait: fc.integer({ min: 1, max: 60 }),
      distanceM: fc.option(fc.integer({ min: 0, max: 5_000 })),
      age: fc.integer({ min: 0, max: 200 }),
      busyElsewhere: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  const sightings = (drawn: { wait: number; distanceM: number | null; age: number }[]): Look[] => {
    let at = 0;
    return drawn.map(({ wait, age, ...look }) => {
      at += wait;
      return { ...look, at, seenAt: at - age };
    });
  };

  it('nothing is said that was not seen for as long as it takes to settle', () => {
    fc.assert(
      fc.property(looks, (drawn) => {
        const all = sightings(drawn);
        const decisions = watch(all);
        for (const [n, { stall, memory }] of decisions.entries()) {
          const before = decisions[n - 1]?.stall ?? null;
          if (stall && !before) {
            expect(memory.seen).toBe(stall.kind);
            expect((all[n]?.at ?? 0) - memory.seenSince).toBeGreaterThanOrEqual(
              policy.settleSeconds,
            );
          }
          // Nobody is told less than before while it lasts, and it is counted from its beginning.
          if (stall && before) {
            expect(stall.since).toBe(before.since);
            if (before.told === 'admin') expect(stall.told).toBe('admin');
          }
        }
      }),
    );
  });

  it('others are asked only before the pickup, and only about what is still being seen', () => {
    fc.assert(
      fc.property(looks, fc.constantFrom(...WATCHED_LEGS), (drawn, leg) => {
        for (const { reoffer, stall, memory } of watch(sightings(drawn), leg)) {
          if (!reoffer) continue;
          expect(leg).toBe('assigned');
          expect(stall).not.toBeNull();
          expect(memory.seen).not.toBeNull();
        }
      }),
    );
  });

  it('flickering faster than it settles is never told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (seconds) => {
        const flicker = Array.from({ length: 200 }, (_, n) => ({
          at: 200 + n * seconds,
          seenAt: n % 2 ? 200 + n * seconds : 0,
          distanceM: 60,
        }));
        expect(watch(flicker).every(({ stall }) => stall === null)).toBe(true);
      }),
    );
  });
});
