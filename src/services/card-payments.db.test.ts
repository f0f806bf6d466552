import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { kitchenWindows, orders, payments, sandboxCharges } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town, type TownOptions } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { testBank } from '@/payments/sandbox.testing';
import { cancelOrder } from './cancel-order';
import { giveTo, orderIs, storyOf, walk } from './journey.testing';
import type { PaymentProvider } from './payment-provider';
import { type PlaceOrderInput, placeOrder } from './place-order';
import { quoteOrder } from './quote-order';
import { reconcilePayments } from './reconcile-payments';
import { refundOrder } from './refund-order';
import { reasonOf, refusalOf } from './refused.testing';
import { ATTENTION_AFTER_ATTEMPTS, runPaymentsRound } from './run-payments-round';
import { failDelivery } from './step-delivery';
import { restoreOrder, stepOrder } from './step-order';
import { CART_TOTAL, cartOf, contextOf, key, orderOf, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const bank = () => testBank(db());

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => () => new Date(Date.now() + minutes * MINUTE_MS);
/** After every grace and pause. */
const LATER = inMinutes(20);
const LONG_AGO = new Date(0);

const as = (who: Parameters<typeof contextOf>[1], provider = bank().provider, now = inMinutes(0)) =>
  contextOf(db(), who, { payments: [provider], now });

const paymentsOf = (of: Town) =>
  db().select().from(payments).where(eq(payments.customerId, of.customer.userId));

async function paymentIs(of: Town) {
  const [row] = await paymentsOf(of);
  return ensured(row, 'a payment');
}

async function chargeIs(paymentId: string) {
  const [row] = await db()
    .select()
    .from(sandboxCharges)
    .where(eq(sandboxCharges.paymentId, paymentId));
  return row ?? null;
}

const runRound = (provider = bank().provider, now = LATER) =>
  runPaymentsRound(as('payments', provider, now));

const reconcile = (provider = bank().provider, now = LATER) =>
  reconcilePayments(as('reconciliation', provider, now), LONG_AGO);

/** An order in a town of its own, paid by a card. */
async function paidByCard(options: TownOptions = {}, change: Partial<PlaceOrderInput> = {}) {
  const town = await makeTown(db(), { autoAccept: true, ...options });
  const payment = await bank().card();
  const { orderId } = await placeOrder(as(town.customer), orderOf(town, { payment, ...change }));
  return { town, orderId, admin: as(town.admin), customer: as(town.customer) };
}

/** The provider, with some of its calls replaced. */
const but = (change: Partial<PaymentProvider>): PaymentProvider => ({
  ...bank().provider,
  ...change,
});

describe('a card', () => {
  it('is offered where there is a provider, and called a test if it is one', async () => {
    const town = await makeTown(db());
    expect((await quoteOrder(as('guest'), cartOf(town))).card).toEqual({
      provider: 'sandbox',
      test: true,
    });
    expect((await quoteOrder(contextOf(db(), 'guest'), cartOf(town))).card).toBeNull();
    const order = orderOf(town, { payment: await bank().card() });
    const without = contextOf(db(), town.customer);
    expect(await reasonOf(db(), () => placeOrder(without, order))).toBe('card_not_taken');
  });

  it('is held when the order is placed, and captured once it is delivered', async () => {
    const { town, orderId } = await paidByCard();
    const held = await paymentIs(town);
    expect(held).toMatchObject({
      orderId,
      status: 'authorised',
      amount: CART_TOTAL,
      label: 'Test card •• 4242',
      due: null,
    });
    expect(await chargeIs(held.id)).toMatchObject({ status: 'authorised', amount: CART_TOTAL });
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'accepted',
      paymentMethod: 'card',
      paymentStatus: 'authorised',
    });
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    expect(await paymentIs(town)).toMatchObject({
      status: 'authorised',
      due: 'capture',
      dueAmount: CART_TOTAL,
    });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({
      status: 'captured',
      captured: CART_TOTAL,
      due: null,
    });
    expect(await chargeIs(held.id)).toMatchObject({ status: 'captured', captured: CART_TOTAL });
    expect((await storyOf(db(), orderId)).slice(-2)).toEqual([
      'order.completed',
      'payment.captured',
    ]);
  });

  it.each([
    ['declines', 'card_declined'],
    ['lacks_funds', 'card_insufficient_funds'],
  ] as const)(
    'that %s leaves no order, and the next try may use another',
    async (behaviour, reason) => {
      const town = await makeTown(db());
      const declined = orderOf(town, { payment: await bank().card(behaviour) });
      const refusal = await refusalOf(db(), () => placeOrder(as(town.customer), declined));
      expect(refusal).toMatchObject({ code: 'conflict', reason });
      expect(await paymentIs(town)).toMatchObject({ status: 'failed', orderId: null });
      // The same request has the same answer, without the bank being asked again.
      const never = but({ authorise: () => Promise.reject(new Error('not to be asked')) });
      expect(await reasonOf(db(), () => placeOrder(as(town.customer, never), declined))).toBe(
        reason,
      );
      const other = orderOf(town, { payment: await bank().card() });
      expect(await placeOrder(as(town.customer), other)).toHaveProperty('orderId');
    },
  );

  it('is not touched for an order that can’t be placed anyway', async () => {
    const town = await makeTown(db());
    const order = orderOf(town, { payment: await bank().card(), expectedTotal: 1 });
    expect(await reasonOf(db(), () => placeOrder(as(town.customer), order))).toBe('total_changed');
    expect(await paymentsOf(town)).toEqual([]);
  });

  it('number is refused where a token belongs, and is not repeated in the refusal', async () => {
    const { PlaceOrderInput: Schema } = await import('./place-order');
    const town = await makeTown(db());
    const payment = { method: 'card', token: '4242424242424242' };
    const parsed = Schema.safeParse({ ...orderOf(town), payment });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('4242');
  });
});

