import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { isOwnOrigin } from '@/api/own-origin';
import type { Credentials, SessionReader } from '@/auth/session';
import { encodeToken } from '@/auth/token';
import { revokeSession } from '@/db/queries/users';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser } from '@/db/testing/town';
import { placeTestOrder } from '@/services/testing';
import { openFrontDoor } from './front-door';
import { createLiveGateway } from './live-gateway';
import {
  connectClient,
  SECRET,
  sessionOf,
  startServer,
  TRPC_PATH,
  tokenOf,
  watch,
  wireErrorOf,
} from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const socketUrl = (url: string) => `${url.replace('http', 'ws')}${TRPC_PATH}`;

/** The status of the answer to a handshake: 101 when the socket opens. */
async function handshake(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('unexpected-response', (_, response: IncomingMessage) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
  });
}

const closeOf = async (socket: WebSocket | undefined) => {
  if (!socket) throw new Error('expected a socket');
  const [code] = await once(socket, 'close');
  return Number(code);
};

type Server = Awaited<ReturnType<typeof startServer>>;
type Answering = (
  read: () => ReturnType<SessionReader>,
  credentials: Credentials,
) => ReturnType<SessionReader>;

/** A second door to the same platform, whose sessions are read as the test says. */
async function openGate({ platform: { deps } }: Server, answering: Answering) {
  const getSession: SessionReader = (credentials) =>
    answering(() => deps.getSession(credentials), credentials);
  const door = await openFrontDoor({
    port: 0,
    host: '127.0.0.1',
    isTrusted: () => false,
    deps,
    gateway: createLiveGateway({
      ...{ deps: { ...deps, getSession }, publicUrl: undefined, isTrusted: () => false },
    }),
    sandbox: null,
    pages: null,
    files: null,
    ops: null,
  });
  return { url: `http://127.0.0.1:${door.port}`, [Symbol.asyncDispose]: () => door.stop() };
}

describe('a socket is opened', () => {
  it('for pages of this host and of the public address, and for programs; for others it is 403', async () => {
    await using server = await startServer(database, { publicUrl: 'https://food.example' });
    const to = (headers: Record<string, string>) => handshake(socketUrl(server.url), headers);
    const { readers } = server.platform.deps.hub.size();
    expect(await to({})).toBe(101);
    expect(await to({ origin: server.url })).toBe(101);
    expect(await to({ origin: 'https://food.example' })).toBe(101);
    for (const origin of [
      'https://evil.example',
      'https://food.example.evil.example',
      'https://evil.example/?https://food.example',
      'http://127.0.0.1',
      'null',
      'nonsense',
    ]) {
      expect(await to({ origin }), origin).toBe(403);
    }
    expect(server.platform.deps.hub.size()).toMatchObject({ readers });
  });

  it('at the one path only', async () => {
    await using server = await startServer(database);
    const other = handshake(`${server.url.replace('http', 'ws')}/somewhere`, {});
    await expect(other).rejects.toThrow(/hang up|ECONNRESET/);
  });

  it('by a page that was loaded under the same host name', () => {
    // What an http server hands over has more; the rule looks at headers alone.
    const from = (origin: string) => (name: string) => (name === 'host' ? host : origin);
    const host = 'food.example:3000';
    expect(isOwnOrigin(from('https://food.example:3000'), undefined)).toBe(true);
    expect(isOwnOrigin(from('https://food.example'), undefined)).toBe(false);
  });
});

describe('a frame', () => {
  const message = (bytes: number) =>
    JSON.stringify({
      id: 1,
      method: 'query',
      params: { path: 'restaurants.get', input: { slug: 'x'.repeat(bytes) } },
    });

  it('of 60 KiB is answered, one above 64 KiB closes its socket and no other', async () => {
    await using server = await startServer(database);
    const [small, large] = [
      new WebSocket(socketUrl(server.url)),
      new WebSocket(socketUrl(server.url)),
    ];
    await Promise.all([once(small, 'open'), once(large, 'open')]);
    large.send(message(65 * 1_024));
    expect([1_006, 1_009]).toContain(await closeOf(large));
    small.send(message(60 * 1_024));
    const [answer] = await once(small, 'message');
    expect(JSON.parse(String(answer))).toMatchObject({ id: 1, error: { data: {} } });
    small.terminate();
  });

  it.each(['', '{', '[]', 'null', '{"id":1}', '{"id":1,"method":"query","params":{}}'])(
    'that is no call (“%s”) does no harm',
    async (nonsense) => {
      await using server = await startServer(database);
      const socket = new WebSocket(socketUrl(server.url));
      await once(socket, 'open');
      socket.send(nonsense);
      socket.terminate();
      await using client = connectClient(server.url, null, { allOverWs: true });
      expect(await client.api.auth.me.query()).toBeNull();
    },
  );
});

