import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { listTries } from '@/db/queries/relay-tries';
import { relayDestinations, relayLetters } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import { RELAY_ATTEMPTS } from '@/domain/relay/destination';
import { destinationIs, makeWebhook, relayOnce, TEST_SECRET } from '@/services/relay.testing';
import { testWebhook } from '@/services/test-webhook';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import type { WebhookSender } from './sink';
import { ANSWERS, redirectTo, startReceiver } from './testing/receiver';
import { webhookSender } from './webhook';
import { signWebhook } from './webhook-signature';

const database = testDatabase();
const db = () => database.connection.db;

beforeEach(async () => {
  await db().delete(relayDestinations);
});

const anywhere = webhookSender({ allowPrivate: true, httpsOnly: false });
const sinks = { webhooks: anywhere, brokers: {} };
const outside = { webhooks: webhookSender({ allowPrivate: false, httpsOnly: false }), brokers: {} };
const placed = { eventTypes: ['order.placed'] };
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

async function order(): Promise<void> {
  await placeTestOrder(db(), await makeTown(db(), { autoAccept: true }));
}

const lettersOf = (id: string) =>
  db().select().from(relayLetters).where(eq(relayLetters.destinationId, id));

describe('a webhook', () => {
  it('gets the event signed, under an id that stays the same', async () => {
    await using receiver = await startReceiver(ANSWERS.broken);
    const id = await makeWebhook(db(), { url: receiver.url, ...placed });
    await order();
    await relayOnce(db(), sinks);
    receiver.state.answer = ANSWERS.ok;
    await relayOnce(db(), sinks, { now: inHours(1) });
    const [first, again] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(again?.id).toBe(first?.id);
    expect(again?.body).toBe(first?.body);
    const timestamp = Number(first?.headers['webhook-timestamp']);
    expect(Math.abs(Date.now() / 1_000 - timestamp)).toBeLessThan(30);
    const message = { id: first?.id ?? '', timestamp, body: first?.body ?? '' };
    expect(first?.headers['webhook-signature']).toBe(signWebhook([TEST_SECRET], message));
    const event = JSON.parse(first?.body ?? '');
    expect(event).toMatchObject({ type: 'order.placed', data: { order: { pin: null } } });
    expect(first?.id).toBe(event.id.replace('.', '-'));
    expect(await listTries(db(), id, null, 9)).toMatchObject([
      { outcome: 'delivered', httpStatus: 204, error: null },
      { outcome: 'failed', httpStatus: 500, answer: 'out of order', error: 'It answered 500.' },
    ]);
  });

  it('is signed by both secrets for a day after a rotation', async () => {
    await using receiver = await startReceiver();
    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await makeWebhook(db(), {
      ...{ url: receiver.url, ...placed, secret, previousSecret: TEST_SECRET },
      previousSecretUntil: inHours(1),
    });
    await order();
    await relayOnce(db(), sinks);
    const [got] = receiver.received;
    const timestamp = Number(got?.headers['webhook-timestamp']);
    expect(got?.headers['webhook-signature']).toBe(
      signWebhook([secret, TEST_SECRET], { id: got?.id ?? '', timestamp, body: got?.body ?? '' }),
    );
    await db()
      .update(relayDestinations)
      .set({ previousSecretUntil: inHours(-1) });
    await order();
    await relayOnce(db(), sinks);
    expect(receiver.received[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });

  it('that redirects to loopback is not followed', async () => {
    await using inside = await startReceiver();
    await using receiver = await startReceiver(redirectTo(inside.url));
    const id = await makeWebhook(db(), { url: receiver.url, ...placed });
    await order();
    await relayOnce(db(), sinks);
    expect(inside.received).toEqual([]);
    const { lastError } = await destinationIs(db(), id);
    expect(lastError).toMatch(/answered 302 to http:\/\/127.0.0.1:\d+\/hook: redirects are not/);
  });

  it('whose answer has no end is read up to 64 KiB, and was delivered', async () => {
    await using receiver = await startReceiver(ANSWERS.endless);
    const id = await makeWebhook(db(), { url: receiver.url, ...placed });
    await order();
    const startedAt = performance.now();
    await relayOnce(db(), sinks);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const [tried] = await listTries(db(), id, null, 9);
    expect(tried).toMatchObject({
      outcome: 'delivered',
      httpStatus: 200,
      answer: 'x'.repeat(1_000),
    });
    await expect.poll(() => receiver.state.sentBytes).toBeGreaterThan(0);
    expect(receiver.state.sentBytes).toBeLessThan(8_000_000);
  });

  it('that hangs is cut off at its deadline, and tried again', async () => {
    await using receiver = await startReceiver(ANSWERS.hangs);
    const id = await makeWebhook(db(), { url: receiver.url, ...placed });
    await order();
    const timing = { leaseSeconds: 30, deadlineMs: 200 };
    await relayOnce(db(), sinks, { timing });
    expect(await destinationIs(db(), id)).toMatchObject({
      ...{ attempts: 1, lastError: 'No answer within 0.2 s.', leaseHolder: null },
    });
    receiver.state.answer = ANSWERS.ok;
    await relayOnce(db(), sinks, { now: inHours(1), timing });
    expect(receiver.received.map(({ id: each }) => each)).toEqual(
      Array.from({ length: 2 }, () => receiver.received[0]?.id),
    );
  });

  it('that answers 500 all the time loses nothing: dead letters, redriven, arrive', async () => {
    await using receiver = await startReceiver(ANSWERS.broken);
    const id = await makeWebhook(db(), { url: receiver.url, ...placed });
    await order();
    for (let n = 0; n < RELAY_ATTEMPTS; n += 1) await relayOnce(db(), sinks, { now: inHours(n) });
    expect(await lettersOf(id)).toMatchObject([{ status: 'dead', attempts: RELAY_ATTEMPTS }]);
    receiver.state.answer = ANSWERS.ok;
    await db().execute(sql`UPDATE relay_letters SET status = 'waiting'`);
    await relayOnce(db(), sinks, { now: inHours(RELAY_ATTEMPTS) });
    expect(await lettersOf(id)).toMatchObject([{ status: 'sent', attempts: 1 }]);
    expect(new Set(receiver.received.map(({ id: each }) => each)).size).toBe(1);
  });

  it.each(['http://127.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/', 'http://localhost/'])(
    'at %s is not called',
    async (url) => {
      const id = await makeWebhook(db(), { url, ...placed });
      await order();
      await relayOnce(db(), outside);
      expect((await destinationIs(db(), id)).lastError).toBe('This is no public address.');
    },
  );

  const post = (sender: WebhookSender, url: string) =>
    sender.send(
      { url, secrets: [TEST_SECRET] },
      { id: 'test', at: new Date(), body: '{}' },
      AbortSignal.timeout(5_000),
    );
  const loopback = { address: '127.0.0.1', family: 4 };

  it('whose name leads inside, be it by one of its addresses, is refused', async () => {
    await using receiver = await startReceiver();
    const found = [{ address: '8.8.8.8', family: 4 }, loopback];
    const lookUp = async () => found;
    const sender = webhookSender({ allowPrivate: false, httpsOnly: false, lookUp });
    expect(await post(sender, `http://hooks.example:${receiver.port}/`)).toEqual({
      ...{ kind: 'failed', error: 'It leads to 127.0.0.1, which is no public address.' },
    });
    expect(receiver.received).toEqual([]);
  });

  it('is called at the very addresses that were looked at, under its own name', async () => {
    await using receiver = await startReceiver();
    // No server of names knows this one: another lookup would find nothing, or something else.
    const lookUp = async () => [loopback];
    const sender = webhookSender({ allowPrivate: true, httpsOnly: false, lookUp });
    expect(await post(sender, `http://hooks.invalid:${receiver.port}/`)).toMatchObject({
      kind: 'delivered',
    });
    expect(receiver.received[0]?.headers.host).toBe(`hooks.invalid:${receiver.port}`);
  });

  it('gets one event after another over the same connection, while it leads to the same addresses', async () => {
    await using receiver = await startReceiver();
    let found = [loopback];
    const lookUp = async () => found;
    const sender = webhookSender({ allowPrivate: true, httpsOnly: false, lookUp });
    const url = `http://hooks.invalid:${receiver.port}/`;
    for (let n = 0; n < 5; n += 1) expect((await post(sender, url)).kind).toBe('delivered');
    expect(receiver.state.connections).toBe(1);
    found = [loopback, { address: '127.0.0.2', family: 4 }];
    expect((await post(sender, url)).kind).toBe('delivered');
    expect(receiver.state.connections).toBe(2);
    // What it leads to is looked at before a kept connection, too.
    const guarded = webhookSender({ allowPrivate: false, httpsOnly: false, lookUp });
    expect((await post(guarded, url)).kind).toBe('failed');
    sender.close();
  });

  it('whose server hung up on a kept connection is called again at once', async () => {
    await using receiver = await startReceiver();
    const sender = webhookSender({ allowPrivate: true, httpsOnly: false });
    await post(sender, receiver.url);
    receiver.hangUp();
    expect((await post(sender, receiver.url)).kind).toBe('delivered');
    expect(receiver.state.connections).toBe(2);
    // One that hangs up on a new connection, too, is tried later.
    receiver.state.answer = (response) => response.destroy();
    expect((await post(sender, receiver.url)).kind).toBe('failed');
    sender.close();
  });

  it('whose answer was cut off is called over another connection', async () => {
    await using receiver = await startReceiver(ANSWERS.endless);
    const sender = webhookSender({ allowPrivate: true, httpsOnly: false });
    for (let n = 0; n < 2; n += 1)
      expect((await post(sender, receiver.url)).kind).toBe('delivered');
    expect(receiver.state.connections).toBe(2);
    sender.close();
  });

  it('can be tested, and says what came back', async () => {
    await using receiver = await startReceiver();
    const admin = contextOf(db(), await makeUser(db(), 'admin', 'Ada Admin'));
    const webhookId = await makeWebhook(db(), { url: receiver.url, disabledAt: new Date() });
    const answer = await testWebhook(admin, { ...key(), webhookId }, anywhere);
    expect(answer).toMatchObject({ outcome: 'delivered', httpStatus: 204, error: null });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test' });
    receiver.state.answer = ANSWERS.broken;
    expect(await testWebhook(admin, { ...key(), webhookId }, anywhere)).toMatchObject({
      ...{ outcome: 'failed', httpStatus: 500, error: 'It answered 500.' },
    });
    expect(await listTries(db(), webhookId, null, 9)).toHaveLength(2);
  });
});