describe('a slot that fills up while the card is asked', () => {
  it('is refused, nothing is ordered, and the money is let go', async () => {
    const town = await makeTown(db(), { autoAccept: true, restaurant: { slotCapacity: 1 } });
    const { restaurantId } = town;
    const hour = new Date(Math.ceil(Date.now() / 3_600_000 + 2) * 3_600_000);
    const slow = but({
      async authorise(payment, signal) {
        const charge = await bank().provider.authorise(payment, signal);
        await db().insert(kitchenWindows).values({ restaurantId, startsAt: hour, taken: 1 });
        return charge;
      },
    });
    const order = orderOf(town, { payment: await bank().card(), slotFrom: hour.toISOString() });
    expect(await reasonOf(db(), () => placeOrder(as(town.customer, slow), order))).toBe(
      'slot_full',
    );
    const payment = await paymentIs(town);
    expect(payment).toMatchObject({ orderId: null, due: 'release' });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'released' });
    expect(await chargeIs(payment.id)).toMatchObject({ status: 'released' });
    // The same request again does not find its money any more.
    await db().delete(kitchenWindows).where(eq(kitchenWindows.restaurantId, restaurantId));
    expect(await reasonOf(db(), () => placeOrder(as(town.customer), order))).toBe('payment_gone');
  });
});

