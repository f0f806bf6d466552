import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatch, planOf } from './batch';
import { BatchPolicySchema } from './policy';
import { delivery, driver, street } from './street.testing';

const policy = BatchPolicySchema.parse({ radiusStepsM: [100_000], leadSeconds: 0 });

describe('going on from the plan of the round before', () => {
  it('says where each delivery is in whose plan', () => {
    const kitchen = { pickupId: 'kitchen', pickup: 500, readyAt: 2_000 };
    const snapshot = street(
      [
        delivery('Far', { ...kitchen, dropoff: 720 }),
        delivery('Near', { ...kitchen, dropoff: 700 }),
        delivery('Later', { pickup: 900, readyAt: 4_000 }),
      ],
      [driver('Ana', 0)],
    );
    const decisions = planBatch({ snapshot, policy, now: 0, random: 0.5 });
    expect([...planOf(decisions)]).toEqual([
      ['Far', { driverId: 'Ana', trip: 0, door: 1 }],
      ['Near', { driverId: 'Ana', trip: 0, door: 0 }],
      ['Later', { driverId: 'Ana', trip: 1, door: 0 }],
    ]);
  });

  it('finds what a search without effort would not', () => {
    const idle = { ...policy, maxTripsTried: 0 };
    const orders = Array.from({ length: 8 }, (_, n) =>
      delivery(`o${n}`, { pickup: (n % 3) * 900, dropoff: n * 350, readyAt: 1_500 + n * 40 }),
    );
    const snapshot = street(orders, [driver('Ana', 0), driver('Ben', 1_500)]);
    const input = { snapshot, now: 0, random: 0.5 };
    const good = planOf(planBatch({ ...input, policy }));
    expect(planOf(planBatch({ ...input, policy: idle }))).not.toEqual(good);
    expect(planOf(planBatch({ ...input, policy: idle, before: good }))).toEqual(good);
  });
});

const places = fc.integer({ min: 0, max: 3_000 });
const ids = fc.integer({ min: 0, max: 6 });

describe('whatever was planned before', () => {
  it('decides every delivery once, with nobody who is not there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ kitchen: fc.nat(3), dropoff: places, readyAt: fc.nat(2_500) }), {
          maxLength: 8,
        }),
        fc.array(places, { maxLength: 4 }),
        fc.array(fc.record({ order: ids, driver: ids, trip: fc.nat(3), door: fc.nat(3) })),
        (orders, drivers, plan) => {
          const snapshot = street(
            orders.map(({ kitchen, ...rest }, n) =>
              delivery(`o${n}`, { pickupId: `k${kitchen}`, pickup: kitchen * 700, ...rest }),
            ),
            drivers.map((place, n) => driver(`d${n}`, place, { capacity: 2 })),
          );
          const before = new Map(
            plan.map(({ order, driver: n, ...rest }) => [
              `o${order}`,
              { driverId: `d${n}`, ...rest },
            ]),
          );
          const decisions = planBatch({ snapshot, policy, now: 500, random: 0.5, before });
          const decided = decisions.flatMap((it) =>
            it.kind === 'offer' ? it.deliveryIds : [it.deliveryId],
          );
          expect([...decided].sort()).toEqual(snapshot.deliveries.map(({ id }) => id).sort());
          for (const { driverId } of planOf(decisions).values()) {
            expect(snapshot.drivers.map(({ id }) => id)).toContain(driverId);
          }
        },
      ),
    );
  });
});
