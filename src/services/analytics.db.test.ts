import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deliveries, orders } from '@/db/schema';
import { makeAnalyticsWeek } from '@/db/testing/analytics-week';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import type { AnalyticsReport, Breakdown } from '@/domain/analytics/report';
import { readCsv } from '@/domain/csv';
import { cancelOrder } from './cancel-order';
import { exportAnalytics, getAnalytics } from './get-analytics';
import { carriedOrder, giveTo, walk } from './journey.testing';
import { rateOrder } from './rate-order';
import { refundOrder } from './refund-order';
import { runAnalyticsRound } from './run-analytics-round';
import { runPaymentsRound } from './run-payments-round';
import { setOnline } from './set-online';
import { restoreOrder } from './step-order';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** Rounds until everything is computed, as the loop does. */
async function countAll(now: () => Date = () => new Date()) {
  const ctx = contextOf(db(), 'analytics', { now });
  let round = await runAnalyticsRound(ctx);
  while (round.events > 0 || round.days > 0) round = await runAnalyticsRound(ctx);
}

type Ask = Partial<Parameters<typeof getAnalytics>[1]>;

const reportOf = (town: Pick<Town, 'admin' | 'zoneId'>, ask: Ask = {}, now = new Date()) =>
  getAnalytics(contextOf(db(), town.admin, { now: () => now }), {
    ...{ period: 'today', by: 'hour', sort: 'orders', descending: true, zoneId: town.zoneId },
    ...ask,
  });

const today = async (town: Town) => {
  await countAll();
  return (await reportOf(town)).total;
};

/** What can be added up over the rows of a breakdown. */
const sumOf = ({ breakdown }: AnalyticsReport) => ({
  orders: breakdown.reduce((sum, { orders: n }) => sum + n, 0),
  delivered: breakdown.reduce((sum, { delivered }) => sum + delivered, 0),
  lost: breakdown.reduce((sum, { lost }) => sum + lost, 0),
  revenue: breakdown.flatMap(({ revenue }) => revenue).reduce((sum, { amount }) => sum + amount, 0),
});

