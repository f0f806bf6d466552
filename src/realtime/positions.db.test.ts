import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PositionRow } from '@/db/queries/drivers';
import { findPosition, keepBreadcrumbs } from '@/db/queries/drivers';
import { readStream } from '@/db/queries/events';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import type { DriverPosition } from '@/domain/driver';
import { destinationPoint } from '@/domain/geo';
import { carriedOrder, giveTo } from '@/services/journey.testing';
import { followCourier } from './follow-positions';
import { Hub } from './hub';
import { PositionFeed } from './positions';

const database = testDatabase();
const db = () => database.connection.db;

const fix = (driverId: string, at: PositionRow['at'], recordedAt: Date): PositionRow => ({
  driverId,
  at,
  headingDeg: 90,
  speedMps: 5,
  accuracyM: 8,
  recordedAt: recordedAt.toISOString(),
});

const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000);

describe('the feed of positions', () => {
  it('is heard at once, and writes the latest of each driver', async () => {
    const { town, driver } = await carriedOrder(db());
    const other = await makeDriver(db(), town);
    const hub = new Hub();
    const feed = new PositionFeed(db(), hub, (error) => expect(error).toBeUndefined());
    using heard = hub.subscribe([`position:${driver.userId}`]);
    const place = (n: number) => destinationPoint(town.centre, n, 400);
    for (const n of [1, 2, 3]) feed.record(fix(driver.userId, place(n), soon(n)));
    feed.record(fix(other.userId, place(9), soon(1)));
    const [message] = heard.take();
    expect(message).toMatchObject({ kind: 'position', position: { at: place(3) } });
    await feed.stop();
    expect((await findPosition(db(), driver.userId))?.at.lat).toBeCloseTo(place(3).lat, 9);
    expect((await findPosition(db(), other.userId))?.at.lat).toBeCloseTo(place(9).lat, 9);
  });

  it('never lets an older fix replace a later one', async () => {
    const { town, driver } = await carriedOrder(db());
    const feed = new PositionFeed(db(), new Hub(), (error) => expect(error).toBeUndefined());
    const [later, older] = [destinationPoint(town.centre, 0, 500), town.centre];
    feed.record(fix(driver.userId, later, soon(5)));
    await feed.flush();
    feed.record(fix(driver.userId, older, soon(4)));
    await feed.stop();
    expect((await findPosition(db(), driver.userId))?.at.lat).toBeCloseTo(later.lat, 9);
  });

  it('keeps what could not be written, unless something later has come', async () => {
    const { town, driver } = await carriedOrder(db());
    const other = await makeDriver(db(), town);
    const errors: unknown[] = [];
    const feed = new PositionFeed(db(), new Hub(), (error) => errors.push(error));
    const [early, later] = [500, 700].map((meters) => destinationPoint(town.centre, 0, meters));
    await db().execute('ALTER TABLE driver_positions RENAME TO positions_away');
    try {
      feed.record(fix(driver.userId, early ?? town.centre, soon(1)));
      feed.record(fix(other.userId, early ?? town.centre, soon(1)));
      await feed.flush();
    } finally {
      await db().execute('ALTER TABLE positions_away RENAME TO driver_positions');
    }
    expect(errors).toHaveLength(1);
    feed.record(fix(driver.userId, later ?? town.centre, soon(2)));
    await feed.stop();
    expect(errors).toHaveLength(1);
    expect((await findPosition(db(), driver.userId))?.at).toEqual(later);
    expect((await findPosition(db(), other.userId))?.at).toEqual(early);
  });

  it('does not hold the others up for a driver who is gone', async () => {
    const { town, driver } = await carriedOrder(db());
    const feed = new PositionFeed(db(), new Hub(), (error) => expect(error).toBeUndefined());
    const place = destinationPoint(town.centre, 0, 700);
    feed.record(fix('00000000-0000-7000-8000-000000000000', town.centre, soon(1)));
    feed.record(fix(driver.userId, place, soon(1)));
    await feed.stop();
    expect((await findPosition(db(), driver.userId))?.at).toEqual(place);
  });
});

