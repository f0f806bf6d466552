import { describe, expect, it } from 'vitest';
import { converse, type Log, newLog, serve, write } from './trpc-socket.testing';

type Client = Awaited<ReturnType<typeof converse>>;
type Script = (client: Client, log: Log) => Promise<unknown>;

/** All that a client hears, by its last PONG: before that, everything asked for has been answered. */
async function transcript(adapter: 'stock' | 'ours', script: Script, query = '') {
  const log = newLog();
  await using server = await serve(adapter, { log });
  using client = await converse(`${server.url}/${query}`);
  await script(client, log);
  client.say('PING');
  while (client.frames.at(-1) !== 'PONG' && client.socket.readyState === client.socket.OPEN) {
    await client.heard(client.frames.length + 1);
  }
  const { readers } = log.hub.size();
  return { frames: client.frames, readers };
}

const call = (id: unknown, method: string, path: string, input?: unknown, more = {}) => ({
  ...{ id, method, params: { path, input, ...more } },
});
const subscribe = (id: unknown, path: string, input?: unknown, lastEventId?: string) =>
  call(id, 'subscription', path, input, { lastEventId });
const stop = (id: unknown) => ({ id, method: 'subscription.stop' });

/** Says one thing after the other, each after so many answers to the one before. */
const inTurn =
  (...steps: [unknown, number][]): Script =>
  async (client) => {
    let wanted = 0;
    for (const [content, answers] of steps) {
      client.say(content);
      wanted += answers;
      await client.heard(wanted);
    }
  };

