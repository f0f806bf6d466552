import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { connect } from '@/db/client';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { CART_TOTAL, cartOf } from '@/services/testing';
import { makeRestWorld, problemIn, restClient } from './rest.testing';
import { startServer, tokenOf } from './testing';

/** What has to hold over several nodes on one database. */

const database = testDatabase();
const db = () => database.connection.db;

async function twoNodes() {
  const [one, other] = [await startServer(database), await startServer(database)];
  return {
    calls: [restClient(one.url), restClient(other.url)] as const,
    errors: () => [...one.errors, ...other.errors],
    async [Symbol.asyncDispose]() {
      await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
    },
  };
}

function promise() {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { done, resolve };
}

describe('two nodes on one database', () => {
  it.runIf(database.real)(
    'know of each other’s requests that are under way, and answer the same once they are over',
    async () => {
      await using nodes = await twoNodes();
      const [one, other] = nodes.calls;
      const town = await makeTown(db());
      const token = await tokenOf(db(), town.customer);
      const order = {
        token,
        headers: { 'idempotency-key': 'mine' },
        body: { ...cartOf(town), dropoffAddress: '2 Side Street', expectedTotal: CART_TOTAL },
      };
      // Whoever holds the restaurant's row holds the order up in the middle.
      const holder = connect(database.url, { max: 1 });
      const [held, let_go] = [promise(), promise()];
      const holding = holder.db.transaction(async (tx) => {
        await tx.execute(
          sql`SELECT FROM menu_items WHERE restaurant_id = ${town.restaurantId} FOR UPDATE`,
        );
        await tx.execute(sql`SELECT FROM restaurants WHERE id = ${town.restaurantId} FOR UPDATE`);
        held.resolve();
        await let_go.done;
      });
      await held.done;
      const first = one('POST', '/orders', order);
      const underWay = () => db().execute(sql`SELECT FROM requests_under_way`);
      await expect.poll(async () => (await underWay()).length).toBe(1);
      const second = await other('POST', '/orders', order);
      expect(problemIn(second)).toMatchObject({
        status: 409,
        reason: 'idempotency_key_under_way',
      });
      // Another person's request under the same key is another one.
      const stranger = await makeTown(db());
      const theirs = await other('POST', '/orders', {
        ...order,
        token: await tokenOf(db(), stranger.customer),
        body: { ...order.body, ...cartOf(stranger) },
      });
      expect(theirs.status).toBe(202);
      let_go.resolve();
      await holding;
      await holder.close();
      const { status, body } = await first;
      expect(status).toBe(202);
      const again = await other('POST', '/orders', order);
      expect(again).toMatchObject({ status: 202, body: { id: (body as { id: string }).id } });
      expect(await underWay()).toHaveLength(0);
      expect(nodes.errors()).toEqual([]);
    },
  );

  it('let a key go on whose node has died, after its time', async () => {
    await using nodes = await twoNodes();
    const { tokens, town, orderId } = await makeRestWorld(db());
    const key = crypto.randomUUID();
    await db().execute(sql`
      INSERT INTO requests_under_way (key, holder, until)
      VALUES (${`${key} ${town.admin.userId}`}, gen_random_uuid(), now() + interval '1 hour')`);
    const accept = () =>
      nodes.calls[0]('PATCH', `/orders/${orderId}`, {
        token: tokens.admin,
        headers: { 'idempotency-key': key },
        body: { status: 'accepted' },
      });
    expect(problemIn(await accept()).reason).toBe('idempotency_key_under_way');
    await db().execute(sql`UPDATE requests_under_way SET until = now() - interval '1 second'`);
    expect((await accept()).status).toBe(200);
  });

  it('count together how much somebody asks', async () => {
    await using nodes = await twoNodes();
    const [one, other] = nodes.calls;
    const { tokens } = await makeRestWorld(db());
    const ask = (call: typeof one) => call('GET', '/auth/me', { token: tokens.customer });
    await db().execute(sql`DELETE FROM rate_buckets`);
    expect((await ask(one)).headers.get('ratelimit-remaining')).toBe('999');
    expect((await ask(other)).status).toBe(200);
    const spent = await db().execute(sql`
      UPDATE rate_buckets SET tokens = 0.5, at = extract(epoch FROM clock_timestamp()) * 1000 + 60000
      RETURNING key`);
    expect(spent).toHaveLength(1);
    for (const call of [one, other]) {
      const refused = await ask(call);
      expect(problemIn(refused)).toMatchObject({ status: 429, reason: 'too_many_requests' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    }
    // Somebody else is not concerned.
    const { tokens: others } = await makeRestWorld(db());
    expect((await other('GET', '/auth/me', { token: others.customer })).status).toBe(200);
  });

  it('count together how often a password was wrong', async () => {
    await using nodes = await twoNodes();
    const body = { email: 'nobody@hotfoot.test', password: 'wrong' };
    const statuses = [];
    for (let n = 0; n < 11; n += 1) {
      const call = nodes.calls[n % 2 === 0 ? 0 : 1];
      statuses.push((await call('POST', '/auth/login', { body })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });
});
