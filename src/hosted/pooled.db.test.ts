import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '@/db/client';
import { poolerInstalled, startPooler } from '@/db/testing/pooler';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { channelOf } from '@/domain/channels';
import { ensured } from '@/domain/errors';
import { storyOf } from '@/services/journey.testing';
import { placeTestOrder } from '@/services/testing';
import { hostedOn } from './hosted.testing';

const database = testDatabase();

describe.runIf(database.real && poolerInstalled())('behind a pooler of transactions', () => {
  let pooler: Awaited<ReturnType<typeof startPooler>> | null = null;
  let pooled: Connection | null = null;
  const db = () => ensured(pooled, 'a connection').db;

  beforeAll(async () => {
    pooler = await startPooler(database.url);
    pooled = connect(pooler.url, { max: 20, pooled: true });
  });
  afterAll(async () => {
    await pooled?.close();
    await pooler?.stop();
  });

  it('a connection as elsewhere is refused', async () => {
    const usual = connect(ensured(pooler, 'a pooler').url, { max: 1 });
    await expect(usual.db.execute(sql`SELECT 1`)).rejects.toThrow();
    await usual.close();
  });

  it('many at once are answered right, each over whatever session is free', async () => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        db().execute<{ n: number }>(sql`SELECT ${n}::int AS n FROM generate_series(1, 3)`),
      ),
    );
    expect(answers.map((rows) => rows.map(({ n }) => n))).toEqual(
      Array.from({ length: 300 }, (_, n) => [n, n, n]),
    );
  });

  it('statements with parameters are answered beside those that have none', async () => {
    const { url } = ensured(pooler, 'a pooler');
    const few = connect(url, { max: 2, pooled: true, deadlineMs: 3_000 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        few.db.execute<{ n: number }>(n % 2 ? sql`SELECT ${n}::int AS n` : sql`SELECT -1 AS n`),
      ),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(
      Array.from({ length: 60 }, (_, n) => (n % 2 ? n : -1)),
    );
    await few.close();
  });

  it('orders placed at once each find a driver, with their hints', async () => {
    const hosted = hostedOn(db());
    await hosted.publish();
    const town = await makeTown(db(), { autoAccept: true });
    const drivers = await Promise.all(
      [100, 200, 300, 400].map((meters) => makeDriver(db(), town, { meters })),
    );
    const orders = await Promise.all(drivers.map(() => placeTestOrder(db(), town)));
    const deadline = Date.now() + 20_000;
    await Promise.all([hosted.work.tick(deadline), hosted.work.tick(deadline)]);
    expect(hosted.errors).toEqual([]);
    for (const orderId of orders) {
      expect((await storyOf(db(), orderId)).filter((type) => type === 'offer.made')).toHaveLength(
        1,
      );
    }
    const told = hosted.hintsOn(channelOf({ kind: 'customer', id: town.customer.userId }));
    expect(new Set(told.map(({ streamId }) => streamId))).toEqual(new Set(orders));
    const named = await db().execute<{ actor: string }>(
      sql`SELECT DISTINCT actor FROM events WHERE type = 'order.placed' AND stream_id = ${orders[0]}`,
    );
    expect(named.map(({ actor }) => actor)).toEqual([`user:${town.customer.userId}`]);
  });
});
