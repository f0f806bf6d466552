import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { acceptOffer } from '@/services/answer-offer';
import { cancelOrder } from '@/services/cancel-order';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import { pendingOffers } from './queries/orders';
import { driverPositions, events } from './schema';
import { testDatabase } from './testing/test-database';
import { makeDriver, makeTown, type Town } from './testing/town';

const database = testDatabase();
const db = () => database.connection.db;

const storyOf = (streamId: string) =>
  db().select().from(events).where(eq(events.streamId, streamId)).orderBy(asc(events.version));
const typesOf = async (streamId: string) => (await storyOf(streamId)).map(({ type }) => type);

const sessionUser = async () => {
  const [row] = await db().execute<{ name: string }>(sql`SELECT session_user AS name`);
  return row?.name;
};

/** An order that a driver has been offered, or has accepted. */
async function offered({ accept = false } = {}) {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town);
  const orderId = await placeTestOrder(db(), town);
  await runDispatchRound(contextOf(db(), 'dispatch'));
  const [offer] = await pendingOffers(db(), driver.userId);
  if (accept) await acceptOffer(contextOf(db(), driver), { ...key(), offerId: offer?.id ?? '' });
  return { town, driver, orderId };
}

const isAvailable = async (driverId: string) => {
  const [row] = await db()
    .select({ available: driverPositions.available })
    .from(driverPositions)
    .where(eq(driverPositions.driverId, driverId));
  return row?.available;
};