const SCRIPTS: [string, Script, string?][] = [
  [
    'queries and mutations',
    inTurn(
      [call(1, 'query', 'whoami'), 1],
      [call(2, 'query', 'echo', { some: ['thing', null] }), 1],
      [call(3, 'mutation', 'write', 2), 1],
      [call('four', 'query', 'echo'), 1],
      [{ ...call(5, 'query', 'whoami'), jsonrpc: '2.0' }, 1],
      [call(6, 'query', 'echo', { a: 1 }, { lastEventId: '7' }), 1],
    ),
  ],
  [
    'calls that are refused, fail, or are none',
    inTurn(
      [call(1, 'query', 'refuse'), 1],
      [{ ...call(2, 'mutation', 'crash'), jsonrpc: '2.0' }, 1],
      [call(3, 'query', 'number', 'NaN'), 1],
      [call(4, 'query', 'no.such'), 1],
      [call(5, 'mutation', 'whoami'), 1],
      [call(6, 'query', 'unsayable'), 1],
      [call(7, 'query', 'streamless'), 1],
      [call(8, 'query', 'follow'), 1],
      [call(null, 'query', 'whoami'), 1],
    ),
  ],
  [
    'batches',
    inTurn(
      [[call(1, 'query', 'whoami'), call(2, 'query', 'echo', 2), call(3, 'query', 'refuse')], 3],
      [[call(4, 'query', 'whoami')], 1],
      [[], 0],
      [Array.from({ length: 6 }, (_, id) => call(id, 'query', 'whoami')), 6],
      [[...Array.from({ length: 5 }, (_, id) => stop(id)), 'PING', null], 1],
      [[call(7, 'query', 'whoami'), { id: 8, method: 'steal' }], 1],
    ),
  ],
  [
    'frames that make no sense',
    inTurn(
      ['', 1],
      ['{', 1],
      ['null', 1],
      ['true', 1],
      ['"PING', 1],
      ['[1]', 1],
      [{ id: 1 }, 1],
      [{ id: 1, method: 'steal' }, 1],
      [{ id: 1, method: 'query', params: {} }, 1],
      [{ id: {}, method: 'query', params: { path: 'whoami' } }, 1],
      [{ id: 1, jsonrpc: '1.0', method: 'query', params: { path: 'whoami' } }, 1],
      [call(1, 'query', 'echo', 1, { lastEventId: 7 }), 1],
      ['PONG', 0],
      ['PING', 1],
      [stop(9), 0],
    ),
  ],
  [
    'a stream that ends, with and without cursors',
    inTurn(
      [subscribe(1, 'count', { to: 3 }), 5],
      [subscribe(2, 'count', { to: 3 }, '1'), 4],
      [subscribe(3, 'untracked'), 4],
      [{ ...subscribe('4', 'untracked'), jsonrpc: '2.0' }, 4],
    ),
  ],
  [
    'a stream that breaks off, and what is no stream',
    inTurn(
      [subscribe(1, 'breaks'), 4],
      [subscribe(2, 'whoami'), 1],
      [subscribe(3, 'no.such'), 1],
      [subscribe(4, 'count', { to: 'the end' }), 1],
    ),
  ],
  [
    'a stream that is stopped, twice, and its id used again',
    inTurn(
      [subscribe(1, 'waits'), 2],
      [subscribe(1, 'waits'), 1],
      [[stop(1), stop(1)], 1],
      [subscribe(1, 'waits'), 2],
    ),
  ],
  [
    'a live feed, from its beginning and from a cursor',
    async (client, log) => {
      write(log, 2);
      await inTurn([subscribe(1, 'follow'), 3])(client, log);
      write(log, 2);
      await client.heard(5);
      client.say({ ...subscribe('two', 'follow', {}, '3'), jsonrpc: '2.0' });
      await client.heard(7);
      log.padding = 'å€😀'.repeat(20);
      write(log);
      await client.heard(9);
      client.say(stop(1));
      await client.heard(10);
      log.padding = 'x'.repeat(70_000);
      write(log);
      await client.heard(11);
    },
  ],
  [
    'a live feed of which the hub has lost something',
    async (client, log) => {
      await inTurn([subscribe(1, 'follow'), 1])(client, log);
      write(log);
      await client.heard(2);
      write(log, 3, true);
      await client.heard(5);
      write(log);
      await client.heard(6);
    },
  ],
  [
    'a live feed that is refused, and one that is stopped as soon as it is asked for',
    inTurn(
      [subscribe(1, 'refused'), 3],
      [[subscribe(2, 'follow'), stop(2)], 1],
      [subscribe(2, 'follow'), 1],
    ),
  ],
  [
    'a live feed without cursors',
    async (client, log) => {
      await inTurn([subscribe(1, 'latest'), 2])(client, log);
      write(log);
      await client.heard(3);
    },
  ],
  [
    'who somebody is',
    inTurn(
      [{ method: 'connectionParams', data: { name: 'Nora' } }, 0],
      [call(1, 'query', 'whoami'), 1],
    ),
    '?connectionParams=1',
  ],
  [
    'somebody who does not say who they are',
    inTurn([{ method: 'connectionParams', data: null }, 0], [call(1, 'query', 'whoami'), 1]),
    '?connectionParams=1',
  ],
  ...['{', 'null', '{"data":{"name":7}}'].map((nonsense): [string, Script, string] => [
    `somebody who says nonsense (${nonsense}), which closes the connection`,
    async (client) => {
      client.say(nonsense);
      client.say(call(1, 'query', 'whoami'));
      await client.closed;
    },
    '?connectionParams=1',
  ]),
  [
    'somebody who is not let in, which closes the connection',
    async (client) => {
      client.say({ method: 'connectionParams', data: { name: 'nobody' } });
      await client.closed;
    },
    '?connectionParams=1',
  ],
];

describe('tRPC’s protocol is spoken as by its own adapter, frame by frame', () => {
  it.each(SCRIPTS)('%s', async (_, script, query) => {
    const stock = await transcript('stock', script, query);
    const ours = await transcript('ours', script, query);
    expect(stock.frames.length).toBeGreaterThan(0);
    // Where the code of this test is, a stack trace says.
    const withoutStacks = (frames: string[]) =>
      frames.map((frame) => frame.replace(/"stack":"(\\.|[^"])*"/g, '"stack":""'));
    expect(withoutStacks(ours.frames)).toEqual(withoutStacks(stock.frames));
    expect(ours.readers).toBe(stock.readers);
  });

  const KEEP_ALIVE = { pingMs: 20, pongWaitMs: 60 };

  it.each(['stock', 'ours'] as const)(
    'who is quiet is asked, and cut off without an answer (%s)',
    async (adapter) => {
      await using server = await serve(adapter, { log: newLog(), keepAlive: KEEP_ALIVE });
      using dead = await converse(server.url);
      using alive = await converse(server.url);
      alive.socket.on('message', () => alive.say('PONG'));
      expect(await dead.closed).toBe(1_006);
      expect(dead.frames).toEqual(['PING']);
      const before = alive.frames.length;
      await alive.heard(before + 3);
      expect(alive.socket.readyState).toBe(alive.socket.OPEN);
      expect(new Set(alive.frames)).toEqual(new Set(['PING']));
    },
  );
});