describe('a server that dies', () => {
  it('between the bank’s yes and the order: the money is found and let go', async () => {
    const town = await makeTown(db());
    const dying = but({
      async authorise(payment, signal) {
        await bank().provider.authorise(payment, signal);
        throw new Error('killed');
      },
    });
    const order = orderOf(town, { payment: await bank().card() });
    const refusal = await refusalOf(db(), () => placeOrder(as(town.customer, dying), order));
    expect(refusal).toMatchObject({ code: 'unavailable', reason: 'payment_unanswered' });
    const { id } = await paymentIs(town);
    expect(await chargeIs(id)).toMatchObject({ status: 'authorised' });
    // Not at once: the request may still be on its way.
    expect((await reconcile(undefined, inMinutes(0.5))).released).toBe(0);
    expect((await reconcile()).released).toBe(1);
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'released', orderId: null });
    expect(await chargeIs(id)).toMatchObject({ status: 'released' });
    expect((await reconcile()).mismatches).toEqual([]);
  });

  it('before the bank was asked: what comes late finds the door closed', async () => {
    const town = await makeTown(db());
    const never = but({ authorise: () => Promise.reject(new Error('no network')) });
    const order = orderOf(town, { payment: await bank().card() });
    await refusalOf(db(), () => placeOrder(as(town.customer, never), order));
    const { id } = await paymentIs(town);
    await reconcile();
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'released' });
    const late = { paymentId: id, amount: CART_TOTAL, currency: 'EUR', token: 'card_anything' };
    const charge = await bank().provider.authorise(late, AbortSignal.timeout(1_000));
    expect(charge.status).toBe('released');
  });

  it('after it: the customer’s second try under the same key takes the same money', async () => {
    const town = await makeTown(db());
    const dying = but({
      async authorise(payment, signal) {
        await bank().provider.authorise(payment, signal);
        throw new Error('killed');
      },
    });
    const order = orderOf(town, { payment: await bank().card() });
    await refusalOf(db(), () => placeOrder(as(town.customer, dying), order));
    const { orderId } = await placeOrder(as(town.customer), order);
    expect(await paymentsOf(town)).toMatchObject([{ orderId, status: 'authorised' }]);
    expect(await placeOrder(as(town.customer), order)).toMatchObject({ orderId });
    await reconcile();
    expect(await paymentIs(town)).toMatchObject({ status: 'authorised', due: null });
  });

  it('in the middle of a capture: it is taken once', async () => {
    const { town, orderId } = await paidByCard();
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    const dying = but({
      async capture(paymentId, amount) {
        await bank().provider.capture(paymentId, amount);
        throw new Error('killed');
      },
    });
    expect(await runRound(dying)).toMatchObject({ done: 0, failed: 1 });
    const payment = await paymentIs(town);
    expect(payment).toMatchObject({
      status: 'authorised',
      due: 'capture',
      attempts: 1,
      lastError: 'killed',
    });
    expect(await runRound(undefined, inMinutes(60))).toMatchObject({ done: 1 });
    expect(await chargeIs(payment.id)).toMatchObject({ captured: CART_TOTAL });
  });
});

describe('a capture that fails', () => {
  it('does not stand in the way of the delivery, is tried again, and is seen', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const payment = await bank().card('captures_late');
    const { orderId } = await placeOrder(as(town.customer), orderOf(town, { payment }));
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    expect((await orderIs(db(), orderId)).status).toBe('completed');
    for (const [round, pause] of [0, 1, 2, 3].entries()) {
      const report = await runRound(undefined, inMinutes(60 * (pause + 1)));
      expect(report, `round ${round}`).toMatchObject(round < 3 ? { failed: 1 } : { done: 1 });
    }
    expect(await paymentIs(town)).toMatchObject({
      status: 'captured',
      captured: CART_TOTAL,
      lastError: null,
    });
  });

  it('for good is for a person to look at, and pauses between tries grow', async () => {
    const { town, orderId } = await paidByCard();
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    const broken = but({ capture: () => Promise.reject(new Error('out of order')) });
    const pauses: number[] = [];
    let now = Date.now();
    for (let n = 0; n < ATTENTION_AFTER_ATTEMPTS; n += 1) {
      const moment = now;
      await runRound(broken, () => new Date(moment));
      const { nextAttemptAt } = await paymentIs(town);
      pauses.push((nextAttemptAt?.getTime() ?? 0) - moment);
      now = nextAttemptAt?.getTime() ?? now;
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    const { paymentBacklog } = await import('@/db/queries/payments');
    expect(await paymentBacklog(db(), ATTENTION_AFTER_ATTEMPTS)).toMatchObject({ attention: 1 });
    await runRound(undefined, () => new Date(now + 1));
    expect(await paymentBacklog(db(), ATTENTION_AFTER_ATTEMPTS)).toMatchObject({ attention: 0 });
  });

  it('is leased: two rounds at once ask once', async () => {
    const { town, orderId } = await paidByCard();
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    let asked = 0;
    const counting = but({
      capture: (paymentId, amount) => {
        asked += 1;
        return bank().provider.capture(paymentId, amount);
      },
    });
    const reports = await Promise.all([1, 2, 3, 4].map(() => runRound(counting)));
    expect(asked).toBe(1);
    expect(reports.reduce((sum, { done }) => sum + done, 0)).toBe(1);
  });
});

