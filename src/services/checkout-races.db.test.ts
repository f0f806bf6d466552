import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { menuItems, orders, payments, promoCodes } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import type { Viewer } from '@/domain/roles';
import { testBank } from '@/payments/sandbox.testing';
import { cancelOrder } from './cancel-order';
import { deliveryIs, giveTo, walk } from './journey.testing';
import { type PlaceOrderInput, placeOrder } from './place-order';
import { reconcilePayments } from './reconcile-payments';
import { runPaymentsRound } from './run-payments-round';
import { stepDelivery } from './step-delivery';
import { CART_TOTAL, contextOf, key, orderOf, outcomeOf } from './testing';

const database = testDatabase({ poolSize: 60 });
const db = () => database.connection.db;
const bank = () => testBank(db());

const as = (who: Viewer | string, now = () => new Date()) =>
  contextOf(db(), who, { payments: [bank().provider], now });

type Outcome = { ok: unknown } | { refused: string };
const winners = (outcomes: Outcome[]) => outcomes.filter((outcome) => 'ok' in outcome).length;
const reasons = (outcomes: Outcome[]) => [
  ...new Set(outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []))),
];

const placedIn = async (town: Town) =>
  (await db().select().from(orders).where(eq(orders.restaurantId, town.restaurantId))).length;

const crowd = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => makeUser(db(), 'customer', `Customer ${n}`)));

/** The same order by all of them at the same moment. */
const allPlace = async (
  people: Viewer[],
  town: Town,
  change: (index: number) => Partial<PlaceOrderInput> | Promise<Partial<PlaceOrderInput>>,
) => {
  const inputs = await Promise.all(people.map(async (_, n) => orderOf(town, await change(n))));
  return Promise.all(
    inputs.map((input, n) => outcomeOf(placeOrder(as(people[n] ?? town.customer), input))),
  );
};

const inTwoHours = () => new Date(Math.ceil(Date.now() / 3_600_000 + 2) * 3_600_000).toISOString();

/** After every grace and pause, nothing is owed, and the books agree. */
async function expectBalanced() {
  const late = () => new Date(Date.now() + 3_600_000);
  await reconcilePayments(as('reconciliation', late), new Date(0));
  await runPaymentsRound(as('payments', late));
  const report = await reconcilePayments(as('reconciliation', late), new Date(0));
  expect(report).toMatchObject({ released: 0, settled: 0, followed: 0, mismatches: [] });
  const [adrift] = await db().execute(sql`
    SELECT count(*)::int AS count FROM payments
    WHERE due IS NOT NULL OR (order_id IS NULL AND status IN ('pending', 'authorised', 'captured'))`);
  expect(adrift).toEqual({ count: 0 });
}

describe('of twenty people who order at the same moment', () => {
  it('for the last slot, one gets it, and the others keep their money', async () => {
    const town = await makeTown(db(), { autoAccept: true, restaurant: { slotCapacity: 1 } });
    const slotFrom = inTwoHours();
    const outcomes = await allPlace(await crowd(20), town, async (n) => ({
      slotFrom,
      ...(n % 2 ? { payment: await bank().card() } : {}),
    }));
    expect(winners(outcomes)).toBe(1);
    expect(reasons(outcomes)).toEqual(['slot_full']);
    expect(await placedIn(town)).toBe(1);
    await expectBalanced();
  });

  it('as soon as possible, each finds the next window with room, or is told that there is none', async () => {
    const town = await makeTown(db(), { autoAccept: true, restaurant: { slotCapacity: 3 } });
    const outcomes = await allPlace(await crowd(20), town, () => ({}));
    const windows = await db().execute<{ taken: number; booked: number }>(sql`
      SELECT w.taken, count(o.id)::int AS booked FROM kitchen_windows w
      LEFT JOIN orders o ON o.restaurant_id = w.restaurant_id AND o.kitchen_window = w.starts_at
      WHERE w.restaurant_id = ${town.restaurantId} GROUP BY w.starts_at, w.taken`);
    for (const { taken, booked } of windows) {
      expect(taken).toBe(booked);
      expect(taken).toBeLessThanOrEqual(3);
    }
    const placed = windows.reduce((sum, { taken }) => sum + taken, 0);
    expect(winners(outcomes)).toBe(placed);
    expect(placed).toBeGreaterThanOrEqual(12);
    expect(reasons(outcomes)).toEqual(['kitchen_full']);
  });

  it('what there is five of, five get it', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    await db().update(menuItems).set({ stock: 5 }).where(eq(menuItems.id, town.dishes.main));
    const outcomes = await allPlace(await crowd(20), town, async (n) =>
      n % 3 ? {} : { payment: await bank().card() },
    );
    expect(winners(outcomes)).toBe(5);
    for (const reason of reasons(outcomes)) expect(reason).toMatch(/^item_(short|sold_out)$/);
    const [item] = await db().select().from(menuItems).where(eq(menuItems.id, town.dishes.main));
    expect(item).toMatchObject({ stock: 0, soldOut: true });
    await expectBalanced();
  });

  it('with a code that is good three times, three use it', async () => {
    const town = await makeTown(db());
    const code = `THREE${town.zoneId.slice(-6)}`.toUpperCase();
    await db()
      .insert(promoCodes)
      .values({ code, kind: 'amount', value: 100, currency: 'EUR', limitTotal: 3 });
    const order = { promoCode: code, expectedTotal: CART_TOTAL - 100 };
    const outcomes = await allPlace(await crowd(20), town, () => order);
    expect(winners(outcomes)).toBe(3);
    expect(reasons(outcomes)).toEqual(['promo_used_up']);
    const [promo] = await db().select().from(promoCodes).where(eq(promoCodes.code, code));
    expect(promo?.used).toBe(3);
  });

  it('from everywhere for everything, nobody waits in a ring', async () => {
    const town = await makeTown(db(), { autoAccept: true, restaurant: { slotCapacity: 4 } });
    const { main, side } = town.dishes;
    await db()
      .update(menuItems)
      .set({ stock: 30 })
      .where(eq(menuItems.restaurantId, town.restaurantId));
    const code = `RING${town.zoneId.slice(-6)}`.toUpperCase();
    await db()
      .insert(promoCodes)
      .values({ code, kind: 'amount', value: 100, currency: 'EUR', limitPerPerson: 1 });
    const line = (itemId: string) => ({
      itemId,
      quantity: 1,
      optionIds: itemId === main ? [town.options.size.regular] : [],
      note: '',
    });
    const people = await crowd(20);
    const order = async (n: number) => ({
      lines: n % 2 ? [line(main), line(side)] : [line(side), line(main)],
      promoCode: code,
      slotFrom: n % 3 ? null : inTwoHours(),
      expectedTotal: CART_TOTAL + 500 - 100,
      ...(n % 4 ? {} : { payment: await bank().card() }),
    });
    const first = await allPlace(people, town, order);
    const placed = first.flatMap((outcome, n) => {
      const person = people[n];
      // The answer of a place-order.
      return 'ok' in outcome && person
        ? [{ person, orderId: (outcome.ok as { orderId: string }).orderId }]
        : [];
    });
    expect(placed.length).toBeGreaterThan(5);
    const mixed = await Promise.all([
      allPlace(people.slice(0, 6), town, order),
      ...placed.map(({ person, orderId }) =>
        outcomeOf(cancelOrder(as(person), { ...key(), orderId, reason: 'changed_mind' })),
      ),
    ]);
    expect(mixed.slice(1).every((outcome) => 'ok' in outcome)).toBe(true);
    expect(
      reasons([...first, ...mixed[0]]).filter(
        (reason) => !/^(kitchen|slot)_full$|^promo_used$/.test(reason),
      ),
    ).toEqual([]);
    await expectBalanced();
  });
});

