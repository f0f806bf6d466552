import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { applyToOrderView } from '@/domain/views';
import { SANDBOX_WEBHOOK_PATH } from '@/payments/sandbox-round';
import { sign } from '@/payments/signature';
import { orderOf } from '@/services/testing';
import { connectClient, SECRET, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const GOOD = { number: '4242424242424242', expiry: '12/34', code: '123' };

async function post(url: string, path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, { method: 'POST', body, headers });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const cardFor = async (url: string, number: string) =>
  (await post(url, '/api/sandbox/cards', JSON.stringify({ ...GOOD, number }))).body;

describe('the form of the test provider', () => {
  it('gives a token for a test card, and a sentence for any other', async () => {
    await using server = await startServer(database);
    const { token, label } = await cardFor(server.url, GOOD.number);
    expect([token, label]).toEqual([expect.stringMatching(/^card_/), 'Test card •• 4242']);
    const real = await post(
      server.url,
      '/api/sandbox/cards',
      JSON.stringify({ ...GOOD, number: '4111111111111111' }),
    );
    expect(real).toMatchObject({ status: 400, body: { reason: 'not_a_test_card' } });
    expect(JSON.stringify(real.body)).not.toContain('4111');
    expect(await post(server.url, '/api/sandbox/cards', '{')).toMatchObject({ status: 400 });
    expect(server.errors).toEqual([]);
  });
});

describe('webhooks of providers', () => {
  const signed = (body: string) => ({ 'sandbox-signature': sign(SECRET, body, new Date()) });

  it.each<[string, (url: string) => Promise<{ status: number }>, number]>([
    ['without a signature', (url) => post(url, SANDBOX_WEBHOOK_PATH, '{}'), 401],
    ['that can’t be read', (url) => post(url, SANDBOX_WEBHOOK_PATH, '{}', signed('{}')), 400],
    ['of somebody else', (url) => post(url, '/api/webhooks/payments/nobody', '{}'), 404],
    ['that are too long', (url) => post(url, SANDBOX_WEBHOOK_PATH, 'x'.repeat(65 * 1_024)), 413],
    ['by GET', (url) => fetch(`${url}${SANDBOX_WEBHOOK_PATH}`), 405],
    ['on a path beside them', (url) => post(url, '/api/webhooks/payments/../x', '{}'), 404],
  ])('%s are answered so', async (_, send, status) => {
    await using server = await startServer(database);
    expect((await send(server.url)).status).toBe(status);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(server.errors).toEqual([]);
  });
});

it('a bank’s late yes reaches the customer’s page, and the kitchen begins', async () => {
  await using server = await startServer(database);
  const town = await makeTown(db(), { autoAccept: true });
  await using client = connectClient(server.url, await tokenOf(db(), town.customer));
  const { token } = await cardFor(server.url, '4000000000003220');
  const payment = { method: 'card' as const, token };
  const { orderId } = await client.api.orders.place.mutate(orderOf(town, { payment }));
  const { view } = await client.api.orders.get.query({ orderId });
  expect(view.order).toMatchObject({ status: 'placed', paymentStatus: 'pending' });
  let seen = view;
  const live = watch<unknown>((on) =>
    client.api.orders.watch.subscribe(
      { orderId },
      {
        ...on,
        onData: (value) => {
          const message = value.data;
          seen = message.kind === 'event' ? applyToOrderView(seen, message.event) : message.view;
          on.onData(value);
        },
      },
    ),
  );
  await live.until(() => seen.order.status === 'preparing', 'a kitchen that cooks');
  expect(seen.order.paymentStatus).toBe('authorised');
  expect(server.errors).toEqual([]);
});

it('health tells what is owed, and what a person has to look at', async () => {
  const town = await makeTown(db());
  await db().execute(sql`
    INSERT INTO payments (customer_id, method, provider, currency, amount, due, attempts, next_attempt_at)
    VALUES (${town.customer.userId}, 'card', 'gone', 'EUR', 100, 'release', 9, now() + interval '1 hour')`);
  await using server = await startServer(database);
  const health = await (await fetch(`${server.url}/health`)).json();
  expect(health).toMatchObject({
    status: 'ok',
    payments: { owed: 1, attention: 1, mismatches: 0 },
    loops: expect.arrayContaining([
      expect.objectContaining({ name: 'payments', healthy: true }),
      expect.objectContaining({ name: 'reconciliation', healthy: true }),
    ]),
  });
});
