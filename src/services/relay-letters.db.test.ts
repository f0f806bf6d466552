import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { readFeed } from '@/db/queries/events';
import {
  advance,
  type Claimed,
  claimDestination,
  renewLease,
} from '@/db/queries/relay-destinations';
import { relayDestinations, relayLetters } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { RELAY_ATTEMPTS } from '@/domain/relay/destination';
import { discardDeadLetters, listDeadLetters, redriveDeadLetters } from './handle-dead-letters';
import { keepBrokers } from './keep-brokers';
import { destinationIs, makeWebhook, relayOnce } from './relay.testing';
import type { Sink, SinkResult, Sinks } from './sink';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

beforeEach(async () => {
  await db().delete(relayDestinations);
});

/** A sink that answers by the event; what it was asked to carry, call by call. */
function carrier(answer: (id: string) => SinkResult, batch = 1) {
  const calls: string[][] = [];
  const sink: Sink = {
    batch,
    async deliver(events) {
      calls.push(events.map(({ id }) => id));
      const results = events.map(({ id }) => answer(id));
      return results.find(({ kind }) => kind !== 'delivered') ?? { kind: 'delivered' };
    },
    check: async () => ({ ok: true, detail: '' }),
    close: async () => undefined,
  };
  const webhooks = {
    ...{ sink: () => sink, refusal: () => null, close: () => undefined },
    send: async () => answer(''),
  };
  return { calls, sink, sinks: { webhooks, brokers: {} } satisfies Sinks };
}
const taken: SinkResult = { kind: 'delivered' };
const broken: SinkResult = { kind: 'failed', error: 'It answered 500.' };
const refused: SinkResult = { kind: 'refused', error: 'The event is too large for it (413).' };
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

async function placed(count: number) {
  const town = await makeTown(db(), { autoAccept: false });
  const orderIds: string[] = [];
  for (let n = 0; n < count; n += 1) orderIds.push(await placeTestOrder(db(), town));
  const rows = await db().execute<{ id: string }>(sql`
    SELECT xid::text || '.' || position AS id FROM events
    WHERE type = 'order.placed' AND restaurant_id = ${town.restaurantId}
    ORDER BY events.xid, events.position`);
  return { town, orderIds, ids: rows.map(({ id }) => id) };
}

const letterOf = async (destinationId: string) => {
  const rows = await db()
    .select()
    .from(relayLetters)
    .where(eq(relayLetters.destinationId, destinationId));
  expect(rows).toHaveLength(1);
  return ensured(rows[0], 'a letter');
};

/** One order whose event nobody wanted. */
async function deadLetter() {
  const webhookId = await makeWebhook(db(), { name: 'Till', eventTypes: ['order.placed'] });
  const { orderIds, ids } = await placed(1);
  await relayOnce(db(), carrier(() => refused).sinks);
  const admin = contextOf(db(), await makeUser(db(), 'admin', 'Ada Admin'));
  const letter = await letterOf(webhookId);
  return { webhookId, admin, letter, orderId: ensured(orderIds[0], 'an order'), eventId: ids[0] };
}

