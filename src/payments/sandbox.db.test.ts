import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { menuItems, orders, payments, promoCodes, sandboxWebhooks } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { CardBehaviour } from '@/domain/test-cards';
import { orderIs } from '@/services/journey.testing';
import { placeOrder } from '@/services/place-order';
import { receivePaymentWebhook } from '@/services/receive-payment-webhook';
import { reasonOf } from '@/services/refused.testing';
import { runKitchenRound } from '@/services/run-kitchen-round';
import { contextOf, orderOf, outcomeOf } from '@/services/testing';
import { SIGNATURE_HEADER } from './sandbox';
import { SANDBOX_SECRET, testBank } from './sandbox.testing';
import { tokeniseCard } from './sandbox-cards';
import { type PostWebhook, runSandboxRound } from './sandbox-round';
import { sign } from './signature';

const database = testDatabase();
const db = () => database.connection.db;

const inSeconds = (seconds: number) => () => new Date(Date.now() + seconds * 1_000);
const now = inSeconds(0);
const bank = () => testBank(db());
const ctx = (part = 'payments') => contextOf(db(), part, { payments: [bank().provider] });

const receive = (body: string, headers: Record<string, string>, at = now) =>
  receivePaymentWebhook({ ...ctx(), now: at }, { provider: 'sandbox', body, headers });

const round = (post: PostWebhook, at = inSeconds(10)) =>
  runSandboxRound({ db: db(), secret: SANDBOX_SECRET, now: at, random: () => 1, post });

/** The merchant's door, with the statuses of the HTTP one. */
const take: PostWebhook = async (body, headers) =>
  'ok' in (await outcomeOf(receive(body, headers, inSeconds(10)))) ? 200 : 400;

async function orderWith(behaviour: CardBehaviour) {
  const town = await makeTown(db(), { autoAccept: true, restaurant: { slotCapacity: 9 } });
  await db().update(menuItems).set({ stock: 5 }).where(eq(menuItems.id, town.dishes.main));
  const payment = await bank().card(behaviour);
  const code = `LATER${town.zoneId.slice(-6)}`.toUpperCase();
  await db().insert(promoCodes).values({ code, kind: 'amount', value: 100, currency: 'EUR' });
  const { orderId } = await placeOrder(
    contextOf(db(), town.customer, { payments: [bank().provider] }),
    orderOf(town, { payment, promoCode: code, expectedTotal: 1_211 }),
  );
  return { town, orderId, code };
}

describe('a bank that takes its time', () => {
  it('says yes: the kitchen begins', async () => {
    const { orderId } = await orderWith('approves_later');
    await round(take);
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'placed',
      paymentStatus: 'authorised',
    });
    await runKitchenRound(contextOf(db(), 'kitchen'));
    expect((await orderIs(db(), orderId)).status).toBe('accepted');
  });

  it('says no: the order ends, and all that it took is given back', async () => {
    const { town, orderId, code } = await orderWith('declines_later');
    await round(take);
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'cancelled',
      reason: 'payment_failed',
      closedBy: 'platform',
      paymentStatus: 'failed',
    });
    const [row] = await db().execute<Record<string, number>>(sql`
      SELECT (SELECT stock FROM menu_items WHERE id = ${town.dishes.main}) AS stock,
        (SELECT used FROM promo_codes WHERE code = ${code}) AS used,
        (SELECT sum(taken)::int FROM kitchen_windows WHERE restaurant_id = ${town.restaurantId}) AS taken`);
    expect(row).toEqual({ stock: 5, used: 0, taken: 0 });
  });

  it('says nothing: the order ends after ten minutes, and nothing stays held', async () => {
    const { orderId } = await orderWith('approves_later');
    await db().execute(
      sql`UPDATE orders SET placed_at = now() - interval '11 minutes' WHERE id = ${orderId}`,
    );
    await runKitchenRound(contextOf(db(), 'kitchen'));
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'expired',
      reason: 'payment_failed',
    });
    const [payment] = await db().select().from(payments).where(eq(payments.orderId, orderId));
    expect(payment).toMatchObject({ status: 'pending', due: 'release' });
  });
});

