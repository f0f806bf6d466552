import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { promoCodes, restaurants, zones } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { cancelOrder } from './cancel-order';
import { collectOrder } from './collect-order';
import { deliveryIs, orderIs } from './journey.testing';
import { keepHouse } from './keep-house';
import { placeOrder } from './place-order';
import { quoteOrder } from './quote-order';
import { reasonOf, refusalOf } from './refused.testing';
import { stepOrder } from './step-order';
import { cartOf, contextOf, key, orderOf, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

let codes = 0;
async function makePromo(change: Partial<typeof promoCodes.$inferInsert> = {}): Promise<string> {
  codes += 1;
  const code = `CODE${codes}`;
  await db()
    .insert(promoCodes)
    .values({ code, kind: 'percent', value: 10, currency: 'EUR', ...change });
  return code;
}

const usesOf = async (code: string): Promise<number> => {
  const [row] = await db().select().from(promoCodes).where(eq(promoCodes.code, code));
  return row?.used ?? -1;
};

const place = (town: Town, change: Parameters<typeof orderOf>[1]) =>
  placeOrder(contextOf(db(), town.customer), orderOf(town, change));

describe('the sum', () => {
  it('of a plain cart is dishes, fee and tip', async () => {
    const town = await makeTown(db());
    expect(await quoteOrder(contextOf(db(), 'guest'), cartOf(town))).toMatchObject({
      subtotal: 1_000,
      deliveryFee: 211,
      surcharge: 0,
      tip: 100,
      discount: 0,
      tax: 0,
      total: 1_311,
      obstacles: [],
    });
  });

  it('has the surcharge of the zone in which the door lies, the smallest of several', async () => {
    const town = await makeTown(db());
    const { lat, lng } = cartOf(town).dropoff;
    const half = 0.002;
    const ring = [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
      [-half, -half],
    ]
      .map(([dx = 0, dy = 0]) => `${lng + dx} ${lat + dy}`)
      .join(',');
    await db()
      .insert(zones)
      .values({
        slug: `island-${town.zoneId}`,
        name: 'Island',
        area: `SRID=4326;POLYGON((${ring}))`,
        timeZone: 'Europe/Lisbon',
        currency: 'EUR',
        deliverySurcharge: 150,
      });
    const ctx = contextOf(db(), 'guest');
    expect(await quoteOrder(ctx, cartOf(town))).toMatchObject({
      deliveryFee: 361,
      surcharge: 150,
      total: 1_461,
    });
    const outside = { ...cartOf(town), dropoff: { lat: lat + 3 * half, lng } };
    expect((await quoteOrder(ctx, outside)).surcharge).toBe(0);
  });

  it('holds the tax, or has it on top, and both are stored as they were shown', async () => {
    const included = await makeTown(db(), { restaurant: { taxBp: 2_300 } });
    const first = await quoteOrder(contextOf(db(), 'guest'), cartOf(included));
    expect(first).toMatchObject({ tax: 226, taxIncluded: true, total: 1_311 });
    const onTop = await makeTown(db(), { restaurant: { taxBp: 2_300 } });
    await db().update(zones).set({ taxIncluded: false }).where(eq(zones.id, onTop.zoneId));
    const second = await quoteOrder(contextOf(db(), 'guest'), cartOf(onTop));
    expect(second).toMatchObject({ tax: 279, taxIncluded: false, total: 1_590 });
    const orderId = await placeTestOrder(db(), onTop);
    expect(await orderIs(db(), orderId)).toMatchObject({
      tax: 279,
      taxIncluded: false,
      total: 1_590,
    });
  });
});

describe('the prices that a customer saw', () => {
  it('are compared: a new one is told with the old one, and not charged', async () => {
    const town = await makeTown(db());
    const lines = cartOf(town).lines.map((line) => ({ ...line, seenPrice: 1_000 }));
    await db().execute(sql`UPDATE menu_items SET price = 1050 WHERE id = ${town.dishes.main}`);
    const quote = await quoteOrder(contextOf(db(), 'guest'), { ...cartOf(town), lines });
    const change = { itemId: town.dishes.main, name: 'Main', was: 1_000, now: 1_050 };
    expect(quote.priceChanges).toEqual([change]);
    const refusal = await refusalOf(db(), () => place(town, { lines }));
    expect(refusal).toMatchObject({ reason: 'price_changed', data: { ...change, total: 1_361 } });
    const seen = lines.map((line) => ({ ...line, seenPrice: 1_050 }));
    expect(await place(town, { lines: seen, expectedTotal: 1_361 })).toHaveProperty('orderId');
  });

  it('are compared one by one: two changes that make up for each other are told too', async () => {
    const town = await makeTown(db());
    const { main, side } = town.dishes;
    const [first] = cartOf(town).lines;
    const lines = [
      ...(first ? [{ ...first, seenPrice: 1_000 }] : []),
      { itemId: side, quantity: 1, optionIds: [], note: '', seenPrice: 500 },
    ];
    await db().execute(sql`UPDATE menu_items SET price = 1100 WHERE id = ${main}`);
    await db().execute(sql`UPDATE menu_items SET price = 400 WHERE id = ${side}`);
    const order = { lines, expectedTotal: 1_811 };
    expect(await reasonOf(db(), () => place(town, order))).toBe('price_changed');
  });
});

describe('the edge of the area', () => {
  it('is inside to the last metre of a radius, and outside past it', async () => {
    const town = await makeTown(db());
    const at = (metres: number) => ({
      ...cartOf(town),
      dropoff: destinationPoint(town.centre, 90, metres),
    });
    const obstacles = async (metres: number) =>
      (await quoteOrder(contextOf(db(), 'guest'), at(metres))).obstacles.map(
        ({ reason }) => reason,
      );
    expect(await obstacles(4_999.5)).toEqual([]);
    expect(await obstacles(5_000.5)).toEqual(['address_out_of_radius']);
  });

  it('is inside on the line of a drawn area, which counts in place of the radius', async () => {
    const town = await makeTown(db());
    const { lat, lng } = town.centre;
    const ring = `${lng - 0.01} ${lat - 0.01},${lng + 0.02} ${lat - 0.01},${lng + 0.02} ${lat + 0.01},${lng - 0.01} ${lat + 0.01},${lng - 0.01} ${lat - 0.01}`;
    await db()
      .update(restaurants)
      .set({ deliveryArea: `SRID=4326;POLYGON((${ring}))` })
      .where(eq(restaurants.id, town.restaurantId));
    const reasonAt = async (dropoff: { lat: number; lng: number }) => {
      const { obstacles } = await quoteOrder(contextOf(db(), 'guest'), {
        ...cartOf(town),
        dropoff,
      });
      return obstacles[0]?.reason ?? 'delivers';
    };
    expect(await reasonAt({ lat, lng: lng + 0.02 })).toBe('delivers');
    expect(await reasonAt({ lat, lng: lng + 0.0201 })).toBe('address_out_of_radius');
    const far = orderOf(town, { dropoff: { lat: lat + 0.02, lng } });
    expect(await outcomeOf(placeOrder(contextOf(db(), town.customer), far))).toEqual({
      refused: 'address_out_of_radius',
    });
  });
});

describe('a promo code', () => {
  it('takes off what it says, is written down, and counts', async () => {
    const town = await makeTown(db());
    const code = await makePromo({ value: 15, limitPerPerson: 1 });
    const quote = await quoteOrder(contextOf(db(), town.customer), {
      ...cartOf(town),
      promoCode: code.toLowerCase(),
    });
    expect(quote).toMatchObject({ discount: 150, total: 1_161, promo: { code, discount: 150 } });
    const { orderId } = await place(town, {
      promoCode: ` ${code.toLowerCase()} `,
      expectedTotal: 1_161,
    });
    expect(await orderIs(db(), orderId)).toMatchObject({
      promoCode: code,
      discount: 150,
      total: 1_161,
    });
    expect(await usesOf(code)).toBe(1);
  });

  it('that is not good is told in the quote, beside the sum without it; an order with it is refused', async () => {
    const town = await makeTown(db());
    const quote = await quoteOrder(contextOf(db(), 'guest'), {
      ...cartOf(town),
      promoCode: 'NOSUCH',
    });
    expect(quote).toMatchObject({
      total: 1_311,
      promo: null,
      promoRefused: { reason: 'promo_unknown', data: { code: 'NOSUCH' } },
      obstacles: [],
    });
    expect(await reasonOf(db(), () => place(town, { promoCode: 'NOSUCH' }))).toBe('promo_unknown');
  });

  it('is good once per person, and again after the order was cancelled', async () => {
    const town = await makeTown(db());
    const code = await makePromo({ limitPerPerson: 1 });
    const order = { promoCode: code, expectedTotal: 1_211 };
    const { orderId } = await place(town, order);
    expect(await reasonOf(db(), () => place(town, order))).toBe('promo_used');
    const ctx = contextOf(db(), town.customer);
    expect(
      (await quoteOrder(ctx, { ...cartOf(town), promoCode: code })).promoRefused,
    ).toMatchObject({
      reason: 'promo_used',
    });
    const other = await makeUser(db(), 'customer', 'Other Customer');
    await placeOrder(contextOf(db(), other), orderOf(town, order));
    expect(await usesOf(code)).toBe(2);
    await cancelOrder(ctx, { ...key(), orderId, reason: 'changed_mind' });
    expect(await usesOf(code)).toBe(1);
    await place(town, order);
    expect(await usesOf(code)).toBe(2);
  });

  it('can pay for everything: nothing is left to be paid', async () => {
    const town = await makeTown(db());
    const code = await makePromo({ value: 100 });
    const cart = { fulfilment: 'pickup' as const, tip: 0, promoCode: code };
    const { orderId } = await place(town, {
      ...cart,
      expectedTotal: 0,
      payment: { method: 'card', token: 'card_nobody-asks-for-it' },
    });
    expect(await orderIs(db(), orderId)).toMatchObject({ total: 0, paymentMethod: 'cash' });
  });
});

describe('at the counter', () => {
  const pickup = { fulfilment: 'pickup' as const, tip: 0, expectedTotal: 500 };
  const side = (town: Town) => ({
    lines: [{ itemId: town.dishes.side, quantity: 1, optionIds: [], note: '' }],
  });

  it('there is no fee, no driver, no minimum; the PIN is asked for', async () => {
    const town = await makeTown(db(), { autoAccept: true, restaurant: { minimumOrder: 2_000 } });
    const { orderId } = await place(town, { ...pickup, ...side(town) });
    expect(await orderIs(db(), orderId)).toMatchObject({
      fulfilment: 'pickup',
      deliveryFee: 0,
      total: 500,
      dropoff: town.centre,
      dropoffAddress: '1 Main Street',
      tripDistanceM: 0,
      status: 'accepted',
      pin: '5000',
    });
    const [row] = await db().execute(
      sql`SELECT count(*)::int AS n FROM deliveries WHERE order_id = ${orderId}`,
    );
    expect(row).toEqual({ n: 0 });
  });

  it('a restaurant may have none', async () => {
    const town = await makeTown(db(), { restaurant: { pickupOffered: false } });
    expect(await reasonOf(db(), () => place(town, { ...pickup, ...side(town) }))).toBe(
      'pickup_not_offered',
    );
  });

  it('the customer says that they have it once it is ready, not before, and it is paid', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const { orderId } = await place(town, { ...pickup, ...side(town) });
    const collect = () => collectOrder(contextOf(db(), town.customer), { ...key(), orderId });
    expect(await reasonOf(db(), collect)).toBe('not_ready_to_collect');
    const admin = contextOf(db(), town.admin);
    for (const command of ['start', 'finish'] as const) {
      await stepOrder(admin, { ...key(), orderId, command });
    }
    await collect();
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'completed',
      paymentStatus: 'captured',
    });
    expect(await reasonOf(db(), collect)).toBe('not_ready_to_collect');
  });

  it('an admin completes it, and nobody completes a delivery that way', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const admin = contextOf(db(), town.admin);
    const delivered = await placeTestOrder(db(), town);
    const { orderId: fetched } = await place(town, { ...pickup, ...side(town) });
    for (const orderId of [delivered, fetched]) {
      for (const command of ['start', 'finish'] as const) {
        await stepOrder(admin, { ...key(), orderId, command });
      }
    }
    const complete = (orderId: string) => () =>
      stepOrder(admin, { ...key(), orderId, command: 'complete' });
    expect(await reasonOf(db(), complete(delivered))).toBe('illegal_step');
    await complete(fetched)();
    expect(await orderIs(db(), fetched)).toMatchObject({
      status: 'completed',
      paymentStatus: 'captured',
    });
  });

  it('what has waited for three hours has been fetched', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const { orderId } = await place(town, { ...pickup, ...side(town) });
    for (const command of ['start', 'finish'] as const) {
      await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command });
    }
    const inHours = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
    await keepHouse(contextOf(db(), 'housekeeping', { now: inHours(2.9) }));
    expect((await orderIs(db(), orderId)).status).toBe('ready');
    await keepHouse(contextOf(db(), 'housekeeping', { now: inHours(3.1) }));
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'completed',
      paymentStatus: 'captured',
    });
  });
});

describe('the handover', () => {
  it('in person has a PIN of four digits; left at the door there is none', async () => {
    const town = await makeTown(db());
    const ctx = contextOf(db(), town.customer, { random: () => 0.0042 });
    const first = await placeOrder(ctx, orderOf(town));
    expect(await orderIs(db(), first.orderId)).toMatchObject({
      handover: 'in_person',
      pin: '0042',
    });
    const second = await placeOrder(ctx, orderOf(town, { handover: 'at_door' }));
    expect(await orderIs(db(), second.orderId)).toMatchObject({ handover: 'at_door', pin: null });
  });
});

describe('a delivery', () => {
  it('is created with its search due at once', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const { nextAttemptAt } = await deliveryIs(db(), orderId);
    expect(nextAttemptAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
