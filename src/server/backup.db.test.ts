import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getEnv } from '@/config/env';
import { backUpServer, restoreServer } from '@/db/backup/server';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { readFeed, readWatermark } from '@/db/queries/events';
import { claimCursor, moveCursor } from '@/db/queries/relay';
import { testsRunOn } from '@/db/testing/find-postgres';
import { type RealPostgres, startPostgres } from '@/db/testing/real-postgres';
import { makeTown, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { LiveMessage } from '@/domain/events';
import type { CustomerView, OrderView } from '@/domain/views';
import { cartOf, key, placeTestOrder } from '@/services/testing';
import { connectClient, startServer, tokenOf, watch } from './testing';

type Told<View> = { id: string; data: LiveMessage<View> };

/** Ids of transactions that another server will not have come to for long. */
const USED_UP = 3_000;

const hasServer = testsRunOn(getEnv()) === 'installed';
let folder = '';
let file = '';
let servers: RealPostgres[] = [];

const asking = async <T>(url: string, ask: (c: ReturnType<typeof connect>) => Promise<T>) => {
  const connection = connect(url, { max: 1 });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
};

const logOf = (url: string) =>
  asking(url, async ({ db }) => {
    const log = await readFeed(db, 'all', { xid: '0', position: '0' }, 10_000);
    return log.map(({ event }) => ({ type: event.type, of: event.streamId, n: event.version }));
  });

const epochOf = (url: string) => asking(url, async ({ db }) => (await readWatermark(db)).epoch);

beforeAll(async () => {
  if (!hasServer) return;
  folder = await mkdtemp(join(tmpdir(), 'hotfoot-backup-'));
  file = join(folder, 'hotfoot.dump');
  servers = [await startPostgres(), await startPostgres()];
  for (const { url } of servers) await migrate(url);
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.stop();
  if (folder) await rm(folder, { recursive: true });
});

const orderIn = (town: Town) => ({
  ...{ ...key(), ...cartOf(town), dropoffAddress: '2 Side Street', expectedTotal: 1_311 },
});

describe.runIf(hasServer)('a backup of a server', () => {
  it('restored, starts clients afresh, and orders go on', async () => {
    const [{ url }] = servers as [RealPostgres];
    const { town, token, early } = await asking(url, async ({ db }) => {
      const made = await makeTown(db);
      return {
        town: made,
        token: await tokenOf(db, made.customer),
        early: await placeTestOrder(db, made),
      };
    });
    const first = await startServer({ url, real: true });
    await using customer = connectClient(first.url, token);
    const mine = watch<Told<CustomerView>>((on) => customer.api.orders.watchMine.subscribe({}, on));
    const order = watch<Told<OrderView>>((on) =>
      customer.api.orders.watch.subscribe({ orderId: early }, on),
    );
    await mine.until(() => mine.got.length >= 1, 'a snapshot');
    await order.until(() => order.got.length >= 1, 'a snapshot');
    await backUpServer(url, file);
    const { orderId: late } = await customer.api.orders.place.mutate(orderIn(town));
    await mine.until(() => mine.got.length >= 2, 'the late order');
    await expect(restoreServer(url, file)).rejects.toThrow(/stop all nodes/);
    await first[Symbol.asyncDispose]();

    const before = await epochOf(url);
    await restoreServer(url, file);
    expect(await epochOf(url)).not.toBe(before);

    await using second = await startServer({ url, real: true }, { port: first.port });
    const fresh = (got: Told<unknown>[]) => got.findLast(({ data }) => data.kind === 'resync');
    await mine.until(() => fresh(mine.got) !== undefined, 'a fresh view of the feed');
    await order.until(() => fresh(order.got) !== undefined, 'a fresh view of the order');
    const view = ensured(fresh(mine.got), 'a view').data;
    if (view.kind !== 'resync') throw new Error('expected a fresh view');
    const shown = (view.view as CustomerView).cards.map((card) => card.order.id);
    expect(shown).toEqual([early]);
    expect(shown).not.toContain(late);
    const { orderId } = await customer.api.orders.place.mutate(orderIn(town));
    await mine.until(
      () => mine.got.some(({ data }) => data.kind === 'event' && data.event.streamId === orderId),
      'an order after the restore',
    );
    expect(second.errors).toEqual([]);
  }, 120_000);

  it('restored on another server, whose transactions count from the beginning, keeps its order and its readers’ places', async () => {
    const [{ url }, other] = servers as [RealPostgres, RealPostgres];
    // The dump's ids are far above those of the other server.
    await asking(url, async ({ db, sql: raw }) => {
      for (let n = 0; n < USED_UP; n += 1) await raw`SELECT pg_current_xact_id()`;
      const town = await makeTown(db);
      await placeTestOrder(db, town);
      await placeTestOrder(db, town);
    });
    const log = await logOf(url);
    const READ = 5;
    const place = await asking(url, async ({ db }) => {
      const read = await readFeed(db, 'all', { xid: '0', position: '0' }, READ);
      const at = ensured(read.at(-1), 'a place').place;
      await db.transaction(async (tx) => {
        await claimCursor(tx, 'test');
        await moveCursor(tx, 'test', at);
      });
      return at;
    });
    await backUpServer(url, file);
    await restoreServer(other.url, file);
    expect(await logOf(other.url)).toEqual(log);
    const unread = await asking(other.url, async ({ db }) => {
      const at = ensured(await db.transaction((tx) => claimCursor(tx, 'test')), 'a place');
      expect(at).not.toEqual(place);
      return readFeed(db, 'all', at, 10_000);
    });
    expect(unread).toHaveLength(log.length - READ);

    const { town, token } = await asking(other.url, async ({ db }) => {
      const made = await makeTown(db);
      return { town: made, token: await tokenOf(db, made.customer) };
    });
    await using server = await startServer({ url: other.url, real: true });
    await using customer = connectClient(server.url, token);
    const mine = watch<Told<CustomerView>>((on) => customer.api.orders.watchMine.subscribe({}, on));
    await mine.until(() => mine.got.length >= 1, 'a snapshot');
    await customer.api.orders.place.mutate(orderIn(town));
    await mine.until(() => mine.got.length >= 2, 'an event');
  }, 120_000);

  it('that is not whole, or not there, changes nothing', async () => {
    const [{ url }] = servers as [RealPostgres];
    const [before, epoch] = [await logOf(url), await epochOf(url)];
    const broken = join(folder, 'broken.dump');
    await writeFile(broken, 'no backup at all');
    await expect(restoreServer(url, broken)).rejects.toThrow();
    await expect(restoreServer(url, join(folder, 'nowhere.dump'))).rejects.toThrow(
      /There is no file/,
    );
    expect([await logOf(url), await epochOf(url)]).toEqual([before, epoch]);
  }, 60_000);

  it('is the whole database: what it does not have is gone', async () => {
    const [{ url }] = servers as [RealPostgres];
    await backUpServer(url, file);
    await asking(url, ({ db }) => db.execute(sql`CREATE TABLE later (id int)`));
    await restoreServer(url, file);
    const [row] = await asking(url, ({ db }) =>
      db.execute<{ there: boolean }>(sql`SELECT to_regclass('later') IS NOT NULL AS there`),
    );
    expect(row?.there).toBe(false);
  }, 60_000);
});