describe('a cancellation', () => {
  it('before the kitchen starts lets go of the money, after a moment in which it can be taken back', async () => {
    const { town, orderId, admin, customer } = await paidByCard();
    await cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind' });
    expect(await paymentIs(town)).toMatchObject({ status: 'authorised', due: 'release' });
    await runRound(undefined, inMinutes(1));
    await restoreOrder(admin, { ...key(), orderId });
    expect(await paymentIs(town)).toMatchObject({ status: 'authorised', due: null });
    await cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind' });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'released' });
    expect((await orderIs(db(), orderId)).paymentStatus).toBe('released');
    const restore = () => restoreOrder(admin, { ...key(), orderId });
    expect(await reasonOf(db(), restore)).toBe('payment_released');
  });

  it('afterwards costs the dishes: asked first, then taken, and no more than that', async () => {
    const { town, orderId, admin, customer } = await paidByCard();
    await stepOrder(admin, { ...key(), orderId, command: 'start' });
    const cancel = (expectedFee?: number) => () =>
      cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind', expectedFee });
    expect(await refusalOf(db(), cancel())).toMatchObject({
      reason: 'cancel_costs',
      data: { fee: 1_000 },
    });
    expect(await reasonOf(db(), cancel(999))).toBe('cancel_costs');
    await cancel(1_000)();
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'cancelled', cancelFee: 1_000 });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({
      status: 'captured',
      captured: 1_000,
      amount: CART_TOTAL,
    });
    expect((await reconcile()).mismatches).toEqual([]);
  });

  it('afterwards is not for those who pay in cash; an admin’s is free for everybody', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const { orderId } = await placeOrder(as(town.customer), orderOf(town));
    const paid = await paidByCard();
    await stepOrder(as(town.admin), { ...key(), orderId, command: 'start' });
    await stepOrder(paid.admin, { ...key(), orderId: paid.orderId, command: 'start' });
    const cancel = () =>
      cancelOrder(as(town.customer), {
        ...key(),
        orderId,
        reason: 'changed_mind',
        expectedFee: 9_999,
      });
    expect(await reasonOf(db(), cancel)).toBe('too_late_to_cancel');
    await cancelOrder(as(town.admin), { ...key(), orderId, reason: 'other' });
    await cancelOrder(paid.admin, { ...key(), orderId: paid.orderId, reason: 'other' });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ method: 'cash', status: 'released' });
    expect(await paymentIs(paid.town)).toMatchObject({ status: 'released', captured: 0 });
  });

  it('by an admin costs the customer what they would owe themselves, if the admin says so', async () => {
    const { town, orderId, admin } = await paidByCard();
    await stepOrder(admin, { ...key(), orderId, command: 'start' });
    const cancel = (expectedFee: number) => () =>
      cancelOrder(admin, {
        ...{ ...key(), orderId, expectedFee },
        ...{ reason: 'changed_mind' as const, payer: 'customer' as const },
      });
    expect(await refusalOf(db(), cancel(0))).toMatchObject({
      ...{ reason: 'cancel_costs', data: { fee: 1_000 } },
    });
    await cancel(1_000)();
    expect(await orderIs(db(), orderId)).toMatchObject({ cancelFee: 1_000, closedBy: 'admin' });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'captured', captured: 1_000 });
  });

  it('by the kitchen, by nobody’s answer, or at the door, lets go of the money', async () => {
    const manual = await paidByCard({ autoAccept: false });
    await stepOrder(manual.admin, { ...key(), orderId: manual.orderId, command: 'reject' });
    const carried = await paidByCard();
    const driver = await makeDriver(db(), carried.town);
    const { id: deliveryId } = await giveTo(db(), carried.town, carried.orderId, driver);
    await walk(db(), driver, carried.orderId, 'arrive_dropoff');
    await failDelivery(contextOf(db(), driver), {
      ...key(),
      deliveryId,
      reason: 'customer_absent',
    });
    await runRound();
    for (const { town } of [manual, carried]) {
      expect(await paymentIs(town)).toMatchObject({ status: 'released', captured: 0 });
    }
  });
});

