import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { cartOf, key, orderOf, placeTestOrder } from '@/services/testing';
import { refusalOf } from '@/trpc/refusal';
import { connectClient, startServer, TRPC_PATH, tokenOf, wireErrorOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** The same over both transports. */
const TRANSPORTS = [
  ['http', false],
  ['ws', true],
] as const;

describe.each(TRANSPORTS)('over %s', (_, allOverWs) => {
  it('a refusal says what is wrong, why, and what to do, with data to act on', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    await using client = connectClient(server.url, await tokenOf(db(), town.customer), {
      allOverWs,
    });
    const order = { ...key(), ...cartOf(town), dropoffAddress: '2 Side Street' };
    const call = client.api.orders.place.mutate({ ...order, expectedTotal: 1 });
    expect(await wireErrorOf(call)).toMatchObject({
      message: 'The total has changed since you saw it.',
      data: {
        code: 'CONFLICT',
        httpStatus: 409,
        path: 'orders.place',
        fields: null,
        refusal: {
          code: 'conflict',
          reason: 'total_changed',
          hint: 'Look at the new total and order again.',
          data: { total: 1_311 },
        },
      },
    });
  });

  it('the kinds of refusal keep apart: not found, conflict, not signed in, not allowed', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const as = (token: string | null) => connectClient(server.url, token, { allOverWs });
    await using admin = as(await tokenOf(db(), town.admin));
    await using customer = as(await tokenOf(db(), town.customer));
    await using guest = as(null);
    const codeOf = async (call: Promise<unknown>) => (await wireErrorOf(call)).data?.code;
    const step = { ...key(), orderId, command: 'finish' as const };
    expect(await codeOf(admin.api.admin.stepOrder.mutate(step))).toBe('CONFLICT');
    const unknown = { ...key(), orderId: uuidv7(), seenVersion: 1 };
    expect(await codeOf(admin.api.admin.restore.mutate(unknown))).toBe('NOT_FOUND');
    expect(await codeOf(customer.api.admin.stepOrder.mutate(step))).toBe('FORBIDDEN');
    expect(await codeOf(guest.api.orders.mine.query())).toBe('UNAUTHORIZED');
    const far = orderOf(town, { dropoff: { lat: 0, lng: 0 } });
    expect(await codeOf(customer.api.orders.place.mutate(far))).toBe('UNPROCESSABLE_CONTENT');
  });

  it('input that is not right names each field', async () => {
    await using server = await startServer(database);
    await using client = connectClient(server.url, null, { allOverWs });
    const signUp = { name: ' ', email: 'nobody', password: 'short' };
    const error = await wireErrorOf(client.api.auth.signUp.mutate(signUp));
    expect(error).toMatchObject({
      message: 'Some of what was sent is not right.',
      data: { code: 'BAD_REQUEST', refusal: null },
    });
    expect(refusalOf(error).fields).toEqual([
      { field: 'name', message: 'Tell us your name.' },
      { field: 'email', message: 'This is not an e-mail address.' },
      { field: 'password', message: 'A password has at least 10 characters.' },
    ]);
    const nested = await wireErrorOf(
      client.api.orders.quote.query({
        restaurantId: uuidv7(),
        lines: [{ itemId: 'x', quantity: 0 }],
        dropoff: { lat: 91, lng: 0 },
      }),
    );
    expect(refusalOf(nested).fields.map(({ field }) => field)).toEqual([
      'lines.0.itemId',
      'lines.0.quantity',
      'dropoff.lat',
    ]);
  });

  it('an error that nobody foresaw leaks nothing, and is told to the operator', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    await using client = connectClient(server.url, null, { allOverWs });
    await db().execute(sql`ALTER TABLE menu_options RENAME TO menu_options_away`);
    try {
      const error = await wireErrorOf(client.api.restaurants.get.query({ slug: town.slug }));
      expect(error.message).toBe('Something went wrong on our side.');
      expect(error.data).toEqual({
        code: 'INTERNAL_SERVER_ERROR',
        httpStatus: 500,
        path: 'restaurants.get',
        refusal: null,
        fields: null,
      });
      const told = JSON.stringify([error.message, error.data, error.shape]);
      expect(told).not.toMatch(/menu_options|relation|select|stack|postgres/i);
    } finally {
      await db().execute(sql`ALTER TABLE menu_options_away RENAME TO menu_options`);
    }
    expect(server.errors.map(({ where }) => where)).toContain('restaurants.get');
    const page = await client.api.restaurants.get.query({ slug: town.slug });
    expect(page.restaurant.id).toBe(town.restaurantId);
  });
});

describe('over plain http', () => {
  const post = (url: string, path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${TRPC_PATH}/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['no JSON', '{', 400],
    ['nothing', '', 400],
    ['a list', '[]', 400],
    ['too much', JSON.stringify({ name: 'x'.repeat(300 * 1_024) }), 413],
  ])('%s is refused with its status, and without a stack', async (_, body, status) => {
    await using server = await startServer(database);
    const response = await post(server.url, 'auth.signUp', body);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toMatch(/node_modules|\.ts:|"stack"/);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('a procedure that does not exist is 404, and a path without pages as well', async () => {
    await using server = await startServer(database);
    expect((await fetch(`${server.url}${TRPC_PATH}/orders.steal`)).status).toBe(404);
    expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
  });

  it('a change can’t be made by GET', async () => {
    await using server = await startServer(database);
    const input = encodeURIComponent(JSON.stringify({ email: 'a@b.test', password: 'x' }));
    const response = await fetch(`${server.url}${TRPC_PATH}/auth.signIn?input=${input}`);
    expect(response.status).toBe(405);
  });
});