describe('the figures of a week of orders', () => {
  const week = { from: '2026-11-02', to: '2026-11-08' };
  const ask = { period: 'custom', ...week } as const;
  const later = new Date('2026-11-26T12:00:00Z');

  it('are those that a count of the rows themselves gives, in every breakdown', async () => {
    const made = await makeAnalyticsWeek(db(), { orders: 400, firstDay: week.from });
    await countAll(() => later);
    const { total } = await reportOf(made, ask, later);
    const naive = await made.countNaively();
    expect(total).toMatchObject({
      orders: 400,
      delivered: naive.delivered,
      lost: naive.lost,
      revenue: [{ currency: 'EUR', amount: naive.revenue }],
    });
    expect(total.kept).toBeCloseTo(naive.kept / naive.delivered, 10);
    expect(total.acceptance).toBeCloseTo(naive.accepted / naive.answered, 10);
    expect(total.utilisation).toBeCloseTo(naive.busySeconds / naive.dutySeconds, 3);
    expect(total.rating).toBeCloseTo(naive.rating, 10);
    for (const [said, exact] of [
      [total.deliveryMedian, naive.deliveryMedian],
      [total.deliveryP90, naive.deliveryP90],
      [total.kitchenMedian, naive.kitchenMedian],
      [total.rideMedian, naive.rideMedian],
    ]) {
      expect(Math.abs((said ?? 0) / (exact ?? 0) - 1)).toBeLessThan(0.02);
    }
    const whole = {
      orders: 400,
      delivered: naive.delivered,
      lost: naive.lost,
      revenue: naive.revenue,
    };
    const breakdowns: Breakdown[] = ['zone', 'restaurant', 'driver', 'hour'];
    for (const by of breakdowns) {
      const report = await reportOf(made, { ...ask, by }, later);
      expect(sumOf(report), by).toEqual(whole);
      expect(report.breakdown.length, by).toBe(
        { zone: 1, restaurant: 3, driver: 5, hour: report.breakdown.length }[by],
      );
    }
    const { series, declined, lost } = await reportOf(made, ask, later);
    expect(series.reduce((sum, point) => sum + point.orders, 0)).toBe(400);
    expect(lost.reduce((sum, { count }) => sum + count, 0)).toBe(naive.lost);
    expect(declined.reduce((sum, { count }) => sum + count, 0)).toBe(
      naive.answered - naive.accepted,
    );
  });

  it('add up over days, and over zones', async () => {
    const [one, other] = [
      await makeAnalyticsWeek(db(), { orders: 60, firstDay: week.from, timeZone: 'Asia/Kolkata' }),
      await makeAnalyticsWeek(db(), { orders: 90, firstDay: week.from, timeZone: 'America/Lima' }),
    ];
    await countAll(() => later);
    for (const made of [one, other]) {
      const days = [];
      for (let day = 2; day <= 8; day += 1) {
        const date = `2026-11-0${day}`;
        days.push(sumOf(await reportOf(made, { period: 'custom', from: date, to: date }, later)));
      }
      const { total } = await reportOf(made, ask, later);
      expect(days.reduce((sum, day) => sum + day.orders, 0)).toBe(total.orders);
      expect(days.reduce((sum, day) => sum + day.revenue, 0)).toBe(total.revenue[0]?.amount);
    }
    const all = await reportOf(one, { ...ask, zoneId: undefined, by: 'zone' }, later);
    const rows = all.breakdown.filter(({ key: id }) => [one.zoneId, other.zoneId].includes(id));
    expect(rows.map(({ orders: n }) => n)).toEqual([90, 60]);
    expect(sumOf(all).orders).toBe(all.total.orders);
  });

  it('are compared with the same weekday up to the same minute', async () => {
    const made = await makeAnalyticsWeek(db(), { orders: 300, firstDay: week.from });
    // Monday a week later, in the middle of an hour.
    const now = new Date('2026-11-09T13:37:00Z');
    await countAll(() => now);
    const { before, total, periods } = await reportOf(made, {}, now);
    expect(periods).toMatchObject({ before: { from: '2026-11-02' }, untilMinute: 817 });
    const naive = await made.countNaively('2026-11-02T00:00:00Z', '2026-11-02T13:37:00Z');
    expect(total.orders).toBe(0);
    expect(before).toMatchObject({ orders: naive.orders, delivered: naive.delivered });
    expect(before.revenue).toEqual([{ currency: 'EUR', amount: naive.revenue }]);
  });

  it('of each restaurant and driver are compared over whole days', async () => {
    const made = await makeAnalyticsWeek(db(), { orders: 300, firstDay: week.from });
    // The begun day and its like a week before are left out: 5–10 November after 29 October–3 November.
    const now = new Date('2026-11-11T13:37:00Z');
    await countAll(() => now);
    const [after, before] = [
      await made.countNaively('2026-11-05T00:00:00Z', '2026-11-11T00:00:00Z'),
      await made.countNaively('2026-10-29T00:00:00Z', '2026-11-04T00:00:00Z'),
    ];
    for (const by of ['restaurant', 'driver'] as const) {
      const { breakdown } = await reportOf(made, { period: '7', by }, now);
      const sums = breakdown.reduce(
        (sum, { orders: n, compared }) => ({
          orders: sum.orders + n,
          now: sum.now + (compared?.now.delivered ?? 0),
          before: sum.before + (compared?.before.delivered ?? 0),
        }),
        { orders: 0, now: 0, before: 0 },
      );
      expect(sums, by).toEqual({
        ...{ orders: after.orders, now: after.delivered, before: before.delivered },
      });
    }
    const { breakdown } = await reportOf(made, { period: '7', by: 'zone' }, now);
    expect(breakdown.map(({ compared }) => compared)).toEqual([null]);
  });
});

