import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { ensured } from '@/domain/errors';
import { carriedOrder } from './journey.testing';
import { type LogFilterInput, listLog, readEvent } from './read-log';
import { reasonOf } from './refused.testing';
import { tellStory } from './tell-story';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function journey() {
  const { town, driver, orderId } = await carriedOrder(db(), { last: 'deliver' });
  const [row] = await db().execute<{ number: number; role: string }>(sql`
    UPDATE orders SET dropoff_note = 'typed by hand' WHERE id = ${orderId}
    RETURNING number::int, session_user AS role`);
  const { number, role } = ensured(row, 'an order');
  return { town, driver, orderId, number, role, admin: contextOf(db(), town.admin) };
}
type Journey = Awaited<ReturnType<typeof journey>>;
type Filter = (typeof LogFilterInput)['_output'];

/** Every page of a listing. */
async function linesOf({ admin }: Journey, filter: Filter) {
  const lines = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listLog>> = await listLog(admin, { ...filter, cursor });
    lines.push(...page.lines);
    cursor = page.next;
  } while (cursor);
  return lines;
}

const compare = (a: string, b: string) => {
  const [one, other] = [a, b].map((id) => id.split('.').map(BigInt));
  return Number((one?.[0] ?? 0n) - (other?.[0] ?? 0n) || (one?.[1] ?? 0n) - (other?.[1] ?? 0n));
};

describe('the log', () => {
  it('is listed latest first, page by page, each line once', async () => {
    const all = await journey();
    for (let n = 0; n < 3; n++) await journey();
    const lines = await linesOf(all, {});
    const [{ count } = { count: 0 }] = await db().execute<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM events`,
    );
    expect(count).toBeGreaterThan(60);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(count);
    expect(lines.map(({ id }) => id)).toEqual(
      lines.map(({ id }) => id).toSorted((a, b) => compare(b, a)),
    );
  });

  it.each<[string, (all: Journey) => Filter, (line: { type: string; stream: string }) => boolean]>([
    ['kind', () => ({ stream: 'driver' }), ({ stream }) => stream === 'driver'],
    ['type', () => ({ type: 'order.placed' }), ({ type }) => type === 'order.placed'],
    [
      'kind and type that do not go together',
      () => ({ stream: 'driver', type: 'order.placed' }),
      () => false,
    ],
  ])('is filtered by %s', async (_, filter, wanted) => {
    const all = await journey();
    const lines = await linesOf(all, filter(all));
    expect(lines.map(({ id }) => id)).toEqual(
      (await linesOf(all, {})).filter(wanted).map(({ id }) => id),
    );
  });

  it('is filtered by order, and names what it is about and who acted', async () => {
    const all = await journey();
    const lines = await linesOf(all, { orderNumber: all.number });
    expect(lines.at(-1)).toMatchObject({
      ...{ type: 'order.placed', version: 1, subject: `#${all.number}` },
      actorName: all.town.customer.name,
    });
    expect(lines.map(({ version }) => version)).toEqual(lines.map((_, n) => lines.length - n));
    expect(await linesOf(all, { orderNumber: 999_999 })).toEqual([]);
  });

  it('is filtered by who acted, and from where', async () => {
    const all = await journey();
    const byDriver = await linesOf(all, { actor: `user:${all.driver.userId}` });
    expect(byDriver.map(({ type }) => type)).toContain('delivery.delivered');
    expect(new Set(byDriver.map(({ actorName }) => actorName))).toEqual(new Set([all.driver.name]));
    const byHand = await linesOf(all, { orderNumber: all.number, source: 'psql' });
    expect(byHand.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      `order.updated database:${all.role}`,
    ]);
    const platform = await linesOf(all, { source: 'platform' });
    for (const { actor } of platform) expect(actor).toMatch(/^system:/);
  });

  it('tells the door of a key from that of a token', async () => {
    const all = await journey();
    const id = uuidv7();
    for (const [version, actor] of [`user:${id}`, `key:${id}`].entries()) {
      await db().execute(sql`
        INSERT INTO events (stream, stream_id, version, type, data, actor, via)
        VALUES ('driver', ${id}, ${version + 1}, 'driver.updated', '{}', ${actor}, 'api')`);
    }
    const doors = async (source: 'app' | 'api' | 'key') =>
      (await linesOf(all, { source })).flatMap((line) =>
        line.streamId === id ? [`${line.version} ${line.source}`] : [],
      );
    expect(await doors('api')).toEqual(['1 api']);
    expect(await doors('key')).toEqual(['2 key']);
    expect(await doors('app')).toEqual([]);
  });

  it('is filtered by time, to the very event', async () => {
    const all = await journey();
    const lines = (await linesOf(all, { orderNumber: all.number })).toReversed();
    const [from, to] = [ensured(lines[2], 'a line').at, ensured(lines[5], 'a line').at];
    const within = await linesOf(all, { orderNumber: all.number, from, to });
    const expected = lines.filter(({ at }) => at >= from && at < to).map(({ version }) => version);
    expect(within.map(({ version }) => version).toReversed()).toEqual(expected);
    expect(await linesOf(all, { to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await linesOf(all, { from: '2120-01-01T00:00:00Z' })).toEqual([]);
  });

  it('gives all that a line holds', async () => {
    const all = await journey();
    const [line] = await linesOf(all, { orderNumber: all.number });
    const event = await readEvent(all.admin, { id: line?.id ?? '' });
    expect(event.data.order?.dropoffNote).toBe('typed by hand');
    const unknown = () => readEvent(all.admin, { id: '1.1' });
    expect(await reasonOf(db(), unknown)).toBe('event_not_found');
  });

  it('is an admin’s alone, and a place that is none is refused', async () => {
    const { town, admin } = await journey();
    for (const call of [
      () => listLog(contextOf(db(), town.customer), {}),
      () => readEvent(contextOf(db(), town.customer), { id: '1.1' }),
    ]) {
      expect(await reasonOf(db(), call)).toBe('role_not_allowed');
    }
    const lost = () => listLog(admin, { cursor: 'nowhere' });
    expect(await reasonOf(db(), lost)).toBe('cursor_unknown');
  });
});

describe('an order’s story', () => {
  it('has every event, decision and payment with the names of who acted', async () => {
    const all = await journey();
    const { entries, people } = await tellStory(all.admin, { orderId: all.orderId });
    const events = entries.flatMap((entry) => (entry.what === 'event' ? [entry.event] : []));
    expect(events.map(({ version }) => version)).toEqual(events.map((_, n) => n + 1));
    expect(events.at(-1)?.actor).toBe(`database:${all.role}`);
    expect(people[all.driver.userId]).toEqual({ name: all.driver.name, role: 'driver' });
    expect(entries.some(({ what }) => what === 'payment')).toBe(true);
  });

  it('is an admin’s alone', async () => {
    const { town, driver, orderId } = await journey();
    for (const who of [town.customer, driver]) {
      const call = () => tellStory(contextOf(db(), who), { orderId });
      expect(await reasonOf(db(), call)).toBe('role_not_allowed');
    }
    const unknown = () => tellStory(contextOf(db(), town.admin), { orderId: driver.userId });
    expect(await reasonOf(db(), unknown)).toBe('order_not_found');
  });
});
