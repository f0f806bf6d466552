import { describe, expect, it } from 'vitest';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/db/testing/real-postgres';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { connectClient, startServer, tokenOf, watch, wireErrorOf } from './testing';

const database = testDatabase();

async function askHealth(url: string) {
  const startedAt = performance.now();
  const response = await fetch(`${url}/health`);
  const body: unknown = await response.json();
  return { status: response.status, body, seconds: (performance.now() - startedAt) / 1_000 };
}

describe('GET /health', () => {
  it('is ok, with the state of database, tail, loops and sockets', async () => {
    await using server = await startServer(database);
    await using client = connectClient(server.url, null, { allOverWs: true });
    await client.api.auth.me.query();
    const { status, body } = await askHealth(server.url);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      uptime: expect.any(Number),
      database: { ok: true, milliseconds: expect.any(Number) },
      tail: { ok: true, watermarkAgeSeconds: expect.any(Number) },
      loops: expect.arrayContaining([
        expect.objectContaining({ name: 'dispatch', healthy: true }),
        expect.objectContaining({ name: 'kitchen', healthy: true }),
      ]),
      sockets: 1,
    });
    const { headers } = await fetch(`${server.url}/health`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.runIf(database.real)(
    'is 503 within three seconds when the database is gone, and calls say no more than that',
    async () => {
      const postgres = await startPostgres();
      await migrate(postgres.url);
      const { db, close } = connect(postgres.url, { max: 1 });
      const town = await makeTown(db);
      const token = await tokenOf(db, town.customer);
      await close();
      await using server = await startServer({ url: postgres.url, real: true });
      await using client = connectClient(server.url, token);
      const mine = watch<unknown>((on) => client.api.orders.watchMine.subscribe({}, on));
      await mine.until(() => mine.got.length >= 1, 'a snapshot');
      expect(await askHealth(server.url)).toMatchObject({ status: 200 });

      await postgres.stop();
      const gone = await askHealth(server.url);
      expect(gone).toMatchObject({
        status: 503,
        body: { status: 'unavailable', database: { ok: false, milliseconds: null } },
      });
      expect(gone.seconds).toBeLessThan(3);
      const error = await wireErrorOf(client.api.orders.mine.query());
      expect(error.message).toBe('The database does not answer just now. Nothing was changed.');
      expect(JSON.stringify([error.data, error.shape])).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
    },
    60_000,
  );
});