describe('the history of a driver', () => {
  const crumbsOf = (driverId: string) =>
    db().execute<{ at: Date; part: string }>(sql`
      SELECT recorded_at AS at, tableoid::regclass::text AS part FROM breadcrumbs
      WHERE driver_id = ${driverId} ORDER BY recorded_at`);
  const feedOf = () => new PositionFeed(db(), new Hub(), (error) => expect(error).toBeUndefined());

  it('holds a point every five seconds, and every twenty metres', async () => {
    const { town, driver } = await carriedOrder(db());
    const feed = feedOf();
    const place = (meters: number) => destinationPoint(town.centre, 0, 300 + meters);
    const story: [number, number][] = [
      [1, 0],
      [2, 1],
      [3, 25],
      [4, 26],
      [9, 27],
    ];
    for (const [second, meters] of story) {
      feed.record(fix(driver.userId, place(meters), soon(second)));
    }
    await feed.stop();
    expect(await crumbsOf(driver.userId)).toHaveLength(3);
  });

  it('takes what a device had kept, and does not move the driver by it', async () => {
    const { town, driver } = await carriedOrder(db());
    const feed = feedOf();
    const before = await findPosition(db(), driver.userId);
    feed.record(fix(driver.userId, town.centre, soon(60)), 'history');
    const written = feed.written();
    expect(feed.written()).toBe(written);
    await written;
    expect(await crumbsOf(driver.userId)).toHaveLength(1);
    expect(await findPosition(db(), driver.userId)).toEqual(before);
    await feed.stop();
  });

  it('says that it is written only when it is', async () => {
    const { town, driver } = await carriedOrder(db());
    let failures = 0;
    const feed = new PositionFeed(db(), new Hub(), () => {
      failures += 1;
    });
    await db().execute('ALTER TABLE breadcrumbs RENAME TO breadcrumbs_away');
    feed.record(fix(driver.userId, town.centre, soon(1)));
    const written = feed.written();
    await feed.flush();
    expect(failures).toBe(1);
    await db().execute('ALTER TABLE breadcrumbs_away RENAME TO breadcrumbs');
    await written;
    expect(await crumbsOf(driver.userId)).toHaveLength(1);
    await feed.stop();
  });

  it('has a table for each day, moves what came before its table, and forgets old days', async () => {
    const { town, driver } = await carriedOrder(db());
    const feed = feedOf();
    const day = (n: number) => new Date(Date.UTC(2031, 4, n, 12));
    for (const n of [1, 2, 3]) feed.record(fix(driver.userId, town.centre, day(n)));
    await feed.flush();
    const parts = async () => (await crumbsOf(driver.userId)).map(({ part }) => part);
    expect(await parts()).toEqual(Array.from({ length: 3 }, () => 'breadcrumbs_rest'));
    await keepBreadcrumbs(db(), day(1), 1);
    await keepBreadcrumbs(db(), day(1), 1);
    expect(await parts()).toEqual([
      'breadcrumbs_20310501',
      'breadcrumbs_20310502',
      'breadcrumbs_20310503',
    ]);
    await keepBreadcrumbs(db(), day(3), 1);
    expect(await parts()).toEqual(['breadcrumbs_20310502', 'breadcrumbs_20310503']);
    await keepBreadcrumbs(db(), day(30), 1);
    expect(await parts()).toEqual([]);
    await feed.stop();
  });

  it('ends with the driver', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    const feed = feedOf();
    feed.record(fix(driver.userId, town.centre, soon(1)));
    await feed.stop();
    await db().execute(sql`DELETE FROM drivers WHERE user_id = ${driver.userId}`);
    expect(await crumbsOf(driver.userId)).toHaveLength(0);
  });
});

it('a customer never sees the courier before, though both came in one breath', async () => {
  const { town, driver, orderId } = await carriedOrder(db());
  const other = await makeDriver(db(), town, { meters: 500 });
  const hub = new Hub();
  const cut = new AbortController();
  const courier = { db: db(), hub, viewer: town.customer, orderId, signal: cut.signal };
  const stream = followCourier(courier)[Symbol.asyncIterator]();
  const next = async (): Promise<DriverPosition | null | undefined> =>
    (await stream.next()).value ?? undefined;
  expect((await next())?.driverId).toBe(driver.userId);
  const before = (await readStream(db(), orderId, 0, 100)).length;
  await giveTo(db(), town, orderId, other);
  // The events of the change and a position of the driver before wait side by side.
  for (const event of await readStream(db(), orderId, before, 100)) {
    const place = { xid: '1', position: String(event.version) };
    hub.publish(`order:${orderId}`, {
      kind: 'event',
      read: { event, place, settled: true, byApi: false },
    });
  }
  const old = fix(driver.userId, town.centre, soon(1));
  hub.publish(`position:${driver.userId}`, { kind: 'position', position: { ...old, at: old.at } });
  const seen: (string | undefined)[] = [];
  while (seen.at(-1) !== other.userId) seen.push((await next())?.driverId);
  const waiting = next();
  const own = fix(other.userId, town.centre, soon(2));
  hub.publish(`position:${other.userId}`, { kind: 'position', position: own });
  seen.push((await waiting)?.driverId);
  expect(seen).not.toContain(driver.userId);
  expect(seen.slice(-2)).toEqual([other.userId, other.userId]);
  cut.abort();
});