describe('a webhook', () => {
  async function message() {
    await db().delete(sandboxWebhooks);
    await orderWith('approves');
    const [row] = await db().select().from(sandboxWebhooks);
    return ensured(row, 'a webhook').body;
  }

  it('is sent until it is taken, and taken once however often it comes', async () => {
    await round(async () => 200);
    await orderWith('approves');
    const statuses = [500, 0, 200];
    const sent: string[] = [];
    const stubborn: PostWebhook = async (body) => {
      sent.push(body);
      const status = statuses.shift() ?? 200;
      if (status === 0) throw new Error('no network');
      return status;
    };
    for (const seconds of [10, 20, 40, 80]) await round(stubborn, inSeconds(seconds));
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(1);
    const [body = ''] = sent;
    const headers = { [SIGNATURE_HEADER]: sign(SANDBOX_SECRET, body, now()) };
    expect(await receive(body, headers)).toBe('taken');
    expect(await receive(body, headers)).toBe('repeated');
  });

  it('that tells what we have not asked for is noted, and not believed', async () => {
    const { orderId } = await orderWith('approves');
    const [before] = await db().select().from(payments).where(eq(payments.orderId, orderId));
    const { id: paymentId } = ensured(before, 'a payment');
    await bank().provider.release(paymentId);
    const charge = ensured(await bank().provider.find(paymentId), 'a charge');
    const body = JSON.stringify({ id: uuidv7(), type: 'payment.released', charge });
    await receive(body, { [SIGNATURE_HEADER]: sign(SANDBOX_SECRET, body, now()) });
    const [after] = await db().select().from(payments).where(eq(payments.orderId, orderId));
    expect(after).toEqual(before);
    expect((await db().select().from(orders).where(eq(orders.id, orderId)))[0]?.status).toBe(
      'accepted',
    );
  });

  it('without a good signature is refused, and changes nothing', async () => {
    const body = await message();
    const good = sign(SANDBOX_SECRET, body, now());
    const [stamp = '', mac = ''] = good.split(',');
    const bad: [string, string | null][] = [
      ['none', null],
      ['of another secret', sign('another secret', body, now())],
      ['of another body', sign(SANDBOX_SECRET, `${body} `, now())],
      ['too old', sign(SANDBOX_SECRET, body, inSeconds(-330)())],
      ['from the future', sign(SANDBOX_SECRET, body, inSeconds(330)())],
      ['with another time', `t=${Number(stamp.slice(2)) + 1},${mac}`],
      ['cut off', good.slice(0, -2)],
      ['of nonsense', 't=1,v1=zz'],
    ];
    for (const [what, signature] of bad) {
      const headers: Record<string, string> = signature ? { [SIGNATURE_HEADER]: signature } : {};
      expect(await reasonOf(db(), () => receive(body, headers)), what).toBe('bad_signature');
    }
    expect(await receive(body, { [SIGNATURE_HEADER]: good })).toBe('taken');
  });

  it('that is signed but can’t be read, or is about nothing of ours, is refused', async () => {
    const body = await message();
    const signed = (text: string) => () =>
      receive(text, { [SIGNATURE_HEADER]: sign(SANDBOX_SECRET, text, now()) });
    expect(await reasonOf(db(), signed('{}'))).toBe('bad_message');
    expect(await reasonOf(db(), signed('not json'))).toBe('bad_message');
    const event = JSON.parse(body);
    const unknown = JSON.stringify({ ...event, charge: { ...event.charge, paymentId: uuidv7() } });
    expect(await reasonOf(db(), signed(unknown))).toBe('payment_not_found');
    const other = () => receivePaymentWebhook(ctx(), { provider: 'nobody', body, headers: {} });
    expect(await reasonOf(db(), other)).toBe('provider_not_found');
  });
});

describe('a card', () => {
  const good = { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' };

  it('becomes a token; of its number the last four digits are kept, of its code nothing', async () => {
    const { token, label } = await tokeniseCard(db(), good, now());
    expect(token).toMatch(/^card_[\w-]{24}$/);
    expect(label).toBe('Test card •• 4242');
    const dump = await db().execute(
      sql`SELECT to_jsonb(c) - 'token' - 'created_at' AS row FROM sandbox_cards c WHERE token = ${token}`,
    );
    expect(dump).toHaveLength(1);
    expect(JSON.stringify(dump)).not.toMatch(/42424|123/);
  });

  it.each([
    ['a real number', { ...good, number: '4111 1111 1111 1111' }, 'not_a_test_card'],
    ['no number', { ...good, number: '' }, 'not_a_test_card'],
    ['a date that has passed', { ...good, expiry: '01/20' }, 'card_expired'],
    ['no date', { ...good, expiry: 'soon' }, 'card_expired'],
    ['a code of letters', { ...good, code: 'abc' }, 'card_code_invalid'],
    ['nothing at all', null, 'not_a_test_card'],
    ['a number that is none', { ...good, number: 4242 }, 'not_a_test_card'],
  ])('with %s is refused', async (_, card, reason) => {
    expect(await reasonOf(db(), () => tokeniseCard(db(), card, now()))).toBe(reason);
  });

  it('whose token is old is declined', async () => {
    const { token } = await tokeniseCard(db(), good, now());
    const late = testBank(db(), inSeconds(31 * 60)).provider;
    const payment = { paymentId: uuidv7(), amount: 100, currency: 'EUR', token };
    const charge = await late.authorise(payment, AbortSignal.timeout(1_000));
    expect(charge).toMatchObject({ status: 'declined' });
  });
});

it('the provider’s calls may be repeated, and have the answer of the first', async () => {
  const { provider, card } = bank();
  const { token } = await card();
  const payment = { paymentId: uuidv7(), amount: 900, currency: 'EUR', token };
  const signal = AbortSignal.timeout(5_000);
  const [first, second] = await Promise.all([
    provider.authorise(payment, signal),
    provider.authorise(payment, signal),
  ]);
  expect(second).toEqual(first);
  const captures = await Promise.all([1, 2, 3].map(() => provider.capture(payment.paymentId, 400)));
  expect(new Set(captures.map((charge) => JSON.stringify(charge))).size).toBe(1);
  expect(await provider.capture(payment.paymentId, 900)).toMatchObject({ captured: 400 });
  const [part, rest] = [
    { id: uuidv7(), amount: 150 },
    { id: uuidv7(), amount: 250 },
  ];
  const refund = (asked: typeof part) => provider.refund(payment.paymentId, asked);
  await Promise.all([refund(part), refund(part)]);
  expect(await refund(part)).toMatchObject({ status: 'captured', refunded: 150 });
  await expect(refund({ id: uuidv7(), amount: 251 })).rejects.toThrow();
  expect(await refund(rest)).toMatchObject({ status: 'refunded', refunded: 400 });
  expect(await refund(part)).toMatchObject({ status: 'refunded', refunded: 400 });
  expect(await provider.release(payment.paymentId)).toMatchObject({ status: 'refunded' });
  await expect(provider.capture(uuidv7(), 1)).rejects.toThrow();
});