describe('the figures of today', () => {
  it('follow an order that is delivered, rated and refunded', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const { total } = await db()
      .select()
      .from(orders)
      .where(eq(orders.id, orderId))
      .then(([row]) => row ?? { total: 0 });
    expect(await today(town)).toMatchObject({ orders: 1, delivered: 0, kept: null, rating: null });
    await walk(db(), driver, orderId, 'deliver');
    const brought = [{ currency: 'EUR', amount: total - 100 }];
    expect(await today(town)).toMatchObject({ delivered: 1, kept: 1, revenue: brought });
    await rateOrder(contextOf(db(), town.customer), {
      ...key(),
      ...{ orderId, food: 4, delivery: 5, comment: '' },
    });
    expect(await today(town)).toMatchObject({ rating: 4 });
    await runPaymentsRound(contextOf(db(), 'payments'));
    await refundOrder(contextOf(db(), town.admin), { ...key(), orderId, amount: 500 });
    expect(await today(town)).toMatchObject({
      revenue: [{ currency: 'EUR', amount: total - 600 }],
    });
  });

  it('follow an order that is cancelled, restored, and then deleted', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    await cancelOrder(contextOf(db(), town.admin), {
      ...key(),
      ...{ orderId, reason: 'other' },
    });
    await countAll();
    const report = await reportOf(town);
    expect(report.total).toMatchObject({ orders: 1, lost: 1 });
    expect(report.lost).toEqual([{ how: 'cancelled', why: 'other', count: 1 }]);
    await restoreOrder(contextOf(db(), town.admin), { ...key(), orderId });
    expect(await today(town)).toMatchObject({ orders: 1, lost: 0 });
    await db().delete(orders).where(eq(orders.id, orderId));
    expect(await today(town)).toMatchObject({ orders: 0 });
  });

  it('count a driver’s time on duty from the log, and what of it they carried something', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    await setOnline(contextOf(db(), driver), { ...key(), online: false, position: null });
    await countAll();
    // Online for two hours of yesterday, one of them with the order.
    const noon = `(date_trunc('day', now() AT TIME ZONE 'Europe/Lisbon') - interval '12 hours')
      AT TIME ZONE 'Europe/Lisbon'`;
    await db().execute(sql`UPDATE driver_duty SET starts_at = ${sql.raw(noon)},
      ends_at = ${sql.raw(noon)} + interval '2 hours' WHERE driver_id = ${driver.userId}`);
    await db()
      .update(deliveries)
      .set({
        assignedAt: sql`${sql.raw(noon)} + interval '30 minutes'`,
        deliveredAt: sql`${sql.raw(noon)} + interval '90 minutes'`,
      })
      .where(eq(deliveries.orderId, orderId));
    await db()
      .update(orders)
      .set({ placedAt: sql`${sql.raw(noon)}` })
      .where(eq(orders.id, orderId));
    await countAll();
    const { total, breakdown } = await reportOf(town, { period: 'yesterday', by: 'driver' });
    expect(total.utilisation).toBe(0.5);
    expect(breakdown).toMatchObject([{ name: 'Dee Driver', utilisation: 0.5, orders: 1 }]);
  });

  it('are the same whoever counts, how often and how many at once', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const rounds = Array.from({ length: 4 }, () => runAnalyticsRound(contextOf(db(), 'analytics')));
    await Promise.all([...rounds, walk(db(), driver, orderId, 'deliver')]);
    expect(await today(town)).toMatchObject({ orders: 1, delivered: 1 });
    const stored = () =>
      db().execute(sql`SELECT kind, subject, orders, delivered, revenue FROM analytics_figures
        WHERE zone_id = ${town.zoneId} ORDER BY kind, subject`);
    const first = [...(await stored())];
    await db().execute(sql`UPDATE analytics_days SET marked = marked + 1`);
    await Promise.all([1, 2, 3].map(() => runAnalyticsRound(contextOf(db(), 'analytics'))));
    await countAll();
    expect([...(await stored())]).toEqual(first);
  });

  it('come to every day in its turn, however often the others change', async () => {
    const { zoneId } = await makeTown(db());
    await countAll();
    // More days than are counted at once.
    await db().execute(sql`INSERT INTO analytics_days (zone_id, day)
      SELECT ${zoneId}, generate_series(date '2026-10-01', date '2026-10-10', interval '1 day')`);
    const uncounted = () =>
      db().$count(sql`analytics_days`, sql`zone_id = ${zoneId} AND computed = 0`);
    await runAnalyticsRound(contextOf(db(), 'analytics'));
    expect(await uncounted()).toBeGreaterThan(0);
    await db().execute(sql`UPDATE analytics_days SET marked = marked + 1 WHERE computed > 0`);
    await runAnalyticsRound(contextOf(db(), 'analytics'));
    expect(await uncounted()).toBe(0);
  });

  it('move with a restaurant to its new zone', async () => {
    const [town, other] = [await makeTown(db()), await makeTown(db())];
    await placeTestOrder(db(), town);
    expect(await today(town)).toMatchObject({ orders: 1 });
    await db().execute(
      sql`UPDATE restaurants SET zone_id = ${other.zoneId} WHERE id = ${town.restaurantId}`,
    );
    expect(await today(town)).toMatchObject({ orders: 0 });
    expect(await today(other)).toMatchObject({ orders: 1 });
  });
});

