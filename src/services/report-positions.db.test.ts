import { describe, expect, it } from 'vitest';
import type { PositionRow } from '@/db/queries/drivers';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { FixUse } from '@/domain/position';
import { reasonOf } from './refused.testing';
import { reportPositions } from './report-positions';
import { SetOnlineInput, setOnline } from './set-online';
import { contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** A driver seen just now, whose clock stands `later` seconds after that. */
async function onDuty(later = 3_600) {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town, { meters: 300 });
  const now = Date.now() + later * 1_000;
  const taken: [string, FixUse | undefined][] = [];
  const ctx = contextOf(db(), driver, {
    now: () => new Date(now),
    positions: { record: (row: PositionRow, use) => taken.push([row.recordedAt, use]) },
  });
  const fix = (secondsAgo: number, at: GeoPoint = destinationPoint(town.centre, 0, 320)) => ({
    at,
    headingDeg: null,
    speedMps: null,
    accuracyM: null,
    recordedAt: new Date(now - secondsAgo * 1_000).toISOString(),
  });
  return { town, driver, ctx, taken, fix };
}

describe('positions that a device kept while there was no network', () => {
  it('go to the history in order, and only the newest fresh one moves the driver', async () => {
    const { ctx, fix, taken } = await onDuty();
    const kept = [fix(1_800), fix(900), fix(30), fix(3)];
    expect(await reportPositions(ctx, kept)).toEqual(['history', 'history', 'history', 'live']);
    expect(taken).toEqual(
      kept.map(({ recordedAt }, n) => [recordedAt, n === 3 ? 'live' : 'history']),
    );
  });

  it('do not move the driver when all of them are old', async () => {
    const { ctx, fix, taken } = await onDuty();
    expect(await reportPositions(ctx, [fix(600), fix(300)])).toEqual(['history', 'history']);
    expect(taken.map(([, use]) => use)).toEqual(['history', 'history']);
  });

  it('are dropped where they can’t be true, each with its reason, and the others are taken', async () => {
    const { town, ctx, fix, taken } = await onDuty();
    const outcomes = await reportPositions(ctx, [
      fix(86_401),
      fix(3_700),
      fix(600),
      fix(600),
      fix(590, destinationPoint(town.centre, 0, 5_000)),
      null,
      fix(-60),
      fix(2, { lat: -town.centre.lat, lng: town.centre.lng > 0 ? -90 : 90 }),
      fix(1),
    ]);
    expect(outcomes).toEqual([
      'position_stale',
      'position_out_of_order',
      'history',
      'position_out_of_order',
      'position_implausible',
      'position_unreadable',
      'position_from_future',
      'position_elsewhere',
      'live',
    ]);
    expect(taken).toHaveLength(2);
  });

  it('sent twice change nothing the second time', async () => {
    const { ctx, fix, taken } = await onDuty();
    const kept = [fix(20), fix(10)];
    await reportPositions(ctx, kept);
    expect(await reportPositions(ctx, kept)).toEqual([
      'position_out_of_order',
      'position_out_of_order',
    ]);
    expect(taken).toHaveLength(2);
  });

  it('are not wanted from a driver who is off duty', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town, { online: false });
    const { fix } = await onDuty();
    const call = () => reportPositions(contextOf(db(), driver), [fix(0)]);
    expect(await reasonOf(db(), call)).toBe('off_duty');
  });
});

it('nobody goes online on another continent', async () => {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town, { online: false });
  const input = SetOnlineInput.parse({
    ...key(),
    online: true,
    position: {
      at: { lat: -town.centre.lat, lng: town.centre.lng > 0 ? -90 : 90 },
      recordedAt: new Date().toISOString(),
    },
  });
  const call = () => setOnline(contextOf(db(), driver), input);
  expect(await reasonOf(db(), call)).toBe('position_elsewhere');
});