it('a gateway that stops leaves who comes without an answer, so that a proxy asks the next node', async () => {
  await using server = await startServer(database);
  const { deps } = server.platform;
  const gateway = createLiveGateway({ deps, publicUrl: undefined, isTrusted: () => false });
  await gateway.stop();
  const door = createServer().on('upgrade', gateway.handleUpgrade).listen(0, '127.0.0.1');
  await once(door, 'listening');
  // A server that listens on a port has such an address.
  const { port } = door.address() as AddressInfo;
  const socket = new WebSocket(socketUrl(`http://127.0.0.1:${port}`));
  const [error] = await once(socket, 'error').catch((thrown: Error) => [thrown]);
  expect(String(error)).toMatch(/socket hang up/);
  door.close();
});

describe('a session that ends while its socket is open', () => {
  it('closes the socket with 4401 within five seconds, and its calls are refused', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const { sessionId, token } = await sessionOf(db(), town.customer);
    await using client = connectClient(server.url, token);
    await using other = connectClient(server.url, await tokenOf(db(), town.customer));
    const watched = watch<unknown>((on) => client.api.orders.watch.subscribe({ orderId }, on));
    const stays = watch<unknown>((on) => other.api.orders.watch.subscribe({ orderId }, on));
    await watched.until(() => watched.got.length >= 1, 'a snapshot');
    await stays.until(() => stays.got.length >= 1, 'a snapshot');
    const closed = closeOf(client.sockets.at(-1));
    const startedAt = performance.now();
    await revokeSession(db(), sessionId, new Date());
    expect(await closed).toBe(4_401);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await watched.until(() => watched.errors.length > 0, 'a refusal');
    expect(watched.errors[0]).toMatchObject({
      data: { code: 'UNAUTHORIZED', refusal: { reason: 'sign_in_required' } },
    });
    const called = await wireErrorOf(client.api.orders.mine.query());
    expect(called.data).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(stays.errors).toEqual([]);
    expect(other.sockets).toHaveLength(1);
  });

  it.each<[string, (sessionId: string, userId: string) => SQL]>([
    ['runs out', (id) => sql`UPDATE sessions SET expires_at = now() WHERE id = ${id}`],
    ['is gone', (id) => sql`DELETE FROM sessions WHERE id = ${id}`],
    ['was of another role', (_, id) => sql`UPDATE users SET role = 'driver' WHERE id = ${id}`],
  ])('closes the socket of a session that %s', async (_, end) => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const { sessionId, token } = await sessionOf(db(), town.customer);
    await using client = connectClient(server.url, token, { allOverWs: true });
    await client.api.auth.me.query();
    const closed = closeOf(client.sockets.at(-1));
    await db().execute(end(sessionId, town.customer.userId));
    expect(await closed).toBe(4_401);
  });

  it('closes the socket of a token that ends before its session', async () => {
    await using server = await startServer(database);
    const { customer } = await makeTown(db());
    const { sessionId: sid } = await sessionOf(db(), customer);
    const token = await encodeToken({ sid, sub: customer.userId }, SECRET, 2);
    await using client = connectClient(server.url, token, { allOverWs: true });
    await client.api.auth.me.query();
    expect(await closeOf(client.sockets.at(-1))).toBe(4_401);
  });

  it('closes it also when the database could not be asked as the socket was opened', async () => {
    await using server = await startServer(database);
    const failures = [new Error('the database is away')];
    await using door = await openGate(server, async (read) => {
      const failure = failures.pop();
      if (failure) throw failure;
      return read();
    });
    const town = await makeTown(db());
    const { sessionId, token } = await sessionOf(db(), town.customer);
    await using client = connectClient(door.url, token, { allOverWs: true });
    expect(await client.api.auth.me.query()).toEqual(town.customer);
    expect(failures).toEqual([]);
    const closed = closeOf(client.sockets.at(-1));
    await revokeSession(db(), sessionId, new Date());
    expect(await closed).toBe(4_401);
  });

  it('is not looked at any more when its socket was gone before it was known', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const [leaves, stays] = [await tokenOf(db(), town.customer), await tokenOf(db(), town.admin)];
    let goOn: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const asked: (string | null | undefined)[] = [];
    let askedAgain: () => void = () => undefined;
    const rechecked = new Promise<void>((resolve) => {
      askedAgain = resolve;
    });
    await using door = await openGate(server, async (read, { token }) => {
      const isFirst = !asked.includes(token);
      asked.push(token);
      if (token === leaves) await left;
      // As it comes, for its two calls, and then with the others.
      if (asked.filter((one) => one === stays).length >= 4) askedAgain();
      if (isFirst) throw new Error('the database is away');
      return read();
    });
    const socket = new WebSocket(`${socketUrl(door.url)}?connectionParams=1`);
    await once(socket, 'open');
    socket.send(JSON.stringify({ method: 'connectionParams', data: { token: leaves } }));
    await using client = connectClient(door.url, stays, { allOverWs: true });
    await client.api.auth.me.query();
    expect(asked).toContain(leaves);
    socket.terminate();
    await client.api.auth.me.query();
    goOn();
    await rechecked;
    expect(asked.filter((one) => one === leaves)).toHaveLength(1);
  });

  it('closes with 4403 when an admin blocks its person, who hears why and can do nothing', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    await using client = connectClient(server.url, await tokenOf(db(), driver));
    await using admin = connectClient(server.url, await tokenOf(db(), town.admin));
    const watched = watch<unknown>((on) => client.api.drivers.watch.subscribe({}, on));
    await watched.until(() => watched.got.length >= 1, 'a snapshot');
    const closed = closeOf(client.sockets.at(-1));
    const startedAt = performance.now();
    await admin.api.people.block.mutate({
      ...{ idempotencyKey: uuidv7(), userId: driver.userId },
      ...{ expectedVersion: 1, reason: 'Took the money' },
    });
    expect(await closed).toBe(4_403);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await watched.until(() => watched.errors.length > 0, 'a refusal');
    const refusal = { code: 'unauthenticated', reason: 'account_blocked' };
    expect(watched.errors[0]).toMatchObject({ data: { code: 'UNAUTHORIZED', refusal } });
    const called = await wireErrorOf(client.api.drivers.home.query());
    expect(called.data).toMatchObject({ code: 'UNAUTHORIZED', refusal });
  });

  it('closes with 4401 when an admin ends it', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const { sessionId, token } = await sessionOf(db(), town.customer);
    await using client = connectClient(server.url, token, { allOverWs: true });
    await using admin = connectClient(server.url, await tokenOf(db(), town.admin));
    expect(await client.api.auth.me.query()).toEqual(town.customer);
    const closed = closeOf(client.sockets.at(-1));
    const { userId } = town.customer;
    await admin.api.people.endSessions.mutate({ idempotencyKey: uuidv7(), userId, sessionId });
    expect(await closed).toBe(4_401);
  });

  it('signing out ends it everywhere', async () => {
    await using server = await startServer(database);
    const customer = await makeUser(db(), 'customer', 'Cora Customer');
    await using client = connectClient(server.url, await tokenOf(db(), customer), {
      allOverWs: true,
    });
    expect(await client.api.auth.me.query()).toEqual(customer);
    const closed = closeOf(client.sockets.at(-1));
    await client.api.auth.signOut.mutate();
    expect(await closed).toBe(4_401);
    expect(await client.api.auth.me.query()).toBeNull();
  });
});

