import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchDecision, planBatch } from './batch';
import { type BatchPolicy, BatchPolicySchema } from './policy';
import type { DispatchSnapshot } from './snapshot';
import { delivery, driver, street } from './street.testing';

const policy = (change: Partial<BatchPolicy> = {}) =>
  BatchPolicySchema.parse({ radiusStepsM: [1_000, 100_000], leadSeconds: 0, ...change });

const plan = (snapshot: DispatchSnapshot<number>, change: Partial<BatchPolicy> = {}, now = 0) =>
  planBatch({ snapshot, policy: policy(change), now, random: 0.5 });

const told = (decisions: readonly BatchDecision[]) =>
  decisions.map((it) =>
    it.kind === 'offer'
      ? `${it.deliveryIds.join('+')} to ${it.driverId}`
      : `${it.deliveryId}: ${it.kind}`,
  );

const verdicts = (decision: BatchDecision | undefined) =>
  decision && 'considered' in decision
    ? decision.considered.map(({ driverId, verdict }) => `${driverId}: ${verdict}`)
    : [];

describe('policy batch', () => {
  it('serves all at the least delay, where the nearest for each would not', () => {
    const snapshot = street(
      [delivery('A', { pickup: 100, dropoff: 900 }), delivery('B', { pickup: 0, dropoff: 900 })],
      [driver('Ana', 60), driver('Ben', 200)],
    );
    expect(told(plan(snapshot)).sort()).toEqual(['A to Ben', 'B to Ana']);
  });

  it('waits for who is about to be free next door rather than calling somebody from afar', () => {
    const drivers = [driver('Far', 900), driver('Near', 10, { freeAt: 120, idleSince: null })];
    const [decision] = plan(street([delivery('A')], drivers));
    expect(decision).toMatchObject({ kind: 'hold', driverId: 'Near', leaveAt: 120 });
  });

  it('commits as late as punctuality allows', () => {
    const snapshot = street([delivery('A', { readyAt: 1_000 })], [driver('Ana', 300)]);
    // 300 s to get there and 60 s to have it.
    expect(plan(snapshot, {}, 639)[0]).toMatchObject({ kind: 'hold', leaveAt: 640 });
    expect(told(plan(snapshot, {}, 640))).toEqual(['A to Ana']);
    expect(told(plan(snapshot, { leadSeconds: 30 }, 610))).toEqual(['A to Ana']);
  });

  it('bundles orders of one restaurant when nobody else is near', () => {
    const kitchen = { pickupId: 'kitchen', pickup: 0 };
    const two = [
      delivery('Far', { ...kitchen, dropoff: 220 }),
      delivery('Near', { ...kitchen, dropoff: 200 }),
    ];
    expect(told(plan(street(two, [driver('Ana', 0)])))).toEqual(['Near+Far to Ana']);
    expect(told(plan(street(two, [driver('Ana', 0)]), { bundleSize: 1 }))).toEqual([
      'Near to Ana',
      'Far: hold',
    ]);
    expect(told(plan(street(two, [driver('Ana', 0), driver('Ben', 5)])))).toHaveLength(2);
  });

  it('gives nobody more than they can carry at once', () => {
    const kitchen = { pickupId: 'kitchen', pickup: 0 };
    const two = [
      delivery('Far', { ...kitchen, dropoff: 220 }),
      delivery('Near', { ...kitchen, dropoff: 200 }),
    ];
    expect(told(plan(street(two, [driver('Ana', 0, { capacity: 1 })])))).toEqual([
      'Near to Ana',
      'Far: hold',
    ]);
    expect(told(plan(street(two, [driver('Ana', 0, { capacity: 2 })])))).toEqual([
      'Near+Far to Ana',
    ]);
    // About to be free, with one still in the bag.
    const busy = driver('Ana', 0, { capacity: 2, load: 1, idleSince: null });
    expect(told(plan(street(two, [busy])))).toEqual(['Far: hold', 'Near: hold']);
  });

  it('bundles orders of near restaurants only as far as the policy says', () => {
    const two = [
      delivery('A', { pickup: 0, dropoff: 500 }),
      delivery('B', { pickup: 50, dropoff: 510 }),
    ];
    const alone = street(two, [driver('Ana', 0)]);
    expect(told(plan(alone, { nearPickupSeconds: 60 }))).toEqual(['A+B to Ana']);
    expect(told(plan(alone, { nearPickupSeconds: 40 }))).toEqual(['A to Ana', 'B: hold']);
  });

  it('says of the nearest drivers why each was chosen or left out', () => {
    const drivers = [
      driver('Ana', 10, { positionAgeSeconds: 90 }),
      driver('Ben', 20, { pendingOffers: 1 }),
      driver('Cleo', 30),
      driver('Dov', 40),
      driver('Edda', 50, { offAt: 60 }),
      driver('Finn', 60),
      driver('Gus', 70, { freeAt: 9_000, idleSince: null }),
      driver('Hal', 80, { load: 4 }),
      driver('Ida', 2_000),
    ];
    const declined = { declinedBy: new Set(['Cleo']), unansweredBy: new Set(['Dov']) };
    const [decision] = plan(street([delivery('A', declined)], drivers));
    expect(verdicts(decision)).toEqual([
      'Ana: position_stale',
      'Ben: asked_already',
      'Cleo: declined',
      'Dov: did_not_answer',
      'Edda: off_duty_before_pickup',
      'Finn: chosen',
      'Gus: not_free_soon',
      'Hal: carries_enough',
      'Ida: out_of_radius',
    ]);
    expect(decision).toMatchObject({ driverId: 'Finn', expiresAt: 20 });
  });

  it('backs off when nobody may be asked, looks further, and gives up in the end', () => {
    const far = [driver('Ana', 5_000)];
    const round = (emptyRounds: number) =>
      plan(street([delivery('A', { emptyRounds })], far), { maxEmptyRounds: 2 })[0];
    expect(round(0)).toMatchObject({ kind: 'wait', until: 3 });
    expect(round(1)).toMatchObject({ kind: 'offer', driverId: 'Ana' });
    const nobody = street([delivery('A', { emptyRounds: 1 })], []);
    expect(plan(nobody, { maxEmptyRounds: 2 })[0]).toMatchObject({ kind: 'give_up' });
  });

  it('asks several at once when the policy says so, but nobody who is planned elsewhere', () => {
    const snapshot = street(
      [delivery('A'), delivery('B', { pickup: 500 })],
      [driver('Ana', 0), driver('Ben', 500), driver('Cleo', 250)],
    );
    expect(plan(snapshot, { parallelOffers: 3 })).toMatchObject([
      { driverId: 'Ana', alsoAsk: ['Cleo'] },
      { driverId: 'Ben', alsoAsk: [] },
    ]);
  });

  it('prefers who has been idle longer, and who refuses less, between equals', () => {
    const one = [delivery('A')];
    const idle = [driver('Ana', 50, { idleSince: 1_700 }), driver('Ben', 50, { idleSince: 0 })];
    expect(told(plan(street(one, idle), {}, 1_800))).toEqual(['A to Ben']);
    const refusing = [driver('Ana', 50, { refusalShare: 0.8 }), driver('Ben', 60)];
    expect(told(plan(street(one, refusing)))).toEqual(['A to Ben']);
  });

  it('takes whom it costs the least time, of two who would both be there when it is ready', () => {
    const drivers = [driver('Ana', 300), driver('Ben', 100)];
    const [decision] = plan(street([delivery('A', { readyAt: 1_000 })], drivers));
    expect(decision).toMatchObject({ kind: 'hold', driverId: 'Ben' });
  });

  it('leaves a driver where orders are expected, when another is as good', () => {
    const snapshot = street(
      [delivery('A', { pickup: 300, readyAt: 400 })],
      [driver('Ana', 290), driver('Ben', 0)],
    );
    const chosen = (place: number) =>
      plan({ ...snapshot, demand: [{ place, expectedOrders: 10 }] })[0];
    expect(chosen(290)).toMatchObject({ kind: 'hold', driverId: 'Ben' });
    expect(chosen(0)).toMatchObject({ kind: 'hold', driverId: 'Ana' });
  });

  it('leaves what would be too old at the door to a person, if the policy says so', () => {
    const late = street([delivery('A', { dropoff: 4_000 })], [driver('Ana', 0)]);
    expect(told(plan(late, { latestDoorSeconds: 3_600 }))).toEqual(['A: give_up']);
    expect(told(plan(late))).toEqual(['A to Ana']);
  });
});

