import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { connect } from '@/db/client';
import type { ReadEvent } from '@/db/queries/events';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { placeTestOrder } from '@/services/testing';
import { isAfter } from './cursor';
import { Hub } from './hub';
import { startTail } from './tail';

const database = testDatabase({ poolSize: 40 });
const db = () => database.connection.db;

/** A tail whose events are collected; `until` waits for a state, not for a time. */
async function collect() {
  const hub = new Hub();
  const read: ReadEvent[] = [];
  const errors: unknown[] = [];
  const tail = await startTail({
    connection: database.connection,
    hub,
    canListen: database.real,
    onEvent: (event) => read.push(event),
    onError: (error) => errors.push(error),
  });
  return {
    hub,
    tail,
    read,
    errors,
    async until(done: () => boolean, what: string) {
      for (const startedAt = Date.now(); !done(); await wait(5)) {
        if (Date.now() - startedAt > 10_000) throw new Error(`waited in vain for ${what}`);
      }
    },
    [Symbol.asyncDispose]: () => tail.stop(),
  };
}

/** What a naive reader would do: everything with a position above the last one it saw. */
function naiveReader() {
  let last = 0;
  const seen = new Set<number>();
  return {
    seen,
    async poll() {
      const rows = await db().execute<{ position: string }>(
        sql`SELECT position::text FROM events WHERE position > ${last} ORDER BY position LIMIT 500`,
      );
      for (const row of rows) {
        last = Number(row.position);
        seen.add(last);
      }
    },
  };
}

describe('the tail', () => {
  it('publishes a change once to every feed that it concerns, and at commit to its stream', async () => {
    await using tailing = await collect();
    const town = await makeTown(db());
    using feed = tailing.hub.subscribe([`customer:${town.customer.userId}`]);
    const orderId = await placeTestOrder(db(), town);
    expect(await feed.ready()).toBe(true);
    const [message] = feed.take();
    expect(message).toMatchObject({
      kind: 'event',
      read: { settled: true, event: { type: 'order.placed', streamId: orderId, version: 1 } },
    });
  });

  it('sees what is typed into psql, with the database user as its actor', async () => {
    await using tailing = await collect();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await db().execute(sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`);
    const accepted = () => tailing.read.find(({ event }) => event.type === 'order.accepted');
    await tailing.until(() => accepted() !== undefined, 'the change');
    expect(accepted()?.event.actor).toMatch(/^database:/);
  });

  it('wakes from its sleep when another process commits', async () => {
    await using tailing = await collect();
    const asleep = async () => {
      const rows = await db().execute(sql`SELECT FROM sleeping_tails`);
      return rows.length > 0;
    };
    if (database.real) {
      for (const startedAt = Date.now(); !(await asleep()); await wait(20)) {
        if (Date.now() - startedAt > 10_000) throw new Error('the tail never slept');
      }
    }
    const other = connect(database.url, { max: 1 });
    const town = await makeTown(other.db);
    const driver = await makeDriver(other.db, town);
    await other.close();
    await tailing.until(
      () => tailing.read.some(({ event }) => event.streamId === driver.userId),
      'the driver',
    );
    expect(tailing.errors).toEqual([]);
  });

  it.runIf(database.real)(
    'loses nothing when the commits of many writers interleave, where a naive reader does',
    async () => {
      await using tailing = await collect();
      const written = () => tailing.read.filter(({ event }) => event.type === 'test.written');
      const naive = naiveReader();
      await naive.poll();
      const alreadyThere = naive.seen.size;

      const writers = 30;
      const each = 40;
      let writing = true;
      const polling = (async () => {
        while (writing) await naive.poll();
      })();
      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (let n = 0; n < each; n += 1) {
            await db().transaction(async (tx) => {
              await tx.execute(sql`
                SELECT append_event('order', uuid_v7(), 'test.written',
                  ${JSON.stringify({ writer, n })}::jsonb, NULL, NULL, NULL)`);
              // The position is drawn; the commit comes later, in another order than the positions.
              await tx.execute(sql`SELECT pg_sleep(random() * 0.004)`);
            });
          }
        }),
      );
      writing = false;
      await polling;
      await naive.poll();
      await tailing.until(() => written().length >= writers * each, 'all events');

      const ours = written();
      expect(ours).toHaveLength(writers * each);
      expect(new Set(ours.map(({ event }) => event.id)).size).toBe(writers * each);
      const places = ours.map(({ place }) => place);
      const outOfOrder = places.filter((place, index) => {
        const earlier = places[index - 1];
        return earlier !== undefined && !isAfter(place, earlier);
      });
      expect(outOfOrder).toEqual([]);
      // The test is only worth something if the naive reader has missed some.
      expect(naive.seen.size - alreadyThere).toBeLessThan(writers * each);
    },
  );

  it.runIf(database.real)(
    'gives an order’s own stream its events at commit while an open write holds the feeds back',
    async () => {
      await using tailing = await collect();
      const town = await makeTown(db());
      const holder = connect(database.url, { max: 1 });
      const reserved = await holder.sql.reserve();
      await reserved`BEGIN`;
      await reserved`SELECT pg_current_xact_id()`;
      const orderId = await placeTestOrder(db(), town);
      using feed = tailing.hub.subscribe([`customer:${town.customer.userId}`]);
      using stream = tailing.hub.subscribe([`order:${orderId}`]);
      await db().execute(sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`);
      expect(await stream.ready()).toBe(true);
      expect(stream.take().length).toBeGreaterThan(0);
      expect(feed.take()).toEqual([]);
      await reserved`COMMIT`;
      expect(await feed.ready()).toBe(true);
      const first = ensured(feed.take()[0], 'a message');
      expect(first).toMatchObject({ read: { event: { streamId: orderId, type: 'order.placed' } } });
      reserved.release();
      await holder.close();
    },
  );
});