describe('an event that a destination refuses for good', () => {
  it('is dead at once, holds nothing up, and stands among the dead letters', async () => {
    const { admin, letter, orderId, eventId, webhookId } = await deadLetter();
    expect(letter).toMatchObject({ status: 'dead', attempts: 1, eventId });
    expect((await destinationIs(db(), webhookId)).attempts).toBe(0);
    const { letters, total } = await listDeadLetters(admin, {});
    expect(total).toBe(letters.length);
    expect(letters.find(({ id }) => id === letter.id)).toMatchObject({
      ...{ sink: 'webhook', recipient: 'Till', destination: 'https://hook.test/' },
      ...{ about: 'order.placed', order: { id: orderId }, attempts: 1, error: refused.error },
      payload: { order: { id: orderId } },
    });
  });

  it('arrives when it is redriven, once, by whomever at once', async () => {
    const { admin, letter, eventId } = await deadLetter();
    const letters = [letter.id];
    const race = await Promise.all([
      redriveDeadLetters(admin, { ...key(), letters }),
      redriveDeadLetters(admin, { ...key(), letters }),
    ]);
    expect(race.map(({ done }) => done).sort()).toEqual([0, 1]);
    expect(race.find(({ done }) => done === 0)?.passed).toMatchObject([
      { status: 'waiting', handledBy: 'Ada Admin' },
    ]);
    const { calls, sinks } = carrier(() => taken);
    await relayOnce(db(), sinks);
    await relayOnce(db(), sinks);
    expect(calls).toEqual([[eventId]]);
    expect(await letterOf(letter.destinationId)).toMatchObject({ status: 'sent', attempts: 1 });
  });

  it('redriven, is tried as often as a new one, and holds nothing up meanwhile', async () => {
    const { admin, letter, eventId } = await deadLetter();
    await redriveDeadLetters(admin, { ...key(), letters: 'all' });
    const { ids } = await placed(1);
    const { calls, sinks } = carrier((id) => (id === eventId ? broken : taken));
    for (let n = 0; n < RELAY_ATTEMPTS; n += 1) await relayOnce(db(), sinks, { now: inHours(n) });
    expect(calls.slice(0, 2)).toEqual([[eventId], ids]);
    expect(calls.filter(([id]) => id === eventId)).toHaveLength(RELAY_ATTEMPTS);
    expect(await letterOf(letter.destinationId)).toMatchObject({
      ...{ status: 'dead', attempts: RELAY_ATTEMPTS, lastError: broken.error },
    });
  });

  it('is given up for good with a reason', async () => {
    const { admin, letter } = await deadLetter();
    const reason = 'the till is gone';
    await discardDeadLetters(admin, { ...key(), letters: [letter.id], reason });
    expect(await letterOf(letter.destinationId)).toMatchObject({
      ...{ status: 'discarded', discardReason: reason },
    });
    const answer = await redriveDeadLetters(admin, { ...key(), letters: [letter.id] });
    expect(answer).toMatchObject({ done: 0, passed: [{ status: 'discarded' }] });
  });

  it('that the log forgot says so when it is redriven', async () => {
    const { admin, letter } = await deadLetter();
    await db().execute(sql`DELETE FROM events WHERE position = ${letter.position}`);
    const { letters } = await listDeadLetters(admin, {});
    expect(letters.find(({ id }) => id === letter.id)).toMatchObject({
      payload: null,
      order: null,
    });
    await redriveDeadLetters(admin, { ...key(), letters: [letter.id] });
    const { calls, sinks } = carrier(() => taken);
    await relayOnce(db(), sinks);
    expect(calls).toEqual([]);
    expect(await letterOf(letter.destinationId)).toMatchObject({
      ...{ status: 'dead', lastError: 'The log does not keep this event any more.' },
    });
  });
});

describe('a batch', () => {
  it('that is refused is sent one by one: only the one that is wrong is dead', async () => {
    const { calls, sink, sinks } = carrier((id) => (id === wrong ? refused : taken), 100);
    const all: Sinks = { ...sinks, brokers: { redis: sink } };
    let wrong = '';
    await keepBrokers(contextOf(db(), 'relay'), all);
    await placed(2);
    const rows = await db().execute<{ id: string }>(sql`
      SELECT e.xid::text || '.' || e.position AS id FROM events e, relay_destinations d
      WHERE (e.xid, e.position) > (d.xid, d.position) ORDER BY e.xid, e.position`);
    const ids = rows.map(({ id }) => id);
    wrong = ensured(ids[2], 'a third event');
    await relayOnce(db(), all);
    expect(calls[0]).toEqual(ids);
    const alone = calls.slice(1).flat();
    expect(alone).toEqual(ids);
    const [letter] = await db().select().from(relayLetters);
    expect(letter).toMatchObject({ eventId: wrong, status: 'dead' });
  });
});

describe('a lease', () => {
  const claim = (holder: string) =>
    claimDestination(db(), { kinds: ['webhook'], now: new Date(), holder, leaseSeconds: 60 });
  const claimed = async () => ensured(await claim(randomUUID()), 'a claim');

  it('is had by one of many who want it at once', async () => {
    await makeWebhook(db());
    await placed(1);
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(randomUUID())));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('that is over or lost moves no place, nor does one that comes twice', async () => {
    const id = await makeWebhook(db());
    await placed(1);
    const late = await claimed();
    const [first] = await readFeed(db(), 'all', late.place, 1);
    const to = ensured(first, 'an event').place;
    await db().execute(sql`UPDATE relay_destinations SET lease_until = now() - interval '1 s'`);
    expect(await renewLease(db(), late, 60)).toBe(false);
    expect(await advance(db(), late, to, new Date())).toBe(false);
    const next = await claimed();
    expect(next.place).toEqual(late.place);
    expect(await advance(db(), late, to, new Date())).toBe(false);
    expect(await advance(db(), next, to, new Date())).toBe(true);
    expect(await advance(db(), next, to, new Date())).toBe(false);
    expect(String((await destinationIs(db(), id)).position)).toBe(to.position);
  });

  it('ends for a webhook that is stopped: nothing more is sent', async () => {
    await makeWebhook(db());
    await placed(1);
    const held: Claimed = await claimed();
    await db().update(relayDestinations).set({ disabledAt: new Date() });
    expect(await renewLease(db(), held, 60)).toBe(false);
  });
});
