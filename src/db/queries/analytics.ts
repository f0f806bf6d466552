import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import {
  addFigures,
  COUNTS,
  type Figures,
  MEASURES,
  type Measure,
  recordOf,
} from '@/domain/analytics/figures';
import { readSketch } from '@/domain/analytics/sketch';
import { groupBy } from '@/domain/group-by';
import { COUNT_COLUMNS, figuresOfSpans, list, MEASURE_COLUMNS } from './analytics-figures';
import { anyOf, arrayLiteral } from './array-literal';

/** Days of a zone's wall clock, first and last in it. */
export type ZoneDays = {
  /** `begun`: a day that is not over, where it stands apart from the whole ones. */
  period: 'current' | 'begun' | 'before';
  zoneId: string;
  from: string;
  to: string;
  /** The last day counts up to this time of day; null: all of it. Minutes from midnight. */
  untilMinute: number | null;
};

export const KEYS = ['day', 'hour', 'zone', 'restaurant', 'driver'] as const;
export type Key = (typeof KEYS)[number];

const KEY_COLUMNS: Record<Key, { kind: string; column: SQL }> = {
  day: { kind: 'hour', column: sql`f.day::text` },
  hour: { kind: 'hour', column: sql`f.subject` },
  zone: { kind: 'hour', column: sql`f.zone_id::text` },
  restaurant: { kind: 'restaurant', column: sql`f.subject` },
  driver: { kind: 'driver', column: sql`f.subject` },
};

type Row = {
  period: ZoneDays['period'];
  key: string;
  currency: string;
  revenue: number;
  counts: number[];
  /** In the order asked for, see `readSketch`. */
  sketches: string[];
  reasons?: Record<string, number> | null;
};

export type KeyedFigures = { period: ZoneDays['period']; key: string; figures: Figures };

function spansOf(days: readonly ZoneDays[]): SQL {
  const column = (of: (each: ZoneDays) => string | number | null) => arrayLiteral(days.map(of));
  return sql`SELECT * FROM unnest(
    ${column((d) => d.period)}::text::text[], ${column((d) => d.zoneId)}::text::uuid[],
    ${column((d) => d.from)}::text::date[], ${column((d) => d.to)}::text::date[],
    ${column((d) => d.untilMinute)}::text::integer[]
  ) AS wanted (period, zone_id, from_day, to_day, until_minute)`;
}

/** The begun hour at the end of a span: the hours before it stand in the table, this part does not. */
const begunHours = (now: Date): SQL => sql`
  SELECT z.id AS zone_id, a.to_day AS day, z.time_zone, z.currency,
    (a.to_day + make_interval(hours => a.until_minute / 60)) AT TIME ZONE z.time_zone AS starts_at,
    (a.to_day + make_interval(mins => a.until_minute)) AT TIME ZONE z.time_zone AS ends_at,
    ${now.toISOString()}::timestamptz AS as_of
  FROM wanted a JOIN zones z ON z.id = a.zone_id WHERE a.until_minute % 60 > 0`;

/**
 * The figures of the days asked for, by period and key. Days with an `untilMinute` are cut to the minute
 * for keys of kind hour; other keys take whole days. `only`: these keys and no others. Uses the primary key
 * of `analytics_figures`.
 */
