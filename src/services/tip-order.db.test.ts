import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { payments } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser } from '@/db/testing/town';
import { RATING_DAYS } from '@/domain/order';
import type { Viewer } from '@/domain/roles';
import { testBank } from '@/payments/sandbox.testing';
import { getDriverHistory } from './get-driver-history';
import { getTipOptions } from './get-tip-options';
import { carriedOrder, deliveryIs, giveTo, orderIs, storyOf, walk } from './journey.testing';
import { placeOrder } from './place-order';
import { runPaymentsRound } from './run-payments-round';
import { contextOf, key, orderOf, outcomeOf } from './testing';
import { tipOrder } from './tip-order';

const database = testDatabase();
const db = () => database.connection.db;
const bank = () => testBank(db());
const as = (who: Parameters<typeof contextOf>[1], now = new Date()) =>
  contextOf(db(), who, { payments: [bank().provider], now: () => now });

const tip = (who: Viewer, orderId: string, change = {}, now = new Date()) =>
  outcomeOf(tipOrder(as(who, now), { ...key(), orderId, amount: 300, token: null, ...change }));

const tipsOf = async (orderId: string) => {
  const rows = await db().select().from(payments).where(eq(payments.orderId, orderId));
  return rows.filter(({ purpose }) => purpose === 'tip');
};

/** Brought, and paid by card. */
async function brought() {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town);
  const payment = await bank().card();
  const { orderId } = await placeOrder(as(town.customer), orderOf(town, { payment }));
  await giveTo(db(), town, orderId, driver);
  await walk(db(), driver, orderId, 'deliver');
  await runPaymentsRound(as('payments'));
  return { town, driver, orderId };
}

describe('a tip after the delivery', () => {
  it('comes from the card that paid for the order, and is the driver’s', async () => {
    const { town, driver, orderId } = await brought();
    const options = await getTipOptions(as(town.customer), { orderId });
    expect(options).toEqual({ byCard: true, paidWith: 'Test card •• 4242' });
    const { pay } = await deliveryIs(db(), orderId);
    expect(await tip(town.customer, orderId)).toEqual({ ok: { orderId } });
    expect(await orderIs(db(), orderId)).toMatchObject({ tipAfter: 300, status: 'completed' });
    expect((await getDriverHistory(contextOf(db(), driver))).total).toBe(pay + 300);
    expect((await storyOf(db(), orderId)).slice(-2)).toEqual(['order.tipped', 'delivery.updated']);
    await runPaymentsRound(as('payments'));
    expect(await tipsOf(orderId)).toMatchObject([{ status: 'captured', captured: 300 }]);
    expect(await orderIs(db(), orderId)).toMatchObject({ paymentStatus: 'captured' });
  });

  it('comes from another card where cash was paid', async () => {
    const { town, orderId } = await carriedOrder(db(), { last: 'deliver' });
    expect(await getTipOptions(as(town.customer), { orderId })).toEqual({
      byCard: true,
      paidWith: null,
    });
    expect(await getTipOptions(contextOf(db(), town.customer), { orderId })).toEqual({
      byCard: false,
      paidWith: null,
    });
    expect(await tip(town.customer, orderId)).toEqual({ refused: 'no_card_of_order' });
    const { token } = await bank().card();
    expect(await tip(town.customer, orderId, { token })).toEqual({ ok: { orderId } });
  });

  it('is given once, even by three clicks at the same time; what else was held is let go', async () => {
    const { town, orderId } = await brought();
    const outcomes = await Promise.all([1, 2, 3].map(() => tip(town.customer, orderId)));
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    const later = new Date(Date.now() + 600_000);
    await runPaymentsRound(as('payments', later));
    await runPaymentsRound(as('payments', later));
    const mine = await db()
      .select()
      .from(payments)
      .where(eq(payments.customerId, town.customer.userId));
    const tips = mine.filter(({ purpose }) => purpose === 'tip');
    expect(tips.filter(({ status }) => status === 'captured')).toHaveLength(1);
    expect(tips.filter(({ status }) => status === 'authorised')).toEqual([]);
    expect(await orderIs(db(), orderId)).toMatchObject({ tipAfter: 300 });
  });

  it('answers the same request with the same answer, and charges once', async () => {
    const { town, orderId } = await brought();
    const same = { ...key(), orderId, amount: 200, token: null };
    const context = as(town.customer);
    expect(await tipOrder(context, same)).toEqual(await tipOrder(context, same));
    expect(await tipsOf(orderId)).toHaveLength(1);
  });

  it('is refused before the end, too late, by others, and changes nothing', async () => {
    const { town, orderId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const { token } = await bank().card();
    expect(await tip(town.customer, orderId, { token })).toEqual({ refused: 'not_tippable' });
    const done = await brought();
    const { customer } = done.town;
    const late = new Date(Date.now() + (RATING_DAYS * 24 + 1) * 3_600_000);
    expect(await tip(customer, done.orderId, {}, late)).toEqual({ refused: 'not_tippable' });
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    expect(await tip(stranger, done.orderId)).toEqual({ refused: 'order_not_found' });
    expect(await tipsOf(done.orderId)).toEqual([]);
    expect(await orderIs(db(), done.orderId)).toMatchObject({ tipAfter: 0 });
  });

  it('is not taken from a card that declines or takes its time', async () => {
    const { town, orderId } = await brought();
    const declined = await bank().card('declines');
    expect(await tip(town.customer, orderId, { token: declined.token })).toEqual({
      refused: 'card_declined',
    });
    const slow = await bank().card('approves_later');
    expect(await tip(town.customer, orderId, { token: slow.token })).toEqual({
      refused: 'card_undecided',
    });
    expect(await orderIs(db(), orderId)).toMatchObject({ tipAfter: 0 });
    await runPaymentsRound(as('payments', new Date(Date.now() + 600_000)));
    const [held] = (
      await db().select().from(payments).where(eq(payments.customerId, town.customer.userId))
    ).filter(({ purpose, status }) => purpose === 'tip' && status !== 'failed');
    expect(held?.status).toBe('released');
  });
});
