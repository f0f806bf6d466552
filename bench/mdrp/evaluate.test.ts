import { describe, expect, it } from 'vitest';
import { violations } from './evaluate';
import { measure } from './measure';
import { smallInstance } from './small.testing';
import { readSolution, type Solution, writeSolution } from './solution';

const instance = smallInstance();

/** By hand: c1 carries o1 and o2 together, c2 carries o3. */
const right = (): Solution => ({
  assignments: [
    { assignedAt: 17, pickupAt: 24, courier: 'c1', orders: ['o1', 'o2'] },
    { assignedAt: 72, pickupAt: 75, courier: 'c2', orders: ['o3'] },
  ],
  orders: [
    {
      ...{ order: 'o1', placedAt: 10, restaurant: 'r1', readyAt: 20 },
      ...{ pickupAt: 24, dropoffAt: 33, courier: 'c1' },
    },
    {
      ...{ order: 'o2', placedAt: 12, restaurant: 'r1', readyAt: 24 },
      ...{ pickupAt: 24, dropoffAt: 38, courier: 'c1' },
    },
    {
      ...{ order: 'o3', placedAt: 60, restaurant: 'r2', readyAt: 75 },
      ...{ pickupAt: 75, dropoffAt: 84, courier: 'c2' },
    },
  ],
  moves: [
    { courier: 'c1', leftAt: 17, from: '0', to: 'r1' },
    { courier: 'c1', leftAt: 26, from: 'r1', to: 'o1' },
    { courier: 'c1', leftAt: 35, from: 'o1', to: 'o2' },
    { courier: 'c2', leftAt: 72, from: '0', to: 'r2' },
    { courier: 'c2', leftAt: 77, from: 'r2', to: 'o3' },
  ],
});

/** The right solution with one thing changed. */
function with_(change: (solution: Solution) => void): Solution {
  const solution = right();
  change(solution);
  return solution;
}

const nth = <T>(list: T[], n: number): T => {
  const item = list[n];
  if (item === undefined) throw new Error(`there is no ${n}th`);
  return item;
};

describe('the evaluator', () => {
  it('finds nothing wrong with a feasible solution', () => {
    expect(violations(instance, right())).toEqual([]);
  });

  const wrong: [string, Solution, string][] = [
    [
      'an order in two assignments',
      with_(({ assignments }) => nth(assignments, 1).orders.unshift('o1')),
      'o1 is assigned twice',
    ],
    [
      'an assignment before the order is placed',
      with_((it) => Object.assign(nth(it.assignments, 0), { assignedAt: 11 })),
      'o2 is assigned before it is placed',
    ],
    [
      'a pickup after the end of duty',
      with_((it) => {
        nth(it.assignments, 1).pickupAt = 121;
        Object.assign(nth(it.orders, 2), { pickupAt: 121, dropoffAt: 130 });
        nth(it.moves, 4).leftAt = 123;
      }),
      'c2 picks up o3 after the end of duty',
    ],
    [
      'a pickup before the bundle is ready',
      with_((it) => {
        nth(it.assignments, 1).pickupAt = 74;
        nth(it.orders, 2).pickupAt = 74;
        nth(it.moves, 3).leftAt = 71;
        nth(it.assignments, 1).assignedAt = 71;
      }),
      'o3 is picked up before it is ready',
    ],
    [
      'another sequence than assigned',
      with_((it) => nth(it.assignments, 0).orders.reverse()),
      'o1 is dropped off out of sequence',
    ],
    [
      'a courier who is somewhere else than they were',
      with_((it) => Object.assign(nth(it.moves, 2), { from: 'r2' })),
      'c1 leaves r2, but is at o1',
    ],
    [
      'a courier who starts somewhere else',
      with_((it) => Object.assign(nth(it.moves, 3), { from: 'r1' })),
      'c2 leaves r1, but is at 0',
    ],
    [
      'a departure before the arrival',
      with_((it) => Object.assign(nth(it.moves, 2), { leftAt: 30 })),
      'c1 leaves o1 before being there',
    ],
    [
      'a departure before duty',
      with_((it) => {
        nth(it.moves, 3).leftAt = 29;
        nth(it.assignments, 1).assignedAt = 29;
      }),
      'c2 leaves 0 before being there',
    ],
    [
      'setting out before being assigned',
      with_((it) => Object.assign(nth(it.assignments, 0), { assignedAt: 18 })),
      'c1 sets out for o1,o2 before being assigned',
    ],
    [
      'a pickup without the time it takes',
      with_((it) => Object.assign(nth(it.moves, 1), { leftAt: 25 })),
      'c1 is not at r1 around 24',
    ],
    [
      'a dropoff without the way there',
      with_((it) => Object.assign(nth(it.orders, 2), { dropoffAt: 83 })),
      'c2 is not at the door of o3 around 83',
    ],
    [
      'a delivery that nobody was assigned',
      with_((it) => it.assignments.pop()),
      'o3 is delivered but never assigned',
    ],
    [
      'an assignment that is not delivered',
      with_((it) => it.orders.pop()),
      'o3 is assigned, but unknown or not delivered',
    ],
    [
      'a bundle of two kitchens',
      with_((it) => nth(it.assignments, 0).orders.push('o3')),
      'o3 is not from r1',
    ],
    [
      'an order told otherwise than it was',
      with_((it) => Object.assign(nth(it.orders, 0), { placedAt: 14 })),
      'o1 is not what the instance says',
    ],
    [
      'an order delivered twice',
      with_((it) => it.orders.push(nth(it.orders, 0))),
      'o1 is delivered twice',
    ],
    [
      'a delivery by somebody else than assigned',
      with_((it) => Object.assign(nth(it.orders, 2), { courier: 'c1' })),
      'o3 is delivered otherwise than assigned',
    ],
    [
      'an unknown courier',
      with_((it) => Object.assign(nth(it.moves, 0), { courier: 'c9' })),
      'c9 moves to r1: one of them is unknown',
    ],
  ];
  it.each(wrong)('catches %s', (_, solution, sentence) => {
    expect(violations(instance, solution)).toContain(sentence);
  });
});

describe('solution files', () => {
  it('are in the published format', () => {
    const { assignments, orders, moves } = writeSolution(right());
    expect(assignments.split('\n')[1]).toBe('17 24 c1 o1 o2');
    expect(orders.split('\n').slice(0, 2)).toEqual([
      'order placement_time restaurant ready_time pickup_time dropoff_time courier',
      'o1 10 r1 20 24 33 c1',
    ]);
    expect(moves.split('\n')[1]).toBe('c1 17 0 r1');
  });

  it('read back as they were written', () => {
    expect(readSolution(writeSolution(right()))).toEqual(right());
  });
});

describe('measures', () => {
  it('are those of the published evaluator', () => {
    const two = right().orders.slice(0, 2);
    expect(measure(instance, two)).toMatchObject({
      ...{ orders: 3, clickToDoor: 24.5, clickToDoorMax: 26, readyToPickup: 2 },
      // 20 earned against 30 promised for two hours, and 22.50 for an hour and a half.
      costPerOrder: 26.25,
    });
    expect(measure(instance, two).undeliveredPercent).toBeCloseTo(33.33, 2);
    expect(measure(instance, two).clickToDoorP90).toBeCloseTo(25.7, 6);
  });
});
