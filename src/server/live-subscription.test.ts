import { describe, expect, it } from 'vitest';
import { QUEUE_LIMIT } from '@/realtime/hub';
import { converse, newLog, serve, write } from './trpc-socket.testing';

const follow = (id: number, lastEventId?: string) => ({
  ...{ id, method: 'subscription', params: { path: 'follow', lastEventId } },
});
const latest = (id: number) => ({ id, method: 'subscription', params: { path: 'latest' } });

const linesIn = (frames: readonly string[]) =>
  frames.flatMap((frame) => /"line":(\d+)/.exec(frame)?.[1] ?? []).map(Number);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** More than the kernel keeps for a reader who does not read. */
const HEAVY = { padding: 'x'.repeat(8_192), lines: 2_000 };

describe('what the hub tells', () => {
  it('is encoded once for all readers, whatever their requests are called', async () => {
    const log = newLog();
    await using server = await serve('ours', { log });
    const clients = await Promise.all(upTo(20).map(() => converse(server.url)));
    for (const [n, client] of clients.entries()) {
      client.say(follow(n % 3));
      await client.heard(1);
    }
    write(log, 5);
    for (const client of clients) await client.heard(6);
    expect(clients.map(({ frames }) => linesIn(frames))).toEqual(clients.map(() => upTo(5)));
    expect(log.encoded).toBe(5);
    for (const client of clients) client.socket.terminate();
  });

  it('goes out in one write, if it has come in one go', async () => {
    const log = newLog();
    const writes: number[] = [];
    await using server = await serve('ours', { log, onWrite: (bytes) => writes.push(bytes) });
    using client = await converse(server.url);
    client.say([follow(1), follow(2)]);
    await client.heard(2);
    const before = writes.length;
    write(log, 10);
    await client.heard(22);
    expect(writes.length - before).toBe(1);
  });

  it('stands before what is sent after it', async () => {
    const log = newLog();
    await using server = await serve('ours', { log });
    using client = await converse(server.url);
    client.say(follow(1));
    await client.heard(1);
    client.say({ id: 2, method: 'mutation', params: { path: 'write', input: 3 } });
    await client.heard(5);
    expect(linesIn(client.frames.slice(0, 4))).toEqual(upTo(3));
    expect(client.frames.at(-1)).toContain('"id":2');
  });
});

describe('a reader who does not read', () => {
  it('is cut off before it costs more than it may, and nobody else notices', async () => {
    const log = newLog();
    await using server = await serve('ours', { log });
    using stalled = await converse(server.url);
    using other = await converse(server.url);
    for (const client of [stalled, other]) {
      client.say(follow(1));
      await client.heard(1);
    }
    stalled.socket.pause();
    log.padding = HEAVY.padding;
    let most = 0;
    while (server.sockets.size > 1) {
      write(log);
      await other.heard(log.lines + 1);
      most = Math.max(most, ...[...server.sockets].map(({ bufferedAmount }) => bufferedAmount));
    }
    expect(most).toBeGreaterThan(500_000);
    expect(most).toBeLessThan(1_048_576 + 2 * HEAVY.padding.length);
    expect(linesIn(other.frames)).toEqual(upTo(log.lines));
  });

  it('has what it missed sent no faster than it reads, and gets all of it', async () => {
    const log = { ...newLog(), ...HEAVY };
    await using server = await serve('ours', { log });
    using client = await converse(server.url);
    client.socket.pause();
    client.say(follow(1));
    const [socket] = server.sockets;
    await expect.poll(() => socket?.bufferedAmount ?? 0).toBeGreaterThan(65_536);
    // What happens meanwhile is more than is kept for it.
    write(log, QUEUE_LIMIT + 1);
    expect(socket?.bufferedAmount).toBeLessThan(200_000);
    client.socket.resume();
    await client.heard(1 + log.lines);
    write(log);
    await client.heard(1 + log.lines);
    expect(linesIn(client.frames)).toEqual(upTo(log.lines));
  });

  it('gets the latest position alone once it reads again', async () => {
    const log = newLog();
    await using server = await serve('ours', { log });
    using client = await converse(server.url);
    client.say([latest(1), follow(2)]);
    await client.heard(3);
    client.socket.pause();
    log.padding = HEAVY.padding;
    const [socket] = server.sockets;
    const waiting = () => socket?.bufferedAmount ?? 0;
    while (waiting() < 200_000) {
      write(log);
      await new Promise(setImmediate);
    }
    log.padding = '';
    const skippedFrom = log.lines;
    write(log, 50);
    client.socket.resume();
    const positions = () =>
      client.frames.flatMap((frame) => /"id":1,.*"data":(\d+)/.exec(frame)?.[1] ?? []).map(Number);
    await expect.poll(() => positions().at(-1)).toBe(log.lines);
    expect(positions().filter((line) => line > skippedFrom)).toEqual([log.lines]);
    expect(linesIn(client.frames)).toEqual(upTo(log.lines));
  });
});

it('a connection that ends leaves nothing in the hub', async () => {
  const log = newLog();
  await using server = await serve('ours', { log });
  using client = await converse(server.url);
  client.say([follow(1), latest(2), follow(3)]);
  await client.heard(4);
  expect(log.hub.size().readers).toBe(3);
  client.socket.terminate();
  await expect.poll(() => log.hub.size()).toEqual({ topics: 0, readers: 0 });
});
