import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { getJob } from './get-job';
import { carriedOrder, giveTo, takeStep, walk } from './journey.testing';
import { reasonOf } from './refused.testing';
import { SetPhoneInput, setPhone } from './set-phone';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function withPhones() {
  const journey = await carriedOrder(db());
  const { town, driver, deliveryId } = journey;
  await setPhone(contextOf(db(), town.customer), { ...key(), phone: '+351912345678' });
  await db().execute(
    `UPDATE restaurants SET phone = '+351291000000' WHERE id = '${town.restaurantId}'`,
  );
  const job = () => getJob(contextOf(db(), driver), { deliveryId });
  return { ...journey, job };
}

describe('whom a driver may call', () => {
  it('is the kitchen on the way there, the customer on the way to the door, nobody afterwards', async () => {
    const { driver, orderId, job } = await withPhones();
    const callable = async () => {
      const { restaurantPhone, customerPhone } = await job();
      return [restaurantPhone, customerPhone];
    };
    expect(await callable()).toEqual(['+351291000000', null]);
    await walk(db(), driver, orderId, 'pick_up');
    expect(await callable()).toEqual([null, '+351912345678']);
    await takeStep(db(), driver, orderId, 'arrive_dropoff');
    expect(await callable()).toEqual([null, '+351912345678']);
    await takeStep(db(), driver, orderId, 'deliver');
    expect(await reasonOf(db(), job)).toBe('delivery_not_found');
  });

  it('is nobody without a number, or who has taken theirs away', async () => {
    const { town, driver, orderId, job } = await withPhones();
    await walk(db(), driver, orderId, 'pick_up');
    await setPhone(contextOf(db(), town.customer), { ...key(), phone: null });
    expect(await job()).toMatchObject({ customerPhone: null, restaurantPhone: null });
  });

  it.each<[string, string | null]>([
    ['+351 912 345 678', '+351912345678'],
    ['00351 (912) 345-678', '+351912345678'],
    ['912345678', null],
    ['call me', null],
    ['+12', null],
  ])('a number typed as “%s” is kept as %s', (typed, kept) => {
    const parsed = SetPhoneInput.safeParse({ ...key(), phone: typed });
    expect(parsed.data?.phone ?? null).toBe(kept);
  });
});

it('what waiting is usual comes from the latest pickups there, and is nothing before there are some', async () => {
  const { town, driver, orderId, deliveryId, job } = await withPhones();
  expect((await job()).usualWaitSeconds).toBeNull();
  await walk(db(), driver, orderId, 'deliver');
  for (let n = 0; n < 4; n += 1) {
    const next = await placeTestOrder(db(), town);
    await giveTo(db(), town, next, driver);
    await walk(db(), driver, next, 'deliver');
  }
  await db().execute(`UPDATE deliveries SET at_pickup_at = picked_up_at - interval '4 minutes'
    WHERE order_id IN (SELECT id FROM orders WHERE restaurant_id = '${town.restaurantId}')`);
  const waiting = await placeTestOrder(db(), town);
  const { id } = await giveTo(db(), town, waiting, driver);
  expect(id).not.toBe(deliveryId);
  const { usualWaitSeconds } = await getJob(contextOf(db(), driver), { deliveryId: id });
  expect(usualWaitSeconds).toBe(240);
});
