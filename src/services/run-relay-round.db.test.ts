import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { relayDestinations, relayLetters } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { RELAY_ATTEMPTS } from '@/domain/relay/destination';
import { destinationIs, makeWebhook, relayOnce } from './relay.testing';
import type { Sink, SinkResult, Sinks } from './sink';
import { placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

beforeEach(async () => {
  await db().delete(relayDestinations);
});

type Deliver = Sink['deliver'];

/** Sinks by the address of the webhook that they are for; what each got, in order. */
function sinksOf(delivers: Record<string, Deliver>) {
  const got: Record<string, string[]> = {};
  const note = (url: string, ids: string[]) => {
    got[url] = [...(got[url] ?? []), ...ids];
  };
  const webhooks: Sinks['webhooks'] = {
    send: async () => ({ kind: 'delivered' }),
    refusal: () => null,
    close: () => undefined,
    sink: ({ url }) => ({
      batch: 1,
      deliver: async (events, signal) => {
        const result = await (delivers[url] ?? delivered)(events, signal);
        if (result.kind === 'delivered') {
          note(
            url,
            events.map(({ id }) => id),
          );
        }
        return result;
      },
      check: async () => ({ ok: true, detail: url }),
      close: async () => undefined,
    }),
  };
  return { got, sinks: { webhooks, brokers: {} } satisfies Sinks };
}

const delivered: Deliver = async () => ({ kind: 'delivered' });
const failing: Deliver = async () => ({ kind: 'failed', error: 'It answered 500.' });
const [GOOD, BAD] = ['https://good.test/', 'https://bad.test/'];

/** What the log holds for these destinations, in its order. */
async function logged(types?: RegExp): Promise<string[]> {
  const rows = await db().execute<{ id: string; type: string }>(sql`
    SELECT xid::text || '.' || position AS id, type FROM events ORDER BY events.xid, events.position`);
  return rows.filter(({ type }) => !types || types.test(type)).map(({ id }) => id);
}

async function someOrders(count: number): Promise<string[]> {
  const before = new Set(await logged());
  const town = await makeTown(db(), { autoAccept: true });
  for (let n = 0; n < count; n += 1) await placeTestOrder(db(), town);
  return (await logged()).filter((id) => !before.has(id));
}

const lettersOf = (destinationId: string) =>
  db().select().from(relayLetters).where(eq(relayLetters.destinationId, destinationId));

const inMs = (ms: number) => new Date(Date.now() + ms);

describe('the relay', () => {
  it('says whether anybody is there to be told', async () => {
    const { sinks } = sinksOf({});
    expect(await relayOnce(db(), sinks)).toEqual({ anyone: false, nextDueAt: null });
    const id = await makeWebhook(db(), { url: GOOD });
    expect(await relayOnce(db(), sinks)).toMatchObject({ anyone: true });
    await db()
      .update(relayDestinations)
      .set({ disabledAt: new Date() })
      .where(eq(relayDestinations.id, id));
    expect(await relayOnce(db(), sinks)).toMatchObject({ anyone: false });
  });

  it('carries every event once to each destination, in the order of the log', async () => {
    const [one, other] = [
      await makeWebhook(db(), { url: GOOD }),
      await makeWebhook(db(), { url: BAD, eventTypes: ['order.*'] }),
    ];
    const events = await someOrders(3);
    const { got, sinks } = sinksOf({});
    await relayOnce(db(), sinks);
    expect(got[GOOD]).toEqual(events);
    const ofOrders = await logged(/^order\./);
    expect(got[BAD]).toEqual(events.filter((id) => ofOrders.includes(id)));
    await relayOnce(db(), sinks);
    expect(got[GOOD]).toHaveLength(events.length);
    for (const id of [one, other]) expect((await destinationIs(db(), id)).leaseUntil).toBeNull();
  });

  it('carries to a destination of one zone what happens there, and nothing else', async () => {
    const [here, elsewhere] = [await makeTown(db()), await makeTown(db())];
    await makeWebhook(db(), { url: GOOD, zoneId: here.zoneId });
    const before = (await logged()).length;
    for (const town of [here, elsewhere, here]) {
      await makeDriver(db(), town);
      await placeTestOrder(db(), town);
    }
    const { got, sinks } = sinksOf({});
    await relayOnce(db(), sinks);
    const rows = await db().execute<{ id: string; zone: string | null }>(sql`
      SELECT e.xid::text || '.' || e.position AS id, coalesce(r.zone_id, d.zone_id)::text AS zone
      FROM events e LEFT JOIN restaurants r ON r.id = e.restaurant_id
        LEFT JOIN drivers d ON d.user_id = e.driver_id AND e.restaurant_id IS NULL
      ORDER BY e.xid, e.position`);
    const fresh = [...rows].slice(before);
    const wanted = fresh.filter(({ zone }) => zone === here.zoneId).map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(2);
    expect(wanted.length).toBeLessThan(fresh.length);
    expect(got[GOOD]).toEqual(wanted);
  });

  it('holds a failing event back with all behind it, and tries it later and later', async () => {
    const id = await makeWebhook(db(), { url: BAD });
    const events = await someOrders(1);
    const tried: string[] = [];
    const answers: SinkResult[] = [
      { kind: 'failed', error: 'It answered 500.' },
      { kind: 'failed', error: 'It answered 503.', retryAfterSeconds: 120 },
    ];
    const { got, sinks } = sinksOf({
      [BAD]: async ([event]) => {
        tried.push(event?.id ?? '');
        return answers.shift() ?? { kind: 'delivered' };
      },
    });
    await relayOnce(db(), sinks);
    expect(await destinationIs(db(), id)).toMatchObject({
      ...{ attempts: 1, lastError: 'It answered 500.', leaseHolder: null },
    });
    await relayOnce(db(), sinks);
    expect(tried).toEqual(events.slice(0, 1));
    await relayOnce(db(), sinks, { now: inMs(2_000) });
    // It asked to be left alone for two minutes.
    await relayOnce(db(), sinks, { now: inMs(100_000) });
    expect(tried).toEqual([events[0], events[0]]);
    await relayOnce(db(), sinks, { now: inMs(125_000) });
    expect(got[BAD]).toEqual(events);
    expect(await destinationIs(db(), id)).toMatchObject({ attempts: 0, lastError: null });
  });

  it('buries an event after so many tries, and goes on with the next', async () => {
    const id = await makeWebhook(db(), { url: BAD, eventTypes: ['order.placed'] });
    const [first = '', second = ''] = await ordersPlaced(2);
    const { got, sinks } = sinksOf({
      [BAD]: async ([event], signal) =>
        event?.id === first ? failing([event], signal) : { kind: 'delivered' },
    });
    for (let n = 0; n < RELAY_ATTEMPTS; n += 1) {
      await relayOnce(db(), sinks, { now: inMs(n * 3_600_000) });
    }
    expect(got[BAD]).toEqual([second]);
    expect(await lettersOf(id)).toMatchObject([
      {
        ...{ eventId: first, status: 'dead', attempts: RELAY_ATTEMPTS },
        ...{ lastError: 'It answered 500.', eventType: 'order.placed' },
      },
    ]);
  });
});

async function ordersPlaced(count: number): Promise<string[]> {
  const [events, placed] = [await someOrders(count), await logged(/^order\.placed$/)];
  return events.filter((id) => placed.includes(id));
}
