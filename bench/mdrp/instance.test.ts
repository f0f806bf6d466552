import { describe, expect, it } from 'vitest';
import { BadInstance, type InstanceFiles, readInstance, travelMinutes } from './instance';
import { SMALL, smallInstance } from './small.testing';

describe('reading an instance', () => {
  it('knows orders, kitchens, couriers and rules', () => {
    const { orders, couriers, rules } = smallInstance();
    expect(orders[1]).toEqual({
      ...{ id: 'o2', at: { x: 1_100, y: 0 }, placedAt: 12, restaurant: 'r1', readyAt: 24 },
    });
    expect(couriers[1]).toEqual({ id: 'c2', at: { x: 0, y: 300 }, onAt: 30, offAt: 120 });
    expect(rules.maximumClickToDoor).toBe(90);
  });

  it('rounds travel up to whole minutes', () => {
    const { rules } = smallInstance();
    expect(travelMinutes(rules, { x: 0, y: 0 }, { x: 300, y: 400 })).toBe(5);
    expect(travelMinutes(rules, { x: 0, y: 0 }, { x: 301, y: 400 })).toBe(6);
    expect(travelMinutes(rules, { x: 7, y: 7 }, { x: 7, y: 7 })).toBe(0);
  });

  const broken: [string, Partial<InstanceFiles>, string][] = [
    [
      'no column',
      { 'orders.txt': 'order\tx\ty\n' },
      "orders.txt:1: there is no column 'placement_time'",
    ],
    [
      'not a number',
      { 'orders.txt': SMALL['orders.txt'].replace('1100', 'far') },
      "orders.txt:3: x is not a number: 'far'",
    ],
    [
      'an empty number',
      { 'orders.txt': SMALL['orders.txt'].replace('1100', '') },
      "orders.txt:3: x is not a number: ''",
    ],
    [
      'too few fields',
      { 'couriers.txt': SMALL['couriers.txt'].replace('\t120\nc2', '\nc2') },
      'couriers.txt:2: 4 fields, where the header has 5',
    ],
    [
      'an unknown kitchen',
      { 'orders.txt': SMALL['orders.txt'].replace('r2', 'r9') },
      "orders.txt:4: there is no restaurant 'r9'",
    ],
    [
      'the same order twice',
      { 'orders.txt': SMALL['orders.txt'].replace('o3', 'o1') },
      "orders.txt:4: order 'o1' is there twice",
    ],
    [
      'ready before placed',
      { 'orders.txt': SMALL['orders.txt'].replace('\t75', '\t55') },
      'orders.txt:4: ready_time is before placement_time',
    ],
    [
      'off before on',
      { 'couriers.txt': SMALL['couriers.txt'].replace('30\t120', '30\t20') },
      'couriers.txt:3: off_time is before on_time',
    ],
    [
      'no parameters',
      { 'instance_parameters.txt': SMALL['instance_parameters.txt'].split('\n')[0] ?? '' },
      'instance_parameters.txt:2: there is no line with the parameters',
    ],
    [
      'no speed',
      { 'instance_parameters.txt': SMALL['instance_parameters.txt'].replace('\n100', '\n0') },
      'instance_parameters.txt:2: meters_per_minute must be above 0',
    ],
  ];
  it.each(broken)('names file and line of %s', (_, change, sentence) => {
    expect(() => smallInstance(change)).toThrow(new BadInstance(`small/${sentence}`));
  });

  it('names a file that is not there', async () => {
    await expect(readInstance('/nowhere/at-all')).rejects.toThrow(
      /^\/nowhere\/at-all\/orders\.txt: cannot be read/,
    );
  });
});