describe('a refund', () => {
  async function delivered() {
    const paid = await paidByCard();
    const driver = await makeDriver(db(), paid.town);
    await giveTo(db(), paid.town, paid.orderId, driver);
    await walk(db(), driver, paid.orderId, 'deliver');
    return paid;
  }

  it('gives back what an admin says to the card, in parts, up to what was captured', async () => {
    const { town, orderId, admin } = await delivered();
    const refund = (amount: number) => () => refundOrder(admin, { ...key(), orderId, amount });
    expect(await reasonOf(db(), refund(500))).toBe('not_refundable');
    await runRound();
    expect(await reasonOf(db(), refund(CART_TOTAL + 1))).toBe('refund_too_high');
    await refund(500)();
    await refund(300)();
    expect(await refusalOf(db(), refund(CART_TOTAL - 799))).toMatchObject({
      reason: 'refund_too_high',
      data: { left: CART_TOTAL - 800 },
    });
    await runRound();
    const payment = await paymentIs(town);
    expect(payment).toMatchObject({ status: 'partly_refunded', refunded: 500, dueAmount: 300 });
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ refunded: 800, due: null });
    expect(await chargeIs(payment.id)).toMatchObject({ status: 'captured', refunded: 800 });
    await refund(CART_TOTAL - 800)();
    await runRound();
    expect(await paymentIs(town)).toMatchObject({ status: 'refunded', refunded: CART_TOTAL });
    expect(await chargeIs(payment.id)).toMatchObject({ status: 'refunded', refunded: CART_TOTAL });
    expect(await reasonOf(db(), refund(1))).toBe('not_refundable');
    const { refunds, paymentStatus } = await orderIs(db(), orderId);
    expect([paymentStatus, ...refunds.map(({ amount }) => amount)]).toEqual([
      ...['refunded', 500, 300, CART_TOTAL - 800],
    ]);
    expect(refunds.every(({ doneAt }) => doneAt !== null)).toBe(true);
    expect(await reconcile()).toMatchObject({ followed: 0, mismatches: [] });
  });

  it('is given back once, however often the provider is asked and whatever it answers', async () => {
    const { town, orderId, admin } = await delivered();
    await runRound();
    const request = { ...key(), orderId, amount: 400, reason: 'late' as const };
    await Promise.all([refundOrder(admin, request), refundOrder(admin, request)]);
    const deaf = but({
      async refund(id, part) {
        await bank().provider.refund(id, part);
        throw new Error('the answer was lost');
      },
    });
    const { id } = await paymentIs(town);
    await runRound(deaf);
    expect(await chargeIs(id)).toMatchObject({ refunded: 400 });
    await runRound(undefined, inMinutes(60));
    expect(await paymentIs(town)).toMatchObject({ status: 'partly_refunded', refunded: 400 });
    expect(await chargeIs(id)).toMatchObject({ refunded: 400 });
  });

  it('never exceeds what was captured, however many ask at once', async () => {
    const { town, orderId, admin } = await delivered();
    await runRound();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        outcomeOf(refundOrder(admin, { ...key(), orderId, amount: 300 })),
      ),
    );
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(4);
    for (let n = 0; n < 5; n += 1) await runRound();
    const { id } = await paymentIs(town);
    expect(await paymentIs(town)).toMatchObject({ refunded: 1_200, due: null });
    expect(await chargeIs(id)).toMatchObject({ refunded: 1_200 });
  });

  it('in cash is written down', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const { orderId } = await placeOrder(as(town.customer), orderOf(town));
    const driver = await makeDriver(db(), town);
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    expect(await paymentIs(town)).toMatchObject({ status: 'captured', captured: CART_TOTAL });
    await refundOrder(as(town.admin), { ...key(), orderId, amount: CART_TOTAL });
    expect(await paymentIs(town)).toMatchObject({ status: 'refunded', refunded: CART_TOTAL });
  });
});

