import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { findRestaurant } from '@/db/queries/restaurants';
import { drivers } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeUser } from '@/db/testing/town';
import { RATING_DAYS } from '@/domain/order';
import type { Viewer } from '@/domain/roles';
import { carriedOrder, orderIs, storyOf } from './journey.testing';
import { rateOrder } from './rate-order';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const rate = (who: Viewer, orderId: string, change = {}, now = new Date()) =>
  outcomeOf(
    rateOrder(contextOf(db(), who, { now: () => now }), {
      ...{ ...key(), orderId, food: 5, delivery: 4, comment: 'Still hot.' },
      ...change,
    }),
  );

describe('a rating', () => {
  it('is kept on the order, and counts for restaurant and driver at once', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'deliver' });
    expect(await rate(town.customer, orderId)).toEqual({ ok: { orderId } });
    expect(await orderIs(db(), orderId)).toMatchObject({
      foodRating: 5,
      deliveryRating: 4,
      ratingComment: 'Still hot.',
    });
    expect(await findRestaurant(db(), { id: town.restaurantId })).toMatchObject({
      rating: 5,
      ratingCount: 1,
    });
    const [row] = await db().select().from(drivers).where(eq(drivers.userId, driver.userId));
    expect(row).toMatchObject({ ratingSum: 4, ratingCount: 1 });
    expect((await storyOf(db(), orderId)).at(-1)).toBe('order.rated');
  });

  it('is given once, even by two clicks at the same time', async () => {
    const { town, orderId } = await carriedOrder(db(), { last: 'deliver' });
    const outcomes = await Promise.all(
      [1, 2, 3].map((food) => rate(town.customer, orderId, { food })),
    );
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    expect(await findRestaurant(db(), { id: town.restaurantId })).toMatchObject({ ratingCount: 1 });
  });

  it('is refused before the end, too late, by others, and of a delivery that was none', async () => {
    const { town, orderId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    expect(await rate(town.customer, orderId)).toEqual({ refused: 'not_ratable' });
    const done = await carriedOrder(db(), { last: 'deliver' });
    const { customer } = done.town;
    const late = new Date(Date.now() + (RATING_DAYS * 24 + 1) * 3_600_000);
    expect(await rate(customer, done.orderId, {}, late)).toEqual({ refused: 'not_ratable' });
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    expect(await rate(stranger, done.orderId)).toEqual({ refused: 'order_not_found' });
    expect(await rate(customer, done.orderId, { delivery: null })).toEqual({
      refused: 'delivery_rating_mismatch',
    });
    expect((await orderIs(db(), done.orderId)).ratedAt).toBeNull();
  });
});
