import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { LIMITS } from '@/domain/limits';
import { orderOf } from '@/services/testing';
import { problemIn, restClient } from './rest.testing';
import { startServer, TRPC_PATH, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

let last = 0;
/** Where nobody has asked from before; the front door believes the proxy of the tests. */
function fromElsewhere(): Record<string, string> {
  last += 1;
  return { 'x-forwarded-for': `198.51.100.${last}` };
}

function callTrpc(url: string, headers: Record<string, string>) {
  return (path: string, input: unknown, method: 'GET' | 'POST' = 'POST') =>
    fetch(
      method === 'GET'
        ? `${url}${TRPC_PATH}/${path}?input=${encodeURIComponent(JSON.stringify(input))}`
        : `${url}${TRPC_PATH}/${path}`,
      {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
      },
    );
}

async function statusesOf(times: number, call: () => Promise<{ status: number }>) {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await call()).status);
  return statuses;
}

/** From here on no bucket that was touched fills, however slow this machine is: it stands in an hour's time. */
const stopFilling = () =>
  db().execute(sql`UPDATE rate_buckets SET at = at + ${60 * 60 * 1_000}::float8`);

// Input that is refused is counted all the same, and costs no password.
const NO_SIGN_UP = { name: '', email: 'nobody', password: '' };

it('signing up is refused after so many from one address, with the time to wait, and goes on elsewhere', async () => {
  await using server = await startServer(database);
  const here = callTrpc(server.url, fromElsewhere());
  const { burst } = LIMITS.sign_up.address;
  const fine = await statusesOf(burst, () => here('auth.signUp', NO_SIGN_UP));
  expect(new Set(fine)).toEqual(new Set([400]));
  const refused = await here('auth.signUp', NO_SIGN_UP);
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(1 / LIMITS.sign_up.address.perSecond);
  expect(await refused.json()).toMatchObject({
    error: {
      message: 'This was asked too often in too short a time.',
      data: { refusal: { reason: 'too_many_requests', data: { retryAfterSeconds: wait } } },
    },
  });
  const elsewhere = callTrpc(server.url, fromElsewhere());
  expect((await elsewhere('auth.signUp', NO_SIGN_UP)).status).toBe(400);
});

it('searches over tRPC and over REST are counted together', async () => {
  await using server = await startServer(database);
  const { centre, customer } = await makeTown(db());
  const token = await tokenOf(db(), customer);
  const trpc = callTrpc(server.url, { authorization: `Bearer ${token}` });
  const rest = restClient(server.url);
  const nearby = () => rest('GET', `/restaurants?lat=${centre.lat}&lng=${centre.lng}`, { token });
  expect((await nearby()).status).toBe(200);
  await stopFilling();
  const search = () => trpc('addresses.search', { q: '', near: null }, 'GET');
  const fine = await statusesOf(LIMITS.search.account.burst - 1, search);
  expect(new Set(fine)).toEqual(new Set([400]));
  expect((await search()).status).toBe(429);
  const got = await nearby();
  expect(problemIn(got)).toMatchObject({ status: 429, reason: 'too_many_requests' });
  expect(Number(got.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('placing orders is counted by account, however it is asked for, and for each account by itself', async () => {
  await using server = await startServer(database);
  const town = await makeTown(db());
  const rest = restClient(server.url);
  const trpc = callTrpc(server.url, {
    authorization: `Bearer ${await tokenOf(db(), town.customer)}`,
  });
  const wrong = () => trpc('orders.place', { ...orderOf(town), expectedTotal: -1 });
  expect((await wrong()).status).not.toBe(429);
  await stopFilling();
  const fine = await statusesOf(LIMITS.order.account.burst - 1, wrong);
  expect(fine).not.toContain(429);
  expect((await wrong()).status).toBe(429);
  const { idempotencyKey, ...body } = orderOf(town);
  const token = await tokenOf(db(), town.customer);
  const refused = await rest('POST', '/orders', {
    ...{ token, body, headers: { 'idempotency-key': idempotencyKey } },
  });
  expect(problemIn(refused).status).toBe(429);
  const { customer: another } = await makeTown(db());
  const others = callTrpc(server.url, { authorization: `Bearer ${await tokenOf(db(), another)}` });
  expect((await others('orders.place', {})).status).toBe(400);
});

it('this machine itself is not counted by address: the simulation, and a proxy that names nobody', async () => {
  await using server = await startServer(database);
  const here = callTrpc(server.url, {});
  const statuses = await statusesOf(LIMITS.sign_up.address.burst + 5, () =>
    here('auth.signUp', NO_SIGN_UP),
  );
  expect(new Set(statuses)).toEqual(new Set([400]));
});
