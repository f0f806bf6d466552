import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type LinkState, startTcpProxy } from '@/db/testing/tcp-proxy';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import type { DriverView } from '@/domain/driver-view';
import type { LiveMessage } from '@/domain/events';
import type { CustomerView } from '@/domain/views';
import { cartOf, key, placeTestOrder } from '@/services/testing';
import { connectClient, startServer, tokenOf, watch, wireErrorOf } from './testing';

/**
 * What anybody who asks may be kept waiting, and until the database is there again, milliseconds: promised are
 * 3 s and 1 s (measured: ADR 34); a test has no machine to itself.
 */
const ANSWERED_WITHIN = 4_500;
const BACK_WITHIN = 2_500;

const database = testDatabase();
const db = () => database.connection.db;

type Told<View> = { id: string; data: LiveMessage<View> };

async function serverBehindLink() {
  const { hostname, port } = new URL(database.url);
  const link = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(database.url);
  url.port = `${link.port}`;
  const server = await startServer({ url: url.href, real: true });
  return {
    link,
    server,
    async [Symbol.asyncDispose]() {
      await link.become('well');
      await server[Symbol.asyncDispose]();
      await link.stop();
    },
  };
}

const timed = async <T>(work: () => Promise<T>) => {
  const startedAt = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - startedAt };
};

describe.runIf(database.real)('while the database is away', () => {
  it.each<{ state: LinkState }>([
    { state: 'silent' },
    { state: 'resetting' },
    { state: 'refusing' },
  ])(
    '($state) every way in answers 503 and when to come back, and all goes on by itself',
    async ({ state }) => {
      await using system = await serverBehindLink();
      const { link, server } = system;
      const town = await makeTown(db(), { autoAccept: true });
      const driver = await makeDriver(db(), town);
      const token = await tokenOf(db(), town.customer);
      await using customer = connectClient(server.url, token);
      await using overWs = connectClient(server.url, token, { allOverWs: true });
      await using courier = connectClient(server.url, await tokenOf(db(), driver));
      const mine = watch<Told<CustomerView>>((on) =>
        customer.api.orders.watchMine.subscribe({}, on),
      );
      const work = watch<Told<DriverView>>((on) => courier.api.drivers.watch.subscribe({}, on));
      await mine.until(() => mine.got.length >= 1, 'a snapshot');
      await work.until(() => work.got.length >= 1, 'a snapshot');
      await overWs.api.orders.mine.query();

      await link.become(state);
      const headers = { authorization: `Bearer ${token}` };
      const ask = (path: string) => timed(() => fetch(`${server.url}${path}`, { headers }));
      const [trpc, rest, health, called, placed] = await Promise.all([
        ask('/api/trpc/orders.mine'),
        ask('/api/v1/orders'),
        ask('/health'),
        timed(() => wireErrorOf(overWs.api.orders.mine.query())),
        timed(() =>
          wireErrorOf(
            customer.api.orders.place.mutate({
              ...{ ...key(), ...cartOf(town) },
              ...{ dropoffAddress: '2 Side Street', expectedTotal: 1_311 },
            }),
          ),
        ),
      ]);
      for (const { milliseconds } of [trpc, rest, health, called, placed]) {
        expect(milliseconds).toBeLessThan(ANSWERED_WITHIN);
      }
      for (const { value } of [trpc, rest, health]) {
        expect(value.status).toBe(503);
        expect(value.headers.get('retry-after')).toMatch(/^[12]$/);
      }
      expect(rest.value.headers.get('content-type')).toBe('application/problem+json');
      expect(await rest.value.json()).toMatchObject({ reason: 'database_unavailable' });
      for (const { value } of [called, placed]) {
        expect(value.data).toMatchObject({
          code: 'SERVICE_UNAVAILABLE',
          refusal: { code: 'unavailable', reason: 'database_unavailable' },
        });
        expect(value.message).toBe('The database does not answer just now. Nothing was changed.');
        expect(JSON.stringify(value.shape)).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i);
      }

      await link.become('well');
      const wellAt = performance.now();
      while ((await fetch(`${server.url}/api/v1/orders`, { headers })).status !== 200) {
        expect(performance.now() - wellAt).toBeLessThan(BACK_WITHIN);
      }
      expect(performance.now() - wellAt).toBeLessThan(BACK_WITHIN);

      // Nobody has opened anything again: feeds, tail and dispatch have come back by themselves.
      const { orderId } = await customer.api.orders.place.mutate({
        ...{ ...key(), ...cartOf(town) },
        ...{ dropoffAddress: '2 Side Street', expectedTotal: 1_311 },
      });
      await mine.until(
        () => mine.got.some(({ data }) => data.kind === 'event' && data.event.streamId === orderId),
        'the order in the feed',
      );
      await work.until(
        () =>
          work.got.some(({ data }) => data.kind === 'event' && data.event.type === 'offer.made'),
        'an offer',
      );
      expect([...mine.errors, ...work.errors]).toEqual([]);
    },
    60_000,
  );

  /** Holds changes of orders back just before their commit, then lets them go on without an answer to it. */
  async function deafAtCommit(
    system: Awaited<ReturnType<typeof serverBehindLink>>,
    change: () => Promise<unknown>,
  ): Promise<unknown> {
    const isWaiting = async () => {
      const rows = await db().execute(sql`
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'advisory'`);
      return rows.length > 0;
    };
    await db().execute(sql`
      CREATE OR REPLACE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END'`);
    await db().execute(sql`
      CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT OR UPDATE ON orders
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
    try {
      const changed = await db().transaction(async (tx) => {
        await tx.execute(sql`SELECT pg_advisory_xact_lock(4711)`);
        const asked = change();
        while (!(await isWaiting()));
        system.link.deafen();
        return { asked };
      });
      return await changed.asked;
    } finally {
      await db().execute(sql`DROP TRIGGER wait_at_commit ON orders`);
    }
  }

  it('a change whose confirmation was lost is not called undone, and is done once under its key', async () => {
    await using system = await serverBehindLink();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await using customer = connectClient(system.server.url, await tokenOf(db(), town.customer));
    const input = { ...key(), orderId, reason: 'changed_mind' as const };
    const refused = await deafAtCommit(system, () =>
      wireErrorOf(customer.api.orders.cancel.mutate(input)),
    );
    expect(refused).toMatchObject({
      data: { code: 'SERVICE_UNAVAILABLE', refusal: { reason: 'outcome_unknown' } },
    });
    // Without its key, a second cancellation would be refused.
    await customer.api.orders.cancel.mutate(input);
    const rows = await db().execute<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM events
      WHERE stream_id = ${orderId} AND type = 'order.cancelled'`);
    expect(rows[0]?.n).toBe(1);
  });

  it('an order whose confirmation was lost is looked up, and answered', async () => {
    await using system = await serverBehindLink();
    const town = await makeTown(db());
    await using customer = connectClient(system.server.url, await tokenOf(db(), town.customer));
    const placed = await deafAtCommit(system, () =>
      customer.api.orders.place.mutate({
        ...{ ...key(), ...cartOf(town) },
        ...{ dropoffAddress: '2 Side Street', expectedTotal: 1_311 },
      }),
    );
    const rows = await db().execute<{ id: string }>(
      sql`SELECT id FROM orders WHERE customer_id = ${town.customer.userId}`,
    );
    expect(rows.map(({ id }) => id)).toEqual([(placed as { orderId: string }).orderId]);
  });
});