/** One driver, and an order next door as soon as they are back: how long the far one waits. */
function waitOfFarOrder(change: Partial<BatchPolicy>, hours: number): number {
  let [place, freeAt, count] = [0, 0, 0];
  let near: ReturnType<typeof delivery>[] = [];
  const far = delivery('far', { pickup: 3_000, dropoff: 3_000 });
  for (let now = 0; now < hours * 3_600; now += 60) {
    if (now % 300 === 0) {
      near.push(delivery(`near ${count}`, { placedAt: now, readyAt: now, dropoff: 30 }));
      count += 1;
    }
    const snapshot = street([far, ...near], [driver('Ana', place, { freeAt, idleSince: null })]);
    for (const decision of plan(snapshot, { radiusStepsM: [100_000], ...change }, now)) {
      if (decision.kind !== 'offer') continue;
      if (decision.deliveryIds.includes('far')) return now;
      near = near.filter(({ id }) => !decision.deliveryIds.includes(id));
      [place, freeAt] = [30, Math.max(now, freeAt) + 300];
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe('the deadline lane', () => {
  it('lets nobody starve, which the least sum of delays alone would', () => {
    const withoutLane = { laneSeconds: 1_000_000, bundleSize: 1 };
    expect(waitOfFarOrder(withoutLane, 6)).toBe(Number.POSITIVE_INFINITY);
    expect(waitOfFarOrder({ bundleSize: 1 }, 6)).toBeLessThan(3 * 3_600);
  });
});

const places = fc.integer({ min: 0, max: 3_000 });
const snapshots = fc
  .record({
    orders: fc.array(fc.record({ kitchen: fc.nat(4), dropoff: places, readyAt: fc.nat(1_500) }), {
      maxLength: 12,
    }),
    drivers: fc.array(fc.record({ place: places, freeAt: fc.nat(2_000) }), { maxLength: 6 }),
  })
  .map(({ orders, drivers }) =>
    street(
      orders.map(({ kitchen, ...rest }, n) =>
        delivery(`o${n}`, { pickupId: `k${kitchen}`, pickup: kitchen * 700, ...rest }),
      ),
      drivers.map(({ place, freeAt }, n) => driver(`d${n}`, place, { freeAt })),
    ),
  );

describe('any plan', () => {
  it('decides every delivery once, and uses nobody for two trips', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const decisions = plan(snapshot, { radiusStepsM: [100_000] }, 500);
        const ids = decisions.flatMap((it) =>
          it.kind === 'offer' ? it.deliveryIds : [it.deliveryId],
        );
        expect([...ids].sort()).toEqual(snapshot.deliveries.map(({ id }) => id).sort());
        const asked = decisions.flatMap((it) => (it.kind === 'offer' ? [it.driverId] : []));
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  it('is the same for the same snapshot, and leaves the snapshot alone', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const before = JSON.stringify(snapshot);
        const whole = () =>
          plan(snapshot, {}, 500).map((decision) =>
            decision.kind === 'hold' ? { ...decision, consider: decision.consider() } : decision,
          );
        expect(whole()).toEqual(whole());
        expect(JSON.stringify(snapshot)).toBe(before);
      }),
    );
  });
});
