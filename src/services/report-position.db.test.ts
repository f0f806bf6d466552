import { describe, expect, it } from 'vitest';
import { findDriver, lastFix, type PositionRow } from '@/db/queries/drivers';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import { carriedOrder, takeStep } from './journey.testing';
import { reasonOf } from './refused.testing';
import { PositionInput, reportPosition } from './report-position';
import { SetOnlineInput, setOnline } from './set-online';
import { contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const fix = (at: GeoPoint, secondsAgo: number, from = Date.now()) => ({
  at,
  headingDeg: null,
  speedMps: null,
  accuracyM: null,
  recordedAt: new Date(from - secondsAgo * 1_000).toISOString(),
});

/** A driver who reports on a clock that stands ten seconds after they were seen last. */
async function onDuty() {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town, { meters: 300 });
  const taken: PositionRow[] = [];
  let now = Date.now() + 10_000;
  const ctx = contextOf(db(), driver, {
    now: () => new Date(now),
    positions: { record: (row) => taken.push(row) },
  });
  const near = destinationPoint(town.centre, 0, 350);
  return {
    town,
    driver,
    ctx,
    taken,
    near,
    report: (at: GeoPoint, secondsAgo: number) => () =>
      reportPosition(ctx, fix(at, secondsAgo, now)),
    pass(seconds: number) {
      now += seconds * 1_000;
    },
  };
}

describe('a position', () => {
  it('is handed on once it is checked', async () => {
    const { driver, near, report, taken } = await onDuty();
    await report(near, 1)();
    expect(taken).toMatchObject([{ driverId: driver.userId, at: near }]);
  });

  it.each<[string, number, number, string]>([
    ['from a minute ago', 50, 61, 'position_stale'],
    ['from the future', 50, -11, 'position_from_future'],
    ['that nobody gets to in this time', 5_000, 0, 'position_implausible'],
  ])('%s is refused', async (_, meters, secondsAgo, reason) => {
    const { town, report, taken } = await onDuty();
    const call = report(destinationPoint(town.centre, 0, 300 + meters), secondsAgo);
    expect(await reasonOf(db(), call)).toBe(reason);
    expect(taken).toEqual([]);
  });

  it('that comes after a later one is refused, written in whatever time zone', async () => {
    const { ctx, near, report, pass, taken } = await onDuty();
    await report(near, 1)();
    expect(await reasonOf(db(), report(near, 2))).toBe('position_out_of_order');
    // After a while the database is asked again, which does not know the later one yet.
    pass(6);
    const western = fix(near, 5, ctx.now().getTime() - 5 * 3_600_000).recordedAt;
    await reportPosition(ctx, { ...fix(near, 0), recordedAt: western.replace('Z', '-05:00') });
    pass(6);
    expect(await reasonOf(db(), report(near, 12))).toBe('position_out_of_order');
    expect(taken).toHaveLength(2);
  });

  it('is not wanted from a driver who is off duty', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town, { online: false });
    const call = () => reportPosition(contextOf(db(), driver), fix(town.centre, 0));
    expect(await reasonOf(db(), call)).toBe('off_duty');
  });

  it('is not wanted any more soon after a driver has gone offline', async () => {
    const { driver, near, report, pass } = await onDuty();
    await report(near, 1)();
    await setOnline(contextOf(db(), driver), { ...key(), online: false, position: null });
    pass(6);
    expect(await reasonOf(db(), report(near, 1))).toBe('off_duty');
  });

  it.each<[string, Record<string, unknown>]>([
    ['a latitude out of range', { at: { lat: -90.5, lng: 0 } }],
    ['a longitude out of range', { at: { lat: 0, lng: 181 } }],
    ['coordinates that are not numbers', { at: { lat: Number.NaN, lng: 0 } }],
    ['coordinates that are text', { at: { lat: '1', lng: '1' } }],
    ['a heading of 361 degrees', { headingDeg: 361 }],
    ['a negative speed', { speedMps: -1 }],
    ['an accuracy beyond reason', { accuracyM: 1e9 }],
    ['a time that is none', { recordedAt: 'yesterday' }],
    ['a time without a zone', { recordedAt: '2026-11-20T12:00:00' }],
    ['a time as a number', { recordedAt: 1_700_000_000 }],
  ])('with %s is not even looked at', (_, change) => {
    const good = fix({ lat: 0, lng: 0 }, 0);
    expect(PositionInput.safeParse(good).success).toBe(true);
    expect(PositionInput.safeParse({ ...good, ...change }).success).toBe(false);
    const online = { ...key(), online: true, position: { ...good, ...change } };
    expect(SetOnlineInput.safeParse(online).success).toBe(false);
  });
});

describe('going online and offline', () => {
  const isOnline = async (driver: Viewer) => (await findDriver(db(), driver.userId))?.driver.online;
  const go = (driver: Viewer, online: boolean, position: ReturnType<typeof fix> | null = null) =>
    setOnline(contextOf(db(), driver), { ...key(), online, position });

  it('tells where the driver is, since when, and can be asked for twice', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town, { online: false });
    const first = await go(driver, true, fix(town.centre, -1));
    expect(first).toMatchObject({ id: driver.userId, online: true });
    expect((await lastFix(db(), driver.userId))?.at.lat).toBeCloseTo(town.centre.lat, 6);
    expect(await go(driver, true)).toEqual(first);
    expect(await go(driver, false)).toMatchObject({ online: false, onlineSince: null });
  });

  it('needs a position that is known', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town, { online: false });
    await db().execute(`DELETE FROM driver_positions WHERE driver_id = '${driver.userId}'`);
    expect(await reasonOf(db(), () => go(driver, true))).toBe('position_unknown');
    expect(await isOnline(driver)).toBe(false);
  });

  it('refuses a position that is old, and the driver stays offline', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town, { online: false });
    const call = () => go(driver, true, fix(town.centre, 120));
    expect(await reasonOf(db(), call)).toBe('position_stale');
    expect(await isOnline(driver)).toBe(false);
  });

  it('is refused with a delivery in hand, and possible once it is done', async () => {
    const { driver, orderId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    expect(await reasonOf(db(), () => go(driver, false))).toBe('delivery_open');
    expect(await isOnline(driver)).toBe(true);
    await takeStep(db(), driver, orderId, 'deliver');
    expect(await go(driver, false)).toMatchObject({ online: false });
    expect(await pendingOffers(db(), driver.userId)).toEqual([]);
  });
});