describe('the log', () => {
  it('holds one event per change, versions without a gap, and the image after it', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    for (const status of ['accepted', 'preparing', 'ready', 'cancelled']) {
      await db().execute(sql`UPDATE orders SET status = ${status} WHERE id = ${orderId}`);
    }
    await db().execute(sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`);
    await db().execute(sql`UPDATE orders SET dropoff_note = 'ring' WHERE id = ${orderId}`);
    const story = await storyOf(orderId);
    expect(story.map(({ version, type, data }) => [version, type, data.order?.status])).toEqual([
      [1, 'order.placed', 'placed'],
      [2, 'must_see.raised', undefined],
      [3, 'order.accepted', 'accepted'],
      [4, 'must_see.acknowledged', undefined],
      [5, 'order.preparing', 'preparing'],
      [6, 'order.ready', 'ready'],
      [7, 'order.cancelled', 'cancelled'],
      [8, 'order.restored', 'accepted'],
      [9, 'order.updated', 'accepted'],
    ]);
    expect(story.at(-1)?.data.order?.dropoffNote).toBe('ring');
  });

  it('says nothing of an update that changes nothing', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await db().execute(sql`UPDATE orders SET dropoff_note = dropoff_note WHERE id = ${orderId}`);
    await db().execute(sql`UPDATE restaurants SET name = name WHERE id = ${town.restaurantId}`);
    expect(await typesOf(orderId)).toEqual(['order.placed', 'must_see.raised']);
    const restaurant = await typesOf(town.restaurantId);
    expect(restaurant.filter((type) => !type.startsWith('menu'))).toEqual(['restaurant.added']);
  });

  it('forgets what was rolled back, and leaves no gap for it', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const undone = db().transaction(async (tx) => {
      await tx.execute(sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`);
      throw new Error('no, wait');
    });
    await expect(undone).rejects.toThrow('no, wait');
    await db().execute(sql`UPDATE orders SET status = 'rejected' WHERE id = ${orderId}`);
    expect((await storyOf(orderId)).map(({ version, type }) => [version, type])).toEqual([
      [1, 'order.placed'],
      [2, 'must_see.raised'],
      [3, 'order.rejected'],
      [4, 'must_see.acknowledged'],
    ]);
  });

  it('names who acted: the person, the part of the platform, or the database user', async () => {
    const { orderId, town } = await offered();
    await db().execute(sql`UPDATE orders SET dropoff_note = 'typed' WHERE id = ${orderId}`);
    await cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    await db().execute(sql`UPDATE orders SET dropoff_note = 'again' WHERE id = ${orderId}`);
    const actors = (await storyOf(orderId)).map(({ type, actor }) => `${type} by ${actor}`);
    const customer = `user:${town.customer.userId}`;
    const admin = `user:${town.admin.userId}`;
    const byHand = `order.updated by database:${await sessionUser()}`;
    expect(actors[0]).toBe(`order.placed by ${customer}`);
    expect(actors).toContain('offer.made by system:dispatch');
    expect(actors.filter((line) => line.startsWith('order.updated'))).toEqual([byHand, byHand]);
    expect(actors).toContain(`order.cancelled by ${admin}`);
    expect(actors).toContain(`offer.withdrawn by ${admin}`);
  });

  it('tells feeds whom an event concerns', async () => {
    const { orderId, town, driver } = await offered({ accept: true });
    const story = await storyOf(orderId);
    expect(new Set(story.map(({ customerId }) => customerId))).toEqual(
      new Set([town.customer.userId]),
    );
    const concerning = (type: string) => story.find((event) => event.type === type)?.driverId;
    expect(concerning('order.placed')).toBeNull();
    expect(concerning('offer.made')).toBe(driver.userId);
    expect(concerning('delivery.assigned')).toBe(driver.userId);
  });

  it('tells the driver who loses a delivery as well', async () => {
    const { orderId, driver } = await offered({ accept: true });
    await db().execute(sql`UPDATE deliveries SET status = 'offering' WHERE order_id = ${orderId}`);
    const last = (await storyOf(orderId)).at(-1);
    expect(last).toMatchObject({ type: 'delivery.unassigned', driverId: driver.userId });
  });

  it.each<[string, (town: Town) => ReturnType<typeof sql>, string]>([
    [
      'a price',
      (t) => sql`UPDATE menu_items SET price = 1 WHERE id = ${t.dishes.main}`,
      'menu_item.edited',
    ],
    [
      'selling out',
      (t) => sql`UPDATE menu_items SET sold_out = true WHERE id = ${t.dishes.main}`,
      'menu_item.sold_out',
    ],
    [
      'a dish that goes',
      (t) => sql`DELETE FROM menu_items WHERE id = ${t.dishes.side}`,
      'menu_item.removed',
    ],
    [
      'a pause',
      (t) =>
        sql`UPDATE restaurants SET paused_until = now() + interval '1 hour' WHERE id = ${t.restaurantId}`,
      'restaurant.paused',
    ],
    [
      'a pause that has passed',
      (t) => sql`UPDATE restaurants SET paused_until = now() WHERE id = ${t.restaurantId}`,
      'restaurant.resumed',
    ],
    [
      'a name',
      (t) => sql`UPDATE restaurants SET name = 'New' WHERE id = ${t.restaurantId}`,
      'restaurant.updated',
    ],
  ])('tells of a restaurant: %s', async (_, statement, type) => {
    const town = await makeTown(db());
    const before = await typesOf(town.restaurantId);
    await db().execute(statement(town));
    expect((await typesOf(town.restaurantId)).slice(before.length)).toEqual([type]);
  });

  it('tells of drivers: joined, online, offline', async () => {
    const driver = await makeDriver(db(), await makeTown(db()));
    await db().execute(sql`UPDATE drivers SET online = false WHERE user_id = ${driver.userId}`);
    await db().execute(sql`UPDATE drivers SET capacity = 3 WHERE user_id = ${driver.userId}`);
    expect(await typesOf(driver.userId)).toEqual([
      'driver.joined',
      'driver.online',
      'driver.offline',
      'driver.updated',
    ]);
  });
});

describe('an order that is deleted', () => {
  const remove = (orderId: string) => db().execute(sql`DELETE FROM orders WHERE id = ${orderId}`);

  it('leaves its story, whose last word is order.deleted', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const before = await typesOf(orderId);
    await remove(orderId);
    expect(await typesOf(orderId)).toEqual([...before, 'order.deleted']);
    const left = await db().execute(sql`SELECT FROM deliveries WHERE order_id = ${orderId}`);
    expect(left).toHaveLength(0);
  });

  it('is told to the driver who carries it, who is free again', async () => {
    const { orderId, driver } = await offered({ accept: true });
    expect(await isAvailable(driver.userId)).toBe(false);
    await remove(orderId);
    expect((await storyOf(orderId)).at(-1)).toMatchObject({
      type: 'order.deleted',
      driverId: driver.userId,
    });
    expect(await isAvailable(driver.userId)).toBe(true);
  });

  it('is withdrawn from the driver who is being asked, who is free again', async () => {
    const { orderId, driver } = await offered();
    expect(await isAvailable(driver.userId)).toBe(false);
    await remove(orderId);
    const story = await storyOf(orderId);
    expect(story.slice(-2).map(({ type, driverId }) => [type, driverId])).toEqual([
      ['offer.withdrawn', driver.userId],
      ['order.deleted', null],
    ]);
    expect(await isAvailable(driver.userId)).toBe(true);
  });
});
