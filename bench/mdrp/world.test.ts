import { describe, expect, it } from 'vitest';
import { refusingDay, solveDay } from './day';
import { smallInstance } from './small.testing';
import { type Habits, type Planner, World } from './world';

const instance = smallInstance();
const AT_ONCE: Habits = { acceptance: 1, offerSeconds: 0, roundSeconds: 60, random: () => 0 };

describe('a day', () => {
  it('shows the planner no order before it is placed', () => {
    const seen = new Map<string, number>();
    const watching: Planner = ({ deliveries }, now) => {
      for (const { id } of deliveries) if (!seen.has(id)) seen.set(id, now / 60);
      return { offers: [], givenUp: [] };
    };
    new World(instance, AT_ONCE).play(watching);
    expect([...seen]).toEqual([
      ['o1', 10],
      ['o2', 12],
      ['o3', 60],
    ]);
  });

  it('lets a courier do what the rules say', () => {
    const greedy: Planner = ({ deliveries }) => ({
      offers: deliveries.slice(0, 1).map(({ id }) => ({ driverId: 'c1', deliveryIds: [id] })),
      givenUp: [],
    });
    const { trips } = new World(instance, AT_ONCE).play(greedy);
    expect(trips[0]).toEqual({
      ...{ courier: 'c1', assignedAt: 10, leftAt: 10, from: '0', restaurant: 'r1' },
      ...{ arrivedAt: 15, pickedUpAt: 20, drops: [{ order: 'o1', leftAt: 22, droppedAt: 29 }] },
    });
    // Free at 31, from the first door.
    expect(trips[1]).toMatchObject({ assignedAt: 12, leftAt: 31, from: 'o1', arrivedAt: 36 });
  });

  it('is solved feasibly, all delivered, each as soon as it can be', () => {
    const { day, violations } = solveDay(instance);
    expect(violations).toEqual([]);
    expect(day).toMatchObject({ undeliveredPercent: 0, clickToDoorMax: 26, ordersPerTrip: 1.5 });
  });

  it('is the same when couriers refuse the same way again', () => {
    const { roundMs: _a, roundCpuMs: _b, ...first } = refusingDay(instance, 0.5, {});
    const { roundMs: _c, roundCpuMs: _d, ...second } = refusingDay(instance, 0.5, {});
    expect(second).toEqual(first);
  });

  it('gives an order that was refused to somebody else', () => {
    const asked: string[] = [];
    const answers = [0.9, 0.9, 0.5];
    const planner: Planner = ({ deliveries, drivers }) => {
      const [first] = deliveries;
      const free = drivers.find(({ id }) => !first?.declinedBy.has(id));
      if (!first || !free || asked.length === 2) return { offers: [], givenUp: [] };
      asked.push(`${first.id} ${free.id}`);
      return { offers: [{ driverId: free.id, deliveryIds: [first.id] }], givenUp: [] };
    };
    const random = () => answers.shift() ?? 0;
    new World(instance, { ...AT_ONCE, acceptance: 0.5, offerSeconds: 20, random }).play(planner);
    expect(asked).toEqual(['o1 c1', 'o1 c2']);
  });
});
