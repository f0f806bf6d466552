import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { menuItems, orders, restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { pauseRestaurant } from './change-restaurant';
import { PlaceOrderInput, placeOrder } from './place-order';
import { quoteOrder } from './quote-order';
import { reasonOf, refusalOf } from './refused.testing';
import { cartOf, contextOf, key, orderOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Input = ReturnType<typeof goodInput>;
type Change = (input: Input, town: Town) => Partial<Input> | Promise<Partial<Input>>;

const goodInput = (town: Town) => orderOf(town);

const side = (town: Town, quantity = 1) => ({
  itemId: town.dishes.side,
  quantity,
  optionIds: [],
  note: '',
});

/** Orders with one thing changed, through the input's schema as the API does. */
async function order(change: Change) {
  const town = await makeTown(db());
  const input = goodInput(town);
  const changed = PlaceOrderInput.parse({ ...input, ...(await change(input, town)) });
  return { town, place: () => placeOrder(contextOf(db(), town.customer), changed), changed };
}

it('an order with nothing wrong is placed', async () => {
  const { place } = await order(() => ({}));
  const { orderId, number } = await place();
  const [row] = await db().select().from(orders).where(eq(orders.id, orderId));
  expect(row).toMatchObject({ number, status: 'placed', total: 1_311, itemCount: 1 });
});

describe('an order is refused, and nothing is changed, when', () => {
  it.each<[string, Change, string]>([
    ['the restaurant is unknown', () => ({ restaurantId: uuidv7() }), 'restaurant_not_found'],
    [
      'a dish is unknown',
      (_, town) => ({ lines: [{ ...side(town), itemId: uuidv7() }] }),
      'item_not_on_menu',
    ],
    [
      'a dish is another restaurant’s',
      async () => ({ lines: [side(await makeTown(db()), 2)] }),
      'item_not_on_menu',
    ],
    [
      'a dish is sold out',
      async (_, town) => {
        await db()
          .update(menuItems)
          .set({ soldOut: true })
          .where(eq(menuItems.id, town.dishes.main));
        return {};
      },
      'item_sold_out',
    ],
    [
      'an option is sold out',
      async (_, town) => {
        await db().execute(
          sql`UPDATE menu_options SET sold_out = true WHERE id = ${town.options.size.regular}`,
        );
        return {};
      },
      'item_sold_out',
    ],
    [
      'an option is another restaurant’s',
      async ({ lines }) => {
        const other = await makeTown(db());
        return {
          lines: lines.map((line) => ({
            ...line,
            optionIds: [...line.optionIds, other.options.extra],
          })),
        };
      },
      'option_unknown',
    ],
    [
      'a choice that has to be made is missing',
      ({ lines }) => ({ lines: lines.map((line) => ({ ...line, optionIds: [] })) }),
      'options_out_of_range',
    ],
    [
      'an option is chosen twice',
      ({ lines }) => ({
        lines: lines.map((line) => ({
          ...line,
          optionIds: [...line.optionIds, ...line.optionIds],
        })),
      }),
      'option_repeated',
    ],
    [
      'the restaurant is paused',
      async (_, town) => {
        const ctx = contextOf(db(), town.admin);
        await pauseRestaurant(ctx, { ...key(), restaurantId: town.restaurantId, minutes: 30 });
        return {};
      },
      'restaurant_closed',
    ],
    [
      'the restaurant has no hours',
      async (_, town) => {
        await db()
          .update(restaurants)
          .set({ hours: [] })
          .where(eq(restaurants.id, town.restaurantId));
        return {};
      },
      'restaurant_closed',
    ],
    [
      'the address is a metre out of the radius',
      (_, town) => ({ dropoff: destinationPoint(town.centre, 90, 5_001) }),
      'address_out_of_radius',
    ],
    [
      'the address is on the other side of the world',
      (_, town) => ({ dropoff: destinationPoint(town.centre, 90, 20_000_000) }),
      'address_out_of_radius',
    ],
    [
      'the dishes cost less than the minimum',
      async (_, town) => {
        await db().execute(
          sql`UPDATE restaurants SET minimum_order = 501 WHERE id = ${town.restaurantId}`,
        );
        return { lines: [side(town)] };
      },
      'below_minimum',
    ],
    ['the total is a cent less', () => ({ expectedTotal: 1_310 }), 'total_changed'],
    ['the tip is not in the total', () => ({ tip: 0 }), 'total_changed'],
  ])('%s', async (_, change, reason) => {
    const { place } = await order(change);
    expect(await reasonOf(db(), place)).toBe(reason);
  });

  it('a price has changed since it was shown; the new total is told and can be ordered', async () => {
    const { place, changed, town } = await order(() => ({}));
    await db().execute(sql`UPDATE menu_items SET price = 1100 WHERE id = ${town.dishes.main}`);
    const refusal = await refusalOf(db(), place);
    expect(refusal).toMatchObject({
      code: 'conflict',
      reason: 'total_changed',
      data: { total: 1_411 },
    });
    const again = { ...changed, ...key(), expectedTotal: Number(refusal.data?.total) };
    expect(await placeOrder(contextOf(db(), town.customer), again)).toHaveProperty('orderId');
  });

  it('the restaurant is closed; when it opens is told', async () => {
    const { town, changed } = await order(async (_, { restaurantId }) => {
      const hours = [{ day: 3, opens: '10:00', closes: '11:00' }];
      await db().update(restaurants).set({ hours }).where(eq(restaurants.id, restaurantId));
      return {};
    });
    const friday = new Date('2026-11-20T10:30:00Z');
    const ctx = contextOf(db(), town.customer, { now: () => friday });
    expect(await refusalOf(db(), () => placeOrder(ctx, changed))).toMatchObject({
      reason: 'restaurant_closed',
      data: { opensAt: '2026-11-25T10:00:00.000Z' },
    });
  });

  it('a quote tells the same reasons, with what can be priced all the same', async () => {
    const town = await makeTown(db());
    const ctx = contextOf(db(), town.customer);
    const far = { ...cartOf(town), dropoff: destinationPoint(town.centre, 0, 9_000) };
    const { obstacles, subtotal } = await quoteOrder(ctx, far);
    expect(obstacles).toMatchObject([{ code: 'invalid', reason: 'address_out_of_radius' }]);
    expect(obstacles[0]?.data).toMatchObject({ deliveryRadiusM: 5_000 });
    expect(Number(obstacles[0]?.data?.distanceM)).toBeCloseTo(9_000, -1);
    expect(subtotal).toBe(1_000);
  });
});

describe('an order is not even looked at when', () => {
  const line = { itemId: uuidv7(), quantity: 1, optionIds: [], note: '' };
  const good = {
    ...key(),
    restaurantId: uuidv7(),
    lines: [line],
    dropoff: { lat: 38.7, lng: -9.1 },
    tip: 0,
    dropoffAddress: '2 Side Street',
    expectedTotal: 1_000,
  };

  it.each<[string, Record<string, unknown>]>([
    ['the latitude is out of range', { dropoff: { lat: 90.1, lng: 0 } }],
    ['the longitude is out of range', { dropoff: { lat: 0, lng: -180.1 } }],
    ['a coordinate is not a number', { dropoff: { lat: Number.NaN, lng: 0 } }],
    ['a coordinate is endless', { dropoff: { lat: 0, lng: Number.POSITIVE_INFINITY } }],
    ['coordinates are text', { dropoff: { lat: '38.7', lng: '-9.1' } }],
    ['coordinates are missing', { dropoff: {} }],
    ['there is no place to bring it to', { dropoff: null }],
    ['the cart is empty', { lines: [] }],
    ['the cart has 51 lines', { lines: Array.from({ length: 51 }, () => line) }],
    ['none of a dish is wanted', { lines: [{ ...line, quantity: 0 }] }],
    ['half a dish is wanted', { lines: [{ ...line, quantity: 0.5 }] }],
    ['a hundred of a dish are wanted', { lines: [{ ...line, quantity: 100 }] }],
    ['the tip is negative', { tip: -1 }],
    ['the tip is half a cent', { tip: 0.5 }],
    ['an id is not an id', { restaurantId: "' OR 1=1 --" }],
    ['there is no idempotency key', { idempotencyKey: undefined }],
    ['the address is blank', { dropoffAddress: '   ' }],
    ['the note is too long', { dropoffNote: 'x'.repeat(301) }],
    ['a text holds what can’t be stored', { dropoffNote: 'ring\0twice' }],
    ['the expected total is negative', { expectedTotal: -1 }],
  ])('%s', (_, change) => {
    expect(PlaceOrderInput.safeParse(good).success).toBe(true);
    expect(PlaceOrderInput.safeParse({ ...good, ...change }).success).toBe(false);
  });

  it('text that looks like SQL is only text', async () => {
    const nasty = `Robert'); DROP TABLE orders; -- $1 \\ " %s 🦶`;
    const { place } = await order(() => ({ dropoffNote: nasty, dropoffAddress: nasty }));
    const { orderId } = await place();
    const [row] = await db().select().from(orders).where(eq(orders.id, orderId));
    expect(row).toMatchObject({ dropoffNote: nasty, dropoffAddress: nasty });
  });
});
