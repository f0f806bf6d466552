import { z } from 'zod';
import {
  freshnessOf,
  type KeyedFigures,
  namesOf,
  readFigures,
  type ZoneDays,
} from '@/db/queries/analytics';
import { listZoneClocks, type ZoneClock } from '@/db/queries/zones';
import { breakdownLines } from '@/domain/analytics/breakdown-file';
import { MEASURES, type Measure } from '@/domain/analytics/figures';
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
  type Comparison,
  comparisonOf,
  driverSummaryOf,
  grainOf,
  reasonsOf,
  rowsOf,
  SORTS,
  type Sort,
  seriesOf,
  sortRows,
  stageTimesOf,
  summaryOf,
  totalOf,
} from '@/domain/analytics/report';
import { writeCsv } from '@/domain/csv';
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
  comparison: Comparison;
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

/** What a column is sorted by beyond counts, which are always read. */
const MEASURE_OF_SORT: Partial<Record<Sort, Measure>> = {
  deliveryMedian: 'delivery',
  deliveryP90: 'delivery',
  kitchenMedian: 'kitchen',
  rideMedian: 'ride',
};

const summariserOf = (by: AnalyticsInput['by']) => (by === 'driver' ? driverSummaryOf : summaryOf);

/** All rows, in the order asked for; durations as far as they are `measured`, those of `only` these keys if so. */
async function breakDown(
  ctx: ServiceContext,
  { by, sort, descending }: AnalyticsInput,
  asked: Asked,
  measured: readonly Measure[] = MEASURES_OF[by],
  only?: readonly string[],
): Promise<BreakdownRow[]> {
  const found = await readFigures(ctx.db, daysOfRows(asked), by, measured, ctx.now(), only);
  const names = await nameKeys(ctx, by, asked.zones, found);
  const rows = rowsOf(found, summariserOf(by), asked.comparison !== 'none');
  return sortRows(
    rows.map((row) => ({ ...row, name: names.get(row.key) ?? row.key })),
    sort,
    descending,
  );
}

/**
 * The first rows, and how many there are beyond them. Most of the time goes into adding up durations: those
 * of the rows that are shown are read after it is known which these are.
 */
async function firstRows(
  ctx: ServiceContext,
  input: AnalyticsInput,
  asked: Asked,
): Promise<{ rows: BreakdownRow[]; more: number }> {
  const measures: readonly Measure[] = MEASURES_OF[input.by];
  const sortedBy = measures.filter((measure) => measure === MEASURE_OF_SORT[input.sort]);
  const all = await breakDown(ctx, input, asked, sortedBy);
  const shown = all.slice(0, MOST_ROWS).map(({ key }) => key);
  const rows = await breakDown(ctx, input, asked, measures, shown);
  return { rows, more: all.length - shown.length };
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
    firstRows(ctx, input, asked),
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
    breakdown: breakdown.rows,
    more: breakdown.more,
  };
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
    content: writeCsv(breakdownLines(rows, asked.periods, asked.comparison)),
  };
}
