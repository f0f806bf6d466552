import { describe, expect, it } from 'vitest';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { findDriver } from '@/db/queries/drivers';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { dutyOf, VEHICLE_CAPACITY } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { carriedOrder, deliveryIs, giveTo, storyOf, takeStep, walk } from './journey.testing';
import { reasonOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { runShiftRound } from './run-shift-round';
import { setBreak } from './set-break';
import { SetOnlineInput, setOnline } from './set-online';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const driverIs = async (driver: Viewer) =>
  ensured(await findDriver(db(), driver.userId), 'a driver').driver;
const duty = async (driver: Viewer) => dutyOf(await driverIs(driver));
const rest = (driver: Viewer, onBreak: boolean) =>
  setBreak(contextOf(db(), driver), { ...key(), onBreak, position: null });
const round = () => runDispatchRound(contextOf(db(), 'dispatch'));
const asked = async (driver: Viewer) => (await pendingOffers(db(), driver.userId)).length;

async function onDuty() {
  const town = await makeTown(db(), { autoAccept: true });
  return { town, driver: await makeDriver(db(), town) };
}

describe('a break', () => {
  it('brings no offers and keeps the shift; its end is considered at once', async () => {
    const { town, driver } = await onDuty();
    const since = (await driverIs(driver)).onlineSince;
    await rest(driver, true);
    await placeTestOrder(db(), town);
    await round();
    expect([await duty(driver), await asked(driver)]).toEqual(['on_break', 0]);
    expect(await rest(driver, false)).toMatchObject({ onlineSince: since, breakSince: null });
    await round();
    expect(await asked(driver)).toBe(1);
  });

  it('takes back the offer that waits for an answer, and the next one is asked', async () => {
    const { town, driver } = await onDuty();
    const ben = await makeDriver(db(), town, { name: 'Ben', meters: 900 });
    await placeTestOrder(db(), town);
    await round();
    expect(await asked(driver)).toBe(1);
    await rest(driver, true);
    await round();
    expect([await asked(driver), await asked(ben)]).toEqual([0, 1]);
  });

  it('asked for twice is one break, and told once', async () => {
    const { driver } = await onDuty();
    const first = await rest(driver, true);
    expect(await rest(driver, true)).toEqual(first);
    await rest(driver, false);
    const story = await storyOf(db(), driver.userId);
    expect(story.filter((type) => /break|back/.test(type))).toEqual([
      'driver.on_break',
      'driver.back',
    ]);
  });

  it('is refused to who carries something, and to who is offline', async () => {
    const { driver } = await carriedOrder(db());
    expect(await reasonOf(db(), () => rest(driver, true))).toBe('break_while_carrying');
    const { town } = await onDuty();
    const idle = await makeDriver(db(), town, { online: false });
    expect(await reasonOf(db(), () => rest(idle, true))).toBe('off_duty_break');
    expect(await reasonOf(db(), () => rest(idle, false))).toBe('off_duty_break');
  });

  it('ends when a dispatcher gives the driver work, and with the shift', async () => {
    const { town, driver } = await onDuty();
    await rest(driver, true);
    await giveTo(db(), town, await placeTestOrder(db(), town), driver);
    expect(await duty(driver)).toBe('online');
    const { driver: other } = await onDuty();
    await rest(other, true);
    await setOnline(contextOf(db(), other), { ...key(), online: false, position: null });
    expect(await driverIs(other)).toMatchObject({ online: false, breakSince: null });
  });

  it.each(Array.from({ length: 8 }, (_, n) => n))('against an assignment, try %i', async () => {
    const { town, driver } = await onDuty();
    const orderId = await placeTestOrder(db(), town);
    await Promise.all([
      outcomeOf(rest(driver, true)),
      outcomeOf(giveTo(db(), town, orderId, driver)),
    ]);
    const carries = (await deliveryOfOrder(db(), orderId))?.driverId === driver.userId;
    expect([carries, await duty(driver)]).toEqual([true, 'online']);
  });
});

describe('a shift with an end', () => {
  const later = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);
  const until = (driver: Viewer, minutes: number | null) =>
    setOnline(contextOf(db(), driver), {
      ...{ ...key(), online: true, position: null },
      until: minutes === null ? null : later(minutes)().toISOString(),
    });
  const shifts = (minutes: number) =>
    runShiftRound(contextOf(db(), 'shifts', { now: later(minutes) }));

  it('ends by itself, and what was offered goes to somebody else', async () => {
    const { town, driver } = await onDuty();
    await until(driver, 30);
    await placeTestOrder(db(), town);
    await round();
    expect(await asked(driver)).toBe(1);
    await shifts(29);
    expect(await duty(driver)).toBe('online');
    await shifts(31);
    expect([await duty(driver), await asked(driver)]).toEqual(['offline', 0]);
    expect(await driverIs(driver)).toMatchObject({ shiftEndsAt: null, shiftOver: false });
  });

  it('while something is carried ends after the handover, without another offer', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    await db().execute(`UPDATE drivers SET capacity = 3 WHERE user_id = '${driver.userId}'`);
    await until(driver, 30);
    await shifts(31);
    expect(await duty(driver)).toBe('shift_over');
    await placeTestOrder(db(), town);
    await round();
    expect(await asked(driver)).toBe(0);
    await takeStep(db(), driver, orderId, 'deliver');
    await shifts(32);
    expect(await duty(driver)).toBe('offline');
  });

  it('in a zone that plans ahead for who is about to be free, plans nothing more for them', async () => {
    const town = await makeTown(db(), { autoAccept: true, policy: { kind: 'batch' } });
    const driver = await makeDriver(db(), town);
    const first = await placeTestOrder(db(), town);
    await giveTo(db(), town, first, driver);
    await walk(db(), driver, first, 'arrive_dropoff');
    await until(driver, 30);
    await shifts(31);
    const orderId = await placeTestOrder(db(), town);
    await db().execute(`UPDATE orders SET ready_estimate_at = now() - interval '1 minute'
      WHERE id = '${orderId}'`);
    const planned = async () => (await deliveryIs(db(), orderId)).plannedDriverName;
    await round();
    expect([await duty(driver), await planned()]).toEqual(['shift_over', null]);
    await until(driver, null);
    await round();
    expect(await planned()).toBe(driver.name);
  });

  it('can be put off, also when it is over already', async () => {
    const { driver } = await carriedOrder(db());
    await until(driver, 30);
    await shifts(31);
    expect(await duty(driver)).toBe('shift_over');
    expect(await until(driver, 90)).toMatchObject({ shiftOver: false });
    await shifts(31);
    expect(await duty(driver)).toBe('online');
    expect(await until(driver, null)).toMatchObject({ shiftEndsAt: null });
  });

  it.each<[number, string]>([
    [-1, 'shift_end_past'],
    [17 * 60, 'shift_too_long'],
  ])('in %d minutes is refused, and nothing is changed', async (minutes, reason) => {
    const { town } = await onDuty();
    const driver = await makeDriver(db(), town, { online: false });
    expect(await reasonOf(db(), () => until(driver, minutes))).toBe(reason);
    expect(await duty(driver)).toBe('offline');
  });
});

