import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getEnv } from '@/config/env';
import { ensured } from '@/domain/errors';
import { stepOrder } from '@/services/step-order';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import { type Connection, connect } from './client';
import { migrate } from './migrate';
import { createDatabase, databaseUrl } from './testing/databases';
import { testsRunOn } from './testing/find-postgres';
import { type Insert, readPgoutput } from './testing/read-pgoutput';
import { type RealPostgres, startPostgres } from './testing/real-postgres';
import { makeTown } from './testing/town';

/** What the page tells operators to type is what is typed here. */
const PAGE = readFileSync('docs/change-data-capture.md', 'utf8');
const [published = '', makeSlot = '', watched] = [...PAGE.matchAll(/```sql\n([\s\S]*?)```/g)].map(
  ([, block]) => block,
);

const SLOT = 'hotfoot_consumer';
const MOST_WAL_MB = 64;

/** Logical replication takes a server that was started for it. */
const installed = testsRunOn(getEnv()) === 'installed';

describe.runIf(installed)('who reads the log by logical replication', () => {
  let server: RealPostgres;
  let owner: Connection;
  let consumer: Connection;
  const db = () => owner.db;

  const open = () => {
    const url = databaseUrl(server.url, 'captured');
    owner = connect(url, { max: 10 });
    consumer = connect(url.replace('hotfoot@', 'hotfoot_reader@'), { max: 1 });
  };
  const close = () => Promise.all([owner.close(), consumer.close()]);

  beforeAll(async () => {
    // What is committed is decoded once it is flushed: at once, as by default.
    const settings = ['wal_level=logical', 'synchronous_commit=on'];
    server = await startPostgres({
      settings: [...settings, `max_slot_wal_keep_size=${MOST_WAL_MB}MB`],
    });
    await createDatabase(server.url, 'captured');
    await migrate(databaseUrl(server.url, 'captured'));
    open();
    await owner.sql.unsafe(published);
    await consumer.sql.unsafe(makeSlot);
  });
  afterAll(async () => {
    await close();
    await server.stop();
  });

  /** What has been committed since the last time, and is taken by this. */
  const take = () => read('pg_logical_slot_get_binary_changes');
  /** The same, without taking it. */
  const peek = () => read('pg_logical_slot_peek_binary_changes');
  async function read(how: string): Promise<Insert[]> {
    const rows = await consumer.sql.unsafe<{ data: Buffer }[]>(
      `SELECT data FROM ${how}($1, NULL, NULL,
        'proto_version', '1', 'publication_names', 'hotfoot_events')`,
      [SLOT],
    );
    return readPgoutput(rows.map(({ data }) => data));
  }

  const idOf = ({ row }: Insert) => `${row.xid}.${row.position}`;
  const idsOf = (inserts: readonly Insert[]) => inserts.map(idOf);
  const told = (inserts: readonly Insert[]) => inserts.map(({ row }) => row.type);
  const logged = async (since: string): Promise<string[]> => {
    const rows = await db().execute<{ id: string }>(
      sql`SELECT xid || '.' || position AS id FROM events WHERE position > ${since} ORDER BY position`,
    );
    return rows.map(({ id }) => id);
  };
  const lastPosition = async (): Promise<string> => {
    const rows = await db().execute<{ last: string }>(
      sql`SELECT coalesce(max(position), 0)::text AS last FROM events`,
    );
    return ensured(rows[0], 'a row').last;
  };

  it('gets what services commit and what is typed by hand, each once, with its id', async () => {
    await take();
    const since = await lastPosition();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command: 'accept' });
    await db().execute(sql`UPDATE orders SET status = 'preparing' WHERE id = ${orderId}`);
    const got = await take();
    expect(idsOf(got)).toEqual(await logged(since));
    expect(told(got)).toEqual(expect.arrayContaining(['order.placed', 'order.preparing']));
    const typed = ensured(got.find(({ row }) => row.type === 'order.preparing')?.row, 'the event');
    expect(typed).toMatchObject({ stream: 'order', stream_id: orderId, actor: 'database:hotfoot' });
    expect(JSON.parse(typed.data ?? '')).toMatchObject({ order: { id: orderId } });
    // The transaction's number is the lower half of the event's.
    for (const { xid, row } of got) expect(BigInt(row.xid ?? 0) & 0xffff_ffffn).toBe(BigInt(xid));
    expect(await take()).toEqual([]);
  });

  const write = (streamId: string) => sql`
    SELECT append_event('order', ${streamId}::uuid, 'test.written', '{}', NULL, NULL, NULL)`;

  it('gets transactions in the order in which they commit, whichever began first', async () => {
    await take();
    const [first, second] = [uuidv7(), uuidv7()];
    await db().transaction(async (early) => {
      await early.execute(write(first));
      await db().transaction((late) => late.execute(write(second)));
      expect((await peek()).map(({ row }) => row.stream_id)).toEqual([second]);
    });
    const got = await take();
    expect(got.map(({ row }) => row.stream_id)).toEqual([second, first]);
    const [late, early] = got.map(({ row }) => BigInt(row.xid ?? 0));
    expect(ensured(early, 'an xid') < ensured(late, 'an xid')).toBe(true);
  });

  it('gets each event of many writers once, and each stream’s versions without a gap', async () => {
    await take();
    const streams = Array.from({ length: 5 }, () => uuidv7());
    const writers = Array.from({ length: 10 }, async (_, writer) => {
      for (let n = 0; n < 20; n += 1) {
        await db().transaction(async (tx) => {
          await tx.execute(write(streams[(writer + n) % 5] ?? ''));
          await tx.execute(sql`SELECT pg_sleep(random() * 0.003)`);
        });
      }
    });
    let writing = true;
    const reading = (async () => {
      const got: Insert[] = [];
      while (writing) got.push(...(await take()));
      return [...got, ...(await take())];
    })();
    await Promise.all(writers);
    writing = false;
    const got = await reading;
    expect(new Set(idsOf(got)).size).toBe(200);
    expect(got).toHaveLength(200);
    for (const stream of streams) {
      const versions = got
        .filter(({ row }) => row.stream_id === stream)
        .map(({ row }) => row.version);
      expect(versions).toEqual(Array.from({ length: 40 }, (_, n) => `${n + 1}`));
    }
  });

  it('gets nothing of a transaction that was rolled back, and nothing of what retention removes', async () => {
    await take();
    const undone = db().transaction(async (tx) => {
      await tx.execute(write(uuidv7()));
      throw new Error('thought better of it');
    });
    await expect(undone).rejects.toThrow('thought better of it');
    const forgotten = await db().execute<{ count: number }>(
      sql`SELECT forget_events(now() + interval '1 day', 100000) AS count`,
    );
    expect(forgotten[0]?.count).toBeGreaterThan(0);
    expect(await take()).toEqual([]);
  });

  it('goes on after a restart of the server, without a gap or a repeat', async () => {
    await take();
    const streams = [uuidv7(), uuidv7(), uuidv7()];
    await db().execute(write(streams[0] ?? ''));
    const seen = await take();
    await db().execute(write(streams[1] ?? ''));
    await close();
    await server.restart();
    open();
    await db().execute(write(streams[2] ?? ''));
    const got = [...seen, ...(await take())];
    expect(got.map(({ row }) => row.stream_id)).toEqual(streams);
  });

  it('gets again what it has not confirmed', async () => {
    await take();
    await db().execute(write(uuidv7()));
    const first = await peek();
    expect(first).toHaveLength(1);
    expect(idsOf(await take())).toEqual(idsOf(first));
  });

  // Last: its slot is lost.
  it('loses its slot when it stays away too long, and the platform keeps its disk', async () => {
    const slotIs = async () => {
      const slots = await owner.sql.unsafe(ensured(watched, 'how slots are watched'));
      return slots.find(({ slot_name }) => slot_name === SLOT)?.wal_status;
    };
    expect(await slotIs()).toBe('reserved');
    // A segment of WAL is 16 MB.
    for (let n = 0; n < MOST_WAL_MB / 16 + 3; n += 1) {
      await db().execute(write(uuidv7()));
      await db().execute(sql`SELECT pg_switch_wal()`);
    }
    await db().execute(sql`CHECKPOINT`);
    expect(await slotIs()).toBe('lost');
    await expect(take()).rejects.toThrow(/can no longer get changes|cannot read/);
    await db().execute(write(uuidv7()));
  });
});
