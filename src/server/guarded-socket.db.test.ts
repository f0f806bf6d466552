import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { placeTestOrder } from '@/services/testing';
import { SOCKET_LIMITS, type SocketLimits } from './guarded-socket';
import { startServer, TRPC_PATH, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const serverWith = (limits: Partial<SocketLimits> = {}) =>
  startServer(database, { limits: { ...SOCKET_LIMITS, ...limits } });

/** A socket without a client's manners. */
async function open(url: string, token?: string) {
  const address = `${url.replace('http', 'ws')}${TRPC_PATH}`;
  const socket = new WebSocket(token ? `${address}?connectionParams=1` : address);
  const frames: string[] = [];
  socket.on('message', (data) => frames.push(String(data)));
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  if (token) socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }));
  const say = (content: unknown) =>
    socket.send(typeof content === 'string' ? content : JSON.stringify(content));
  return {
    ...{ socket, frames, closed, say },
    /** What comes next that holds this text. */
    async heard(text: string): Promise<string> {
      for (;;) {
        const frame = frames.find((each) => each.includes(text));
        if (frame) return frame;
        await Promise.race([once(socket, 'message'), closed]);
        if (socket.readyState === WebSocket.CLOSED) throw new Error(`closed before ${text}`);
      }
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

const me = (id: number) => ({ id, method: 'query', params: { path: 'auth.me' } });
const follow = (id: number, orderId: string) => ({
  id,
  method: 'subscription',
  params: { path: 'orders.watch', input: { orderId } },
});

async function handshakeStatus(url: string): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${TRPC_PATH}`);
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_, answer: IncomingMessage) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    socket.once('open', () => reject(new Error('it was let in')));
  });
}

describe('a socket', () => {
  it('that says nothing is closed; one that has spoken stays', async () => {
    await using server = await serverWith({ silentMs: 200 });
    using silent = await open(server.url);
    using guest = await open(server.url);
    guest.say(me(1));
    expect(await silent.closed).toBe(4_401);
    await guest.heard('"id":1');
    guest.say(me(2));
    await guest.heard('"id":2');
  });

  it('that sends more calls in one frame than anybody needs has none of them done', async () => {
    await using server = await serverWith();
    using socket = await open(server.url);
    socket.say(Array.from({ length: SOCKET_LIMITS.batch + 1 }, (_, id) => me(id)));
    const frame = await socket.heard(`"id":${SOCKET_LIMITS.batch},`);
    expect(frame).toContain('Batch call exceeds maximum size');
    expect(socket.frames.filter((each) => each.includes('"result"'))).toEqual([]);
  });

  it('that floods is closed with 4429, and nobody else', async () => {
    await using server = await serverWith({ messages: { burst: 100, perSecond: 10 } });
    using other = await open(server.url);
    using flood = await open(server.url);
    for (let id = 0; id < 500; id += 1) flood.say(me(id));
    expect(await flood.closed).toBe(4_429);
    other.say(me(1));
    await other.heard('"id":1');
  });

  it('may follow a hundred things, not more; what it stops makes room', async () => {
    await using server = await serverWith({ messages: { burst: 1_000, perSecond: 1_000 } });
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    using socket = await open(server.url, await tokenOf(db(), town.customer));
    for (let id = 1; id <= 150; id += 1) {
      socket.say(follow(id, orderId));
      socket.say({ id, method: 'subscription.stop' });
    }
    for (let id = 201; id <= 300; id += 1) socket.say(follow(id, orderId));
    await socket.heard('"id":300,');
    socket.say(follow(301, orderId));
    expect(await socket.closed).toBe(4_429);
  });

  it('gets room back for what ended on our side', async () => {
    await using server = await serverWith({ subscriptions: 3 });
    const town = await makeTown(db());
    using socket = await open(server.url, await tokenOf(db(), town.customer));
    for (let id = 1; id <= 10; id += 1) {
      socket.say(follow(id, town.zoneId));
      expect(await socket.heard(`"id":${id},"error"`)).toContain('not_found');
    }
  });

  it('can’t hide what it follows behind white space or in a batch', async () => {
    await using server = await serverWith({ subscriptions: 2 });
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    using socket = await open(server.url, await tokenOf(db(), town.customer));
    socket.say(
      JSON.stringify(
        [1, 2, 3].map((id) => follow(id, orderId)),
        null,
        2,
      ),
    );
    expect(await socket.closed).toBe(4_429);
  });

  it('with nonsense is told so, and stays', async () => {
    await using server = await serverWith();
    using socket = await open(server.url);
    for (const nonsense of ['{"id":', '[]', 'null', '"PING', '{"id":1,"method":"steal"}']) {
      socket.say(nonsense);
    }
    socket.say({ id: 7, method: 'query', params: { path: 'no.such' } });
    expect(await socket.heard('"id":7')).toContain('NOT_FOUND');
    expect(server.errors).toEqual([]);
  });

  it('with a token that is forged is a guest’s', async () => {
    await using server = await serverWith();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const token = await tokenOf(db(), town.customer);
    using socket = await open(server.url, `${token.slice(0, -4)}AAAA`);
    socket.say(me(1));
    expect(await socket.heard('"id":1')).toContain('"data":null');
    socket.say(follow(2, orderId));
    expect(await socket.heard('"id":2')).toContain('unauthenticated');
  });

  it('that does not read what it asked for is cut off before it costs much', async () => {
    await using server = await serverWith({ unsentBytes: 65_536 });
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    using socket = await open(server.url, await tokenOf(db(), town.customer));
    socket.say(follow(1, orderId));
    await socket.heard('"data"');
    socket.socket.pause();
    // More than the kernel's own buffers hold.
    await db().execute(sql`
      DO $$ BEGIN FOR n IN 1..6000 LOOP
        UPDATE orders SET promised_to = promised_to + interval '1 minute' WHERE id = '${sql.raw(orderId)}';
      END LOOP; END $$`);
    const sockets = async () => (await (await fetch(`${server.url}/health`)).json()).sockets;
    await expect.poll(sockets, { timeout: 20_000 }).toBe(0);
  });
});

describe('sockets', () => {
  it('of one person are counted; one that goes makes room', async () => {
    await using server = await serverWith({ perPerson: 2 });
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const other = await tokenOf(db(), town.admin);
    const arrive = async (whose: string) => {
      const socket = await open(server.url, whose);
      socket.say(me(1));
      return socket;
    };
    using first = await arrive(token);
    using second = await arrive(token);
    for (const socket of [first, second]) await socket.heard('"id":1');
    using third = await arrive(token);
    expect(await third.closed).toBe(4_429);
    using somebody = await arrive(other);
    await somebody.heard('"id":1');
    first.socket.close();
    await first.closed;
    using fourth = await arrive(token);
    await fourth.heard('"id":1');
  });

  it('from one address are counted before they open', async () => {
    await using server = await serverWith({ perAddress: 3 });
    using _first = await open(server.url);
    using _second = await open(server.url);
    using third = await open(server.url);
    expect(await handshakeStatus(server.url)).toBe(429);
    third.socket.close();
    await third.closed;
    using fourth = await open(server.url);
    fourth.say(me(1));
    await fourth.heard('"id":1');
  });
});

it('a batch over HTTP has its limit too', async () => {
  await using server = await serverWith();
  const calls = Array.from({ length: 51 }, () => 'auth.me').join(',');
  const answer = await fetch(`${server.url}${TRPC_PATH}/${calls}?batch=1&input=%7B%7D`);
  expect(answer.status).toBe(400);
});
