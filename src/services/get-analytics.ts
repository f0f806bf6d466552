import { z } from 'zod';
import {
  freshnessOf,
  type KeyedFigures,
  namesOf,
  readFigures,
  type ZoneDays,
} from '@/db/queries/analytics';
import { listZoneClocks, type ZoneClock } from '@/db/queries/zones';
import { MEASURES } from '@/domain/analytics/figures';
import {
  type ComparedPeriods,
  comparePeriods,
  daysIn,
  LONGEST_PERIOD_DAYS,
  PERIODS,
  type PeriodChoice,
} from '@/domain/analytics/period';
import {
  type AnalyticsReport,
  BREAKDOWNS,
  type BreakdownRow,
  comparisonOf,
  driverSummaryOf,
  grainOf,
  reasonsOf,
  rowsOf,
  SORTS,
  seriesOf,
  sortRows,
  stageTimesOf,
  summaryOf,
  totalOf,
} from '@/domain/analytics/report';
import { type Cell, writeCsv } from '@/domain/csv';
import { ensured, invalid, notFound } from '@/domain/errors';
import { addDays } from '@/domain/wall-clock';
import { requireRole, type ServiceContext } from './context';

export const AnalyticsInput = z.object({
  period: z.enum(PERIODS),
  /** Of a custom period: first and last day, both in it. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Left out: all zones. */
  zoneId: z.uuid().optional(),
  by: z.enum(BREAKDOWNS),
  sort: z.enum(SORTS).default('orders'),
  descending: z.boolean().default(true),
});
type AnalyticsInput = z.infer<typeof AnalyticsInput>;

const MOST_ROWS = 100;
/** What is measured of whom: a kitchen rides nowhere, a driver cooks nothing. */
const MEASURES_OF = {
  zone: ['delivery', 'kitchen', 'ride'],
  hour: ['delivery', 'kitchen', 'ride'],
  restaurant: ['delivery', 'kitchen'],
  driver: ['delivery', 'ride'],
} as const;

function choiceOf({ period, from, to }: AnalyticsInput): PeriodChoice {
  if (period !== 'custom') return { name: period };
  if (!from || !to || to < from || daysIn({ from, to }) > LONGEST_PERIOD_DAYS) {
    throw invalid({
      reason: 'period_not_possible',
      message: 'This period can’t be shown.',
      hint: 'Choose a first and a last day, at most 92 days apart.',
    });
  }
  return { name: 'custom', from, to };
}

type Asked = {
  zones: ZoneClock[];
  chosen: ZoneClock[];
  days: ZoneDays[];
  periods: ComparedPeriods;
  comparison: ReturnType<typeof comparisonOf>;
};

/** As they are read for the rows of a breakdown. */
function daysOfRows({ days, comparison }: Asked): ZoneDays[] {
  switch (comparison) {
    case 'none':
      return days.filter(({ period }) => period === 'current');
    case 'all_days':
      return days;
    case 'whole_days':
      return days.flatMap((each): ZoneDays[] => {
        const whole = { ...each, to: addDays(each.to, -1), untilMinute: null };
        if (each.period === 'before') return [whole];
        return [whole, { ...each, period: 'begun', from: each.to }];
      });
  }
}

/** Each zone's days by its own clock; those of the first zone stand for all on the page. */
async function whatIsAsked(ctx: ServiceContext, input: AnalyticsInput): Promise<Asked> {
  const choice = choiceOf(input);
  const zones = await listZoneClocks(ctx.db);
  const chosen = zones.filter(({ id }) => !input.zoneId || id === input.zoneId);
  const [first] = chosen;
  if (!first) throw notFound('zone');
  const days = chosen.flatMap(({ id: zoneId, timeZone }): ZoneDays[] => {
    const { current, before, untilMinute } = comparePeriods(choice, ctx.now(), timeZone);
    return [
      { period: 'current', zoneId, ...current, untilMinute: null },
      { period: 'before', zoneId, ...before, untilMinute },
    ];
  });
  const periods = comparePeriods(choice, ctx.now(), first.timeZone);
  return { zones, chosen, days, periods, comparison: comparisonOf(input.by, periods) };
}