it('a server that stops lets nobody in, asks its clients to go elsewhere, then closes', async () => {
  const server = await startServer(database);
  const town = await makeTown(db());
  const orderId = await placeTestOrder(db(), town);
  await using client = connectClient(server.url, await tokenOf(db(), town.customer));
  const watched = watch<unknown>((on) => client.api.orders.watch.subscribe({ orderId }, on));
  await watched.until(() => watched.got.length >= 1, 'a snapshot');
  const [socket] = client.sockets;
  const asked = new Promise<number>((resolve) => {
    socket?.on('message', (data) => {
      if (String(data) === '{"id":null,"method":"reconnect"}') resolve(socket.readyState);
    });
  });
  const closed = closeOf(socket);
  const stopped = server[Symbol.asyncDispose]();
  expect(await asked).toBe(WebSocket.OPEN);
  await expect(handshake(socketUrl(server.url), {})).rejects.toThrow(/ECONNREFUSED/);
  expect(await closed).toBe(1_012);
  await stopped;
  expect(watched.errors).toEqual([]);
});

describe('a token', () => {
  it.each<[string, () => Promise<string>]>([
    ['that is forged', async () => 'nonsense'],
    [
      'made with another secret',
      async () => {
        const customer = await makeUser(db(), 'customer', 'Cora Customer');
        const { sessionId } = await sessionOf(db(), customer);
        return encodeToken({ sid: sessionId, sub: customer.userId }, 'another secret', 60);
      },
    ],
    [
      'of a session that has expired',
      async () => {
        const customer = await makeUser(db(), 'customer', 'Cora Customer');
        return (await sessionOf(db(), customer, -60)).token;
      },
    ],
    [
      'of a session that never was',
      async () => encodeToken({ sid: uuidv7(), sub: uuidv7() }, SECRET, 60),
    ],
  ])('%s lets nobody in, over http or ws', async (_, makeToken) => {
    await using server = await startServer(database);
    const token = await makeToken();
    for (const allOverWs of [false, true]) {
      await using client = connectClient(server.url, token, { allOverWs });
      expect(await client.api.auth.me.query()).toBeNull();
      const refused = await wireErrorOf(client.api.orders.mine.query());
      expect(refused.data).toMatchObject({
        code: 'UNAUTHORIZED',
        refusal: { code: 'unauthenticated', reason: 'sign_in_required' },
      });
    }
  });
});
