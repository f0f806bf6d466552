import { describe, expect, it } from 'vitest';
import type { Cell } from '@/domain/csv';
import { breakdownLines } from './breakdown-file';
import { NO_FIGURES } from './figures';
import { type BreakdownRow, type Summary, summaryOf } from './report';

const NOTHING = summaryOf(NO_FIGURES);
const PERIODS = {
  current: { from: '2026-11-02', to: '2026-11-08' },
  before: { from: '2026-10-26', to: '2026-11-01' },
  untilMinute: null,
};

const rowOf = (now: Partial<Summary>, before: Partial<Summary> | null): BreakdownRow => ({
  ...{ ...NOTHING, ...now },
  ...{ key: 'k', name: 'Kitchen' },
  compared: before && { now: { ...NOTHING, ...now }, before: { ...NOTHING, ...before } },
});

/** The lines under the names of their columns. */
function tableOf([head = [], ...lines]: Cell[][]): Record<string, Cell>[] {
  for (const line of lines) expect(line).toHaveLength(head.length);
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? null])));
}

describe('the file of a breakdown', () => {
  it('says what each figure was before, and by how much it moved', () => {
    const row = rowOf(
      { orders: 60, deliveryMedian: 1_500, kept: 0.9, rating: 4.4 },
      { orders: 40, deliveryMedian: 2_000, kept: 0.85, rating: 4 },
    );
    expect(tableOf(breakdownLines([row], PERIODS, 'all_days'))).toMatchObject([
      {
        ...{ orders: 60, orders_before: 40, orders_change_percent: 50 },
        ...{ delivery_median_s: 1_500, delivery_median_before_s: 2_000 },
        delivery_median_change_percent: -25,
        ...{ promise_kept: 0.9, promise_kept_before: 0.85, promise_kept_change_points: 5 },
        ...{ rating: 4.4, rating_before: 4, rating_change_percent: 10 },
        ...{ compared_from: '2026-11-02', compared_to: '2026-11-08' },
        ...{ before_from: '2026-10-26', before_to: '2026-11-01' },
      },
    ]);
  });

  it('has a line for each currency of either period, with the change of that one', () => {
    const euros = { currency: 'EUR', amount: 3_000 };
    const row = rowOf(
      { revenue: [euros] },
      {
        revenue: [
          { ...euros, amount: 2_000 },
          { currency: 'GBP', amount: 500 },
        ],
      },
    );
    expect(tableOf(breakdownLines([row], PERIODS, 'all_days'))).toMatchObject([
      { currency: 'EUR', revenue: 3_000, revenue_before: 2_000, revenue_change_percent: 50 },
      { currency: 'GBP', revenue: 0, revenue_before: 500, revenue_change_percent: -100 },
    ]);
  });

  it('leaves the begun day out of what is compared, and says so', () => {
    const periods = { ...PERIODS, untilMinute: 700 };
    const row = { ...rowOf({ orders: 50 }, { orders: 40 }), orders: 57 };
    expect(tableOf(breakdownLines([row], periods, 'whole_days'))).toMatchObject([
      {
        ...{ orders: 57, orders_before: 40, orders_change_percent: 25 },
        ...{ compared_to: '2026-11-07', before_to: '2026-10-31' },
      },
    ]);
  });

  it('has nothing to say of change where nothing was before, or rows are not compared', () => {
    const [fresh] = tableOf(breakdownLines([rowOf({ orders: 3 }, {})], PERIODS, 'all_days'));
    expect(fresh).toMatchObject({ orders: 3, orders_before: 0, orders_change_percent: null });
    const [alone] = tableOf(breakdownLines([rowOf({ orders: 3 }, null)], PERIODS, 'none'));
    expect(alone).toMatchObject({ orders: 3, orders_before: null, compared_from: null });
  });
});
