import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { orders, savedAddresses, sessions, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { makePng } from '@/domain/picture.testing';
import type { Viewer } from '@/domain/roles';
import { carriedOrder } from '@/services/journey.testing';
import { key, orderOf } from '@/services/testing';
import { sessionOf, startServer } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** As a browser says where a request comes from: over https, and over plain http. */
const ELSEWHERE: [string, Record<string, string>][] = [
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a neighbour under the same name', { 'sec-fetch-site': 'same-site' }],
  ['a page that says nothing of itself', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
  ['another site over plain http', { origin: 'http://evil.example' }],
  ['a hidden page over plain http', { origin: 'null' }],
];

/** What a form of another site can send without asking, and what a script would. */
const TYPES = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
];

const cookieOf = async (viewer: Viewer) => {
  const { token, sessionId } = await sessionOf(db(), viewer);
  return { cookie: `next-auth.session-token=${token}`, sessionId };
};

function bodyOf(type: string, input: unknown): string {
  const json = JSON.stringify(input);
  if (type.startsWith('multipart')) {
    return `--x\r\ncontent-disposition: form-data; name="input"\r\n\r\n${json}\r\n--x--\r\n`;
  }
  return type.includes('urlencoded') ? `${encodeURIComponent(json)}=` : json;
}

/** All that these requests could change. */
async function stateOf({ customer }: Town, sessionId: string) {
  const [session] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
  const mine = eq(orders.customerId, customer.userId);
  const addresses = eq(savedAddresses.userId, customer.userId);
  return {
    revoked: session?.revokedAt,
    orders: await db().$count(orders, mine),
    addresses: await db().$count(savedAddresses, addresses),
    people: await db().$count(users),
    proofs: await db().execute(sql`SELECT count(*) FROM delivery_proofs`),
  };
}

describe.each(ELSEWHERE)('from %s, with the cookie of whoever looks', (_, from) => {
  it.each(TYPES)('procedures change nothing: %s', async (type) => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const { cookie, sessionId } = await cookieOf(town.customer);
    const before = await stateOf(town, sessionId);
    const address = { label: 'Mine', address: '1 Evil Road', note: '', at: town.centre };
    for (const [path, input] of [
      ['auth.signOut', undefined],
      ['orders.place', orderOf(town)],
      ['addresses.keep', { ...key(), ...address }],
      ['auth.signUp', { name: 'Eve', email: 'eve@evil.example', password: 'a long password' }],
    ] as const) {
      const response = await fetch(`${server.url}/api/trpc/${path}`, {
        method: 'POST',
        headers: { ...from, cookie, 'content-type': type },
        body: bodyOf(type, input ?? null),
      });
      expect(response.status, path).toBe(403);
      expect(await response.json()).toMatchObject({ reason: 'foreign_origin' });
    }
    expect(await stateOf(town, sessionId)).toEqual(before);
  });

  it('REST takes no cookie', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const { cookie, sessionId } = await cookieOf(town.customer);
    const before = await stateOf(town, sessionId);
    const { idempotencyKey, ...order } = orderOf(town);
    for (const [path, body] of [
      ['/orders', order],
      ['/auth/logout', undefined],
    ] as const) {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method: 'POST',
        headers: {
          ...{ ...from, cookie, 'content-type': 'application/json' },
          'idempotency-key': idempotencyKey,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      expect(response.status, path).toBe(401);
    }
    expect(await stateOf(town, sessionId)).toEqual(before);
  });

  it('uploads are not taken', async () => {
    await using server = await startServer(database);
    const { town, driver, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const { cookie, sessionId } = await cookieOf(driver);
    const before = await stateOf(town, sessionId);
    const admin = await cookieOf(town.admin);
    for (const [path, as] of [
      [`/api/proofs?delivery=${deliveryId}&kind=photo`, cookie],
      [`/api/photos?of=restaurant&id=${town.restaurantId}&version=1`, admin.cookie],
    ] as const) {
      for (const type of ['image/png', 'text/plain']) {
        const response = await fetch(`${server.url}${path}`, {
          method: 'POST',
          headers: { ...from, cookie: as, 'content-type': type },
          body: new Uint8Array(makePng(320, 240)),
        });
        expect(response.status, path).toBe(403);
      }
    }
    expect(await stateOf(town, sessionId)).toEqual(before);
  });
});

it('what our own pages and programs send is taken', async () => {
  await using server = await startServer(database, { publicUrl: 'https://food.example' });
  const { customer } = await makeTown(db());
  const own: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin', origin: server.url },
    { origin: server.url },
    { origin: 'https://food.example' },
    {},
  ];
  for (const from of own) {
    const { cookie, sessionId } = await cookieOf(customer);
    const response = await fetch(`${server.url}/api/trpc/auth.signOut`, {
      method: 'POST',
      headers: { ...from, cookie, 'content-type': 'application/json' },
    });
    expect(response.status, JSON.stringify(from)).toBe(200);
    const [session] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
    expect(session?.revokedAt).not.toBeNull();
  }
});