describe('one person', () => {
  it('uses a code that is good once in two tabs at the same moment: once', async () => {
    const town = await makeTown(db());
    const code = `ONCE${town.zoneId.slice(-6)}`.toUpperCase();
    await db()
      .insert(promoCodes)
      .values({ code, kind: 'percent', value: 10, currency: 'EUR', limitPerPerson: 1 });
    const tabs = Array.from({ length: 6 }, () => town.customer);
    const order = { promoCode: code, expectedTotal: CART_TOTAL - 100 };
    const outcomes = await allPlace(tabs, town, () => order);
    expect(winners(outcomes)).toBe(1);
    expect(reasons(outcomes)).toEqual(['promo_used']);
  });

  it('clicks twice, with a card: one order, one payment, the same answer', async () => {
    const town = await makeTown(db(), { restaurant: { slotCapacity: 1 } });
    const input = orderOf(town, { payment: await bank().card(), slotFrom: inTwoHours() });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => outcomeOf(placeOrder(as(town.customer), input))),
    );
    expect(winners(outcomes)).toBe(5);
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(await placedIn(town)).toBe(1);
    const rows = await db()
      .select()
      .from(payments)
      .where(eq(payments.customerId, town.customer.userId));
    expect(rows).toMatchObject([{ status: 'authorised', amount: CART_TOTAL }]);
    await expectBalanced();
  });
});

describe('at the same moment', () => {
  it.each(Array.from({ length: 12 }, (_, n) => n))('deliver against cancel, try %i', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const payment = await bank().card();
    const { orderId } = await placeOrder(as(town.customer), orderOf(town, { payment }));
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'arrive_dropoff');
    const { id: deliveryId } = await deliveryIs(db(), orderId);
    const outcomes = await Promise.all([
      outcomeOf(stepDelivery(as(driver), { ...key(), deliveryId, step: 'deliver' })),
      outcomeOf(cancelOrder(as(town.admin), { ...key(), orderId, reason: 'other' })),
    ]);
    expect(winners(outcomes)).toBe(1);
    await expectBalanced();
    const [order] = await db().select().from(orders).where(eq(orders.id, orderId));
    const delivered = 'ok' in (outcomes[0] ?? {});
    expect([order?.status, order?.paymentStatus]).toEqual(
      delivered ? ['completed', 'captured'] : ['cancelled', 'released'],
    );
  });

  it.each(Array.from({ length: 8 }, (_, n) => n))(
    'place against reconciliation, try %i',
    async () => {
      const town = await makeTown(db(), { autoAccept: true });
      const input = orderOf(town, { payment: await bank().card() });
      // To reconciliation, the payment is an hour old while it is being placed.
      const late = () => new Date(Date.now() + 3_600_000);
      const [placed] = await Promise.all([
        outcomeOf(placeOrder(as(town.customer), input)),
        reconcilePayments(as('reconciliation', late), new Date(0)),
      ]);
      await expectBalanced();
      const [payment] = await db()
        .select()
        .from(payments)
        .where(eq(payments.customerId, town.customer.userId));
      if ('ok' in placed) expect(payment).toMatchObject({ status: 'authorised' });
      else {
        expect(placed.refused).toBe('payment_gone');
        expect(payment).toMatchObject({ status: 'released', orderId: null });
      }
    },
  );
});
