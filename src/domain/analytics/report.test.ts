import { describe, expect, it } from 'vitest';
import { type Figures, NO_FIGURES } from './figures';
import type { ComparedPeriods } from './period';
import {
  type BreakdownRow,
  comparisonOf,
  driverSummaryOf,
  reasonsOf,
  rowsOf,
  type Sort,
  seriesOf,
  sortRows,
  stageTimesOf,
  summaryOf,
} from './report';
import { sketchOf } from './sketch';

const figures = (change: Partial<Figures>): Figures => ({ ...NO_FIGURES, ...change });

describe('a report', () => {
  it('of nothing says nothing, and no zero where there is no share', () => {
    expect(summaryOf(NO_FIGURES)).toEqual({
      ...{ orders: 0, lost: 0, delivered: 0, revenue: [] },
      ...{ deliveryMedian: null, deliveryP90: null, kitchenMedian: null, rideMedian: null },
      ...{ kept: null, acceptance: null, utilisation: null, rating: null },
    });
    expect(stageTimesOf(NO_FIGURES)).toEqual([]);
  });

  it('keeps currencies apart, and rates drivers for the delivery', () => {
    const some = figures({
      revenue: { EUR: 100, USD: 900 },
      ...{ foodStars: 9, foodRatings: 2, deliveryStars: 5, deliveryRatings: 1 },
    });
    expect(summaryOf(some)).toMatchObject({
      revenue: [
        { currency: 'USD', amount: 900 },
        { currency: 'EUR', amount: 100 },
      ],
      rating: 4.5,
    });
    expect(driverSummaryOf(some).rating).toBe(5);
  });

  it('tells reasons of offers and of orders apart, the most frequent first', () => {
    const some = figures({
      reasons: {
        'offer.declined.too_far': 2,
        'offer.expired.other': 5,
        'order.rejected.too_busy': 1,
      },
    });
    expect(reasonsOf(some, 'offer').map(({ how, count }) => [how, count])).toEqual([
      ['expired', 5],
      ['declined', 2],
    ]);
    expect(reasonsOf(some, 'order')).toEqual([{ how: 'rejected', why: 'too_busy', count: 1 }]);
  });

  it('compares rows over whole days, and keeps those that there are only before', () => {
    const row = (period: 'current' | 'begun' | 'before', key: string, orders: number) => ({
      ...{ period, key, figures: figures({ orders }) },
    });
    const all = [
      ...[row('current', 'al', 10), row('begun', 'al', 3), row('before', 'al', 8)],
      ...[row('begun', 'new', 2), row('before', 'gone', 5)],
    ];
    const told = rowsOf(all, summaryOf, true).map(({ key, orders, compared }) => [
      ...[key, orders, compared?.now.orders, compared?.before.orders],
    ]);
    expect(told).toEqual([
      ['al', 13, 10, 8],
      ['new', 2, 0, 0],
      ['gone', 0, 0, 5],
    ]);
    expect(rowsOf(all, summaryOf, false)[0]).toMatchObject({ orders: 13, compared: null });
  });

  it.each([
    ['restaurant', '2026-11-04', null, 'all_days'],
    ['driver', '2026-11-04', 600, 'whole_days'],
    ['driver', '2026-11-10', 600, 'none'],
    ['driver', '2026-11-10', null, 'all_days'],
    ['zone', '2026-11-04', null, 'none'],
    ['hour', '2026-11-10', null, 'none'],
  ] as const)(
    'compares each %s from %s on, %s minutes into the last day: %s',
    (by, from, untilMinute, how) => {
      const current = { from, to: '2026-11-10' };
      expect(comparisonOf(by, { current, before: current, untilMinute })).toBe(how);
    },
  );

  it('shows every hour of a day, and every day of more', () => {
    const row = (period: 'current' | 'before', key: string, orders: number) => ({
      ...{ period, key },
      figures: figures({ orders, delivered: orders, kept: 1 }),
    });
    const periods = (from: string, to: string, before: [string, string]): ComparedPeriods => ({
      current: { from, to },
      before: { from: before[0], to: before[1] },
      untilMinute: null,
    });
    const day = seriesOf(
      [row('current', '19', 4), row('before', '19', 3)],
      periods('2026-11-26', '2026-11-26', ['2026-11-19', '2026-11-19']),
    );
    expect(day).toHaveLength(24);
    expect(day[19]).toEqual({ key: '19', orders: 4, ordersBefore: 3, delivered: 4, kept: 0.25 });
    expect(day[3]).toEqual({ key: '03', orders: 0, ordersBefore: 0, delivered: 0, kept: null });
    const week = seriesOf(
      [row('current', '2026-11-26', 4), row('before', '2026-11-19', 3)],
      periods('2026-11-20', '2026-11-26', ['2026-11-13', '2026-11-19']),
    );
    expect(week.map(({ key }) => key)).toContain('2026-11-23');
    expect(week.at(-1)).toMatchObject({ key: '2026-11-26', orders: 4, ordersBefore: 3 });
  });

  it.each<[Sort, boolean, string[]]>([
    ['orders', true, ['Bo', 'Al', 'Cy']],
    ['orders', false, ['Al', 'Cy', 'Bo']],
    ['name', false, ['Al', 'Bo', 'Cy']],
    ['name', true, ['Cy', 'Bo', 'Al']],
    ['kept', true, ['Bo', 'Al', 'Cy']],
    ['kept', false, ['Al', 'Bo', 'Cy']],
    ['revenue', true, ['Cy', 'Al', 'Bo']],
  ])('sorts by %s, descending %s, what has nothing to say last', (sort, descending, names) => {
    const row = (name: string, change: Partial<Figures>): BreakdownRow => ({
      ...{ key: name, name, compared: null },
      ...summaryOf(figures(change)),
    });
    const rows = [
      row('Cy', { orders: 1, revenue: { EUR: 5 } }),
      row('Al', { orders: 1, delivered: 2, kept: 1 }),
      row('Bo', { orders: 7, delivered: 2, kept: 2 }),
    ];
    expect(sortRows(rows, sort, descending).map(({ name }) => name)).toEqual(names);
  });

  it('says how long half and nine of ten orders take on each part of the way', () => {
    const kitchen = sketchOf([60, 120, 180, 240, 300, 360, 420, 480, 540, 600]);
    const [stage, ...others] = stageTimesOf(
      figures({ sketches: { ...NO_FIGURES.sketches, kitchen } }),
    );
    expect(others).toEqual([]);
    expect(stage).toMatchObject({ stage: 'kitchen', count: 10 });
    expect(stage?.median).toBeCloseTo(300, -1);
    expect((stage?.p90 ?? 0) / 540).toBeCloseTo(1, 1);
  });
});