export async function readFigures(
  db: Queryable,
  days: readonly ZoneDays[],
  key: Key,
  measures: readonly Measure[],
  now: Date,
  only?: readonly string[],
): Promise<KeyedFigures[]> {
  const { kind, column } = KEY_COLUMNS[key];
  const cut = kind === 'hour' && days.some(({ untilMinute }) => untilMinute !== null);
  const sketched = MEASURE_COLUMNS.filter(({ measure }) => measures.includes(measure));
  const rows = await db.execute<Row>(sql`
    WITH wanted AS MATERIALIZED (${spansOf(days)}),
    ${cut ? sql`${figuresOfSpans(begunHours(now))},` : sql``}
    source AS NOT MATERIALIZED (
      SELECT a.period, ${column} AS key, f.* FROM wanted a
      JOIN analytics_figures f ON f.zone_id = a.zone_id AND f.kind = ${kind}
        AND f.day BETWEEN a.from_day AND a.to_day
      ${only ? sql`JOIN json_array_elements_text(${JSON.stringify(only)}::text::json) one (key) ON one.key = ${column}` : sql``}
      ${cut ? withBegunHours(column) : sql``}
    ),
    ${kind === 'hour' ? whyNothing : sql``}
    summed AS (
      SELECT period, key, currency, sum(revenue)::float8 AS revenue,
        ARRAY[${list(COUNT_COLUMNS.map(({ column: of }) => sql`sum(${of})`))}]::float8[] AS counts,
        ARRAY[${list(sketched.map(({ column: of }) => sql`written_sketch(sum(${of}))`))}]::text[] AS sketches
      FROM source GROUP BY 1, 2, 3
    )
    SELECT * FROM summed ${kind === 'hour' ? sql`LEFT JOIN told USING (period, key, currency)` : sql``}`);
  return eachOnce(
    rows.map((row) =>
      toKeyed(
        row,
        sketched.map(({ measure }) => measure),
      ),
    ),
  );
}

/** Of cut days, the hours that were over, and the begun one up to its minute. */
const withBegunHours = (column: SQL): SQL => sql`
  WHERE a.until_minute IS NULL OR f.day < a.to_day
    OR f.subject < to_char(a.until_minute / 60, 'FM00')
  UNION ALL
  SELECT a.period, ${column}, f.*, 0 FROM wanted a
  JOIN fresh f ON f.zone_id = a.zone_id AND f.day = a.to_day AND f.kind = 'hour'
  WHERE a.until_minute IS NOT NULL`;

const whyNothing = sql`
  told AS (
    SELECT period, key, currency, jsonb_object_agg(why, n) AS reasons FROM (
      SELECT period, source.key, currency, r.key AS why, sum(r.value::integer) AS n
      FROM source CROSS JOIN LATERAL jsonb_each_text(reasons) r GROUP BY 1, 2, 3, 4
    ) whys GROUP BY 1, 2, 3
  ),`;

const toKeyed = (row: Row, measures: readonly Measure[]): KeyedFigures => ({
  period: row.period,
  key: row.key,
  figures: {
    ...recordOf(COUNTS, (count) => row.counts[COUNTS.indexOf(count)] ?? 0),
    revenue: { [row.currency]: row.revenue },
    sketches: recordOf(MEASURES, (measure) =>
      readSketch(row.sketches[measures.indexOf(measure)] ?? ''),
    ),
    reasons: row.reasons ?? {},
  },
});

/** What came in several currencies, as one. */
const eachOnce = (rows: readonly KeyedFigures[]): KeyedFigures[] =>
  [...groupBy(rows, ({ period, key }) => `${period} ${key}`).values()].flatMap((same) =>
    same.length === 1
      ? same
      : same.slice(0, 1).map((one) => ({
          ...one,
          figures: addFigures(same.map(({ figures }) => figures)),
        })),
  );

/** The names of restaurants or drivers; ids that are not known are left out. */
export async function namesOf(
  db: Queryable,
  key: 'restaurant' | 'driver',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const table = sql.raw(key === 'restaurant' ? 'restaurants' : 'users');
  const rows = await db.execute<{ id: string; name: string }>(
    sql`SELECT id, name FROM ${table} WHERE id = ${anyOf(ids)}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many of these days have never been computed yet, and when one was computed last. */
export async function freshnessOf(
  db: Queryable,
  days: readonly ZoneDays[],
): Promise<{ waiting: number; computedAt: string | null }> {
  const [row] = await db.execute<{ waiting: number; computedAt: string | null }>(sql`
    SELECT count(*) FILTER (WHERE d.computed = 0)::int AS waiting,
      to_char(max(d.computed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "computedAt"
    FROM (${spansOf(days)}) wanted
    JOIN analytics_days d ON d.zone_id = wanted.zone_id
      AND d.day BETWEEN wanted.from_day AND wanted.to_day`);
  return row ?? { waiting: 0, computedAt: null };
}