describe('the rows of the page', () => {
  it('are those of the file, in its order, whatever they are sorted by', async () => {
    const made = await makeAnalyticsWeek(db(), { orders: 200, firstDay: '2026-11-02' });
    await countAll();
    const ctx = contextOf(db(), made.admin, { now: () => new Date('2026-11-26T12:00:00Z') });
    for (const by of ['restaurant', 'driver'] as const) {
      for (const sort of ['name', 'orders', 'deliveryP90', 'rideMedian', 'kept'] as const) {
        const ask = { by, sort, descending: true, zoneId: made.zoneId } as const;
        const week = { period: 'custom', from: '2026-11-02', to: '2026-11-08' } as const;
        const { breakdown, more } = await getAnalytics(ctx, { ...ask, ...week });
        const { content } = await exportAnalytics(ctx, { ...ask, ...week });
        const { rows } = readCsv(content);
        const seconds = (value: number | null) => (value === null ? '' : `${Math.round(value)}`);
        expect(more).toBe(0);
        expect(breakdown.length).toBeGreaterThan(1);
        expect(
          breakdown.map((row) => [
            ...[row.key, `${row.orders}`],
            ...[row.deliveryP90, row.kitchenMedian, row.rideMedian].map(seconds),
          ]),
        ).toEqual(rows.slice(1).map(({ cells }) => [1, 2, 8, 9, 10].map((at) => cells[at])));
      }
    }
  });
});

describe('who asks', () => {
  it('has to be an admin, and to ask for a period and a zone that there are', async () => {
    const town = await makeTown(db());
    const input = { period: 'today', by: 'hour', sort: 'orders', descending: true } as const;
    for (const ask of [getAnalytics, exportAnalytics]) {
      const refusedTo = (viewer: Town['admin'], change: Ask = {}) =>
        outcomeOf<unknown>(ask(contextOf(db(), viewer), { ...input, ...change }));
      expect(await refusedTo(town.customer)).toEqual({ refused: 'role_not_allowed' });
      const driver = await makeDriver(db(), town);
      expect(await refusedTo(driver)).toEqual({ refused: 'role_not_allowed' });
      for (const [from, to] of [
        ['2026-11-02', '2026-11-01'],
        ['2026-01-01', '2026-11-01'],
        [undefined, '2026-11-01'],
      ]) {
        const outcome = await refusedTo(town.admin, { period: 'custom', from, to });
        expect(outcome).toEqual({ refused: 'period_not_possible' });
      }
      expect(await refusedTo(town.admin, { zoneId: key().idempotencyKey })).toEqual({
        refused: 'zone_not_found',
      });
    }
  });

  it('gets a file that a spreadsheet can’t take for formulas', async () => {
    const town = await makeTown(db(), { restaurant: { name: '=Soup, "Sum"' } });
    await placeTestOrder(db(), town);
    await countAll();
    const { fileName, content } = await exportAnalytics(contextOf(db(), town.admin), {
      ...{ period: 'today', by: 'restaurant', zoneId: town.zoneId },
      ...{ sort: 'orders', descending: true },
    });
    expect(fileName).toMatch(/^hotfoot-restaurants-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
    const [head, line] = content.split('\r\n');
    expect(head).toMatch(/^\uFEFFname,id,orders,delivered,lost,currency,revenue,/);
    // Two columns for each of twelve figures, and four for the days.
    const uncompared = ','.repeat(28);
    expect(line).toBe(`"'=Soup, ""Sum""",${town.restaurantId},1,0,0,EUR,0,,,,,,,,${uncompared}`);
  });
});