async function breakDown(
  ctx: ServiceContext,
  { by, sort, descending }: AnalyticsInput,
  asked: Asked,
): Promise<BreakdownRow[]> {
  const found = await readFigures(ctx.db, daysOfRows(asked), by, MEASURES_OF[by], ctx.now());
  const names = await nameKeys(ctx, by, asked.zones, found);
  const summarise = by === 'driver' ? driverSummaryOf : summaryOf;
  const rows = rowsOf(found, summarise, asked.comparison !== 'none');
  return sortRows(
    rows.map((row) => ({ ...row, name: names.get(row.key) ?? row.key })),
    sort,
    descending,
  );
}

async function nameKeys(
  ctx: ServiceContext,
  by: AnalyticsInput['by'],
  zones: readonly ZoneClock[],
  found: readonly KeyedFigures[],
): Promise<ReadonlyMap<string, string>> {
  const keys = found.map(({ key }) => key).filter((key) => key !== '');
  switch (by) {
    case 'zone':
      return new Map(zones.map(({ id, name }) => [id, name]));
    case 'hour':
      return new Map(keys.map((hour) => [hour, `${hour}:00`]));
    case 'restaurant':
    case 'driver':
      return namesOf(ctx.db, by, keys);
  }
}

/** How the business goes: a period against the same weekdays before, and broken down. For admins. */
export async function getAnalytics(
  ctx: ServiceContext,
  input: AnalyticsInput,
): Promise<AnalyticsReport> {
  requireRole(ctx, 'admin');
  const asked = await whatIsAsked(ctx, input);
  const { zones, days, periods } = asked;
  const grain = grainOf(periods.current);
  const [rows, breakdown, freshness] = await Promise.all([
    readFigures(ctx.db, days, grain, MEASURES, ctx.now()),
    breakDown(ctx, input, asked),
    freshnessOf(ctx.db, days),
  ]);
  const [total, before] = [totalOf(rows, 'current'), totalOf(rows, 'before')];
  return {
    zones: zones.map(({ id, name }) => ({ id, name })),
    ...{ periods, grain, ...freshness },
    total: summaryOf(total),
    before: summaryOf(before),
    series: seriesOf(rows, periods),
    stages: stageTimesOf(total),
    declined: reasonsOf(total, 'offer'),
    lost: reasonsOf(total, 'order'),
    breakdown: breakdown.slice(0, MOST_ROWS),
    more: Math.max(0, breakdown.length - MOST_ROWS),
  };
}

const COLUMNS = [
  'name',
  'id',
  'orders',
  'delivered',
  'lost',
  'currency',
  'revenue',
  'delivery_median_s',
  'delivery_p90_s',
  'kitchen_median_s',
  'ride_median_s',
  'promise_kept',
  'acceptance',
  'utilisation',
  'rating',
];

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

/** One line for each currency: amounts of several are never added up. Minor units, shares of 1. */
function linesOf(row: BreakdownRow): Cell[][] {
  const revenue = row.revenue.length > 0 ? row.revenue : [{ currency: '', amount: 0 }];
  return revenue.map(({ currency, amount }) => [
    ...[row.name, row.key, row.orders, row.delivered, row.lost, currency, amount],
    ...[row.deliveryMedian, row.deliveryP90, row.kitchenMedian, row.rideMedian].map((seconds) =>
      rounded(seconds, 0),
    ),
    ...[row.kept, row.acceptance, row.utilisation].map((share) => rounded(share, 4)),
    rounded(row.rating, 2),
  ]);
}

/** The whole breakdown as a file. For admins. */
export async function exportAnalytics(
  ctx: ServiceContext,
  input: AnalyticsInput,
): Promise<{ fileName: string; content: string }> {
  requireRole(ctx, 'admin');
  const asked = await whatIsAsked(ctx, input);
  const rows = await breakDown(ctx, input, asked);
  const { from, to } = ensured(asked.days[0], 'the days of a zone');
  return {
    fileName: `hotfoot-${input.by}s-${from}-to-${to}.csv`,
    content: writeCsv([COLUMNS, ...rows.flatMap(linesOf)]),
  };
}