describe('the vehicle', () => {
  const ride = (driver: Viewer, vehicle?: 'bike' | 'scooter' | 'car') =>
    setOnline(contextOf(db(), driver), { ...key(), online: true, position: null, vehicle });

  it('is remembered, and brings its room', async () => {
    const { driver } = await onDuty();
    expect(await ride(driver, 'car')).toMatchObject({
      vehicle: 'car',
      capacity: VEHICLE_CAPACITY.car,
    });
    await setOnline(contextOf(db(), driver), { ...key(), online: false, position: null });
    expect(await ride(driver)).toMatchObject({ vehicle: 'car' });
  });

  it('as it was keeps the room that a driver was given', async () => {
    const { town } = await onDuty();
    const driver = await makeDriver(db(), town, { capacity: 7 });
    expect(await ride(driver, 'bike')).toMatchObject({ vehicle: 'bike', capacity: 7 });
  });

  it('that holds less than is carried is refused', async () => {
    const { town } = await onDuty();
    const driver = await makeDriver(db(), town, { capacity: 4 });
    for (let n = 0; n < 4; n += 1) {
      await giveTo(db(), town, await placeTestOrder(db(), town), driver);
    }
    expect(await reasonOf(db(), () => ride(driver, 'scooter'))).toBe('vehicle_too_small');
    expect(await driverIs(driver)).toMatchObject({ vehicle: 'bike', capacity: 4 });
  });

  it('that nobody knows is not even looked at', () => {
    const input = { ...key(), online: true, position: null, vehicle: 'rocket' };
    const parsed = SetOnlineInput.safeParse(input);
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([
      'A bike, a scooter or a car.',
    ]);
  });
});