describe('reconciliation', () => {
  it('settles orders that were ended by hand, in the database', async () => {
    const [cancelled, completed] = [await paidByCard(), await paidByCard()];
    await db().update(orders).set({ status: 'cancelled' }).where(eq(orders.id, cancelled.orderId));
    await db().execute(sql`UPDATE orders SET status = 'preparing' WHERE id = ${completed.orderId}`);
    await db().execute(sql`UPDATE orders SET status = 'ready' WHERE id = ${completed.orderId}`);
    await db().execute(sql`UPDATE orders SET status = 'completed' WHERE id = ${completed.orderId}`);
    expect((await reconcile()).settled).toBeGreaterThanOrEqual(2);
    await runRound();
    expect(await paymentIs(cancelled.town)).toMatchObject({ status: 'released' });
    expect(await paymentIs(completed.town)).toMatchObject({
      status: 'captured',
      captured: CART_TOTAL,
    });
  });

  it('lets go of what the provider holds under an id that we don’t know', async () => {
    const paymentId = uuidv7();
    const { token } = await bank().card();
    const held = { paymentId, amount: 700, currency: 'EUR', token };
    await bank().provider.authorise(held, AbortSignal.timeout(1_000));
    expect((await reconcile()).released).toBe(1);
    expect(await chargeIs(paymentId)).toMatchObject({ status: 'released' });
    const taken = uuidv7();
    await bank().provider.authorise({ ...held, paymentId: taken }, AbortSignal.timeout(1_000));
    await bank().provider.capture(taken, 700);
    expect((await reconcile()).mismatches).toEqual([
      { paymentId: taken, mismatch: 'unknown_to_us' },
    ]);
    await db().delete(sandboxCharges).where(eq(sandboxCharges.paymentId, taken));
  });

  it('reports what it can’t mend: money that moved without us, and money that is not there', async () => {
    const [moved, missing] = [await paidByCard(), await paidByCard()];
    const [first, second] = [await paymentIs(moved.town), await paymentIs(missing.town)];
    await bank().provider.capture(first.id, 100);
    await db().delete(sandboxCharges).where(eq(sandboxCharges.paymentId, second.id));
    const { mismatches } = await reconcile();
    expect(mismatches).toContainEqual({ paymentId: first.id, mismatch: 'moved_by_provider' });
    expect(mismatches).toContainEqual({ paymentId: second.id, mismatch: 'unknown_to_provider' });
    expect(mismatches).toHaveLength(2);
    await db().delete(payments).where(eq(payments.id, first.id));
    await db().delete(payments).where(eq(payments.id, second.id));
    await db().delete(sandboxCharges).where(eq(sandboxCharges.paymentId, first.id));
  });

  it('finds nothing where nothing is wrong, in pages of any length', async () => {
    await paidByCard();
    const { released, settled, followed, mismatches, compared } = await reconcile();
    expect({ released, settled, followed, mismatches }).toEqual({
      released: 0,
      settled: 0,
      followed: 0,
      mismatches: [],
    });
    expect(compared).toBeGreaterThan(5);
    const { changedSince } = bank().provider;
    const paged = but({
      changedSince: async (since, after) => {
        const { charges } = await changedSince(since, after);
        return {
          charges: charges.slice(0, 2),
          next: charges.length > 2 ? (charges[1]?.paymentId ?? null) : null,
        };
      },
    });
    expect((await reconcile(paged)).compared).toBe(compared);
  });
});

describe('a bank that takes its time', () => {
  it('leaves the order placed and the kitchen waiting', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const payment = await bank().card('approves_later');
    const { orderId } = await placeOrder(as(town.customer), orderOf(town, { payment }));
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'placed',
      paymentStatus: 'pending',
    });
    const accept = () => stepOrder(as(town.admin), { ...key(), orderId, command: 'accept' });
    expect(await outcomeOf(accept())).toEqual({ refused: 'payment_pending' });
  });
});
