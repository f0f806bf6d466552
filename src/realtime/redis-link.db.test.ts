import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { startTcpProxy } from '@/db/testing/tcp-proxy';
import type { DriverPosition } from '@/domain/driver';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { decodeMoves, encodeMoves } from './moves-on-wire';
import type { NodeLink } from './node-link';
import { openRedisLink } from './redis-link';

const INSTALLATION = 'a1b2c3d4e5f6';
const [ANA, BEN] = [1, 2].map((n) => `00000000-0000-7000-8000-00000000000${n}`) as [string, string];
const TIMEOUT = { timeout: 15_000 };

const position = (driverId: string, n: number): DriverPosition => ({
  ...{ driverId, at: { lat: 10 + n / 1_000, lng: -20.5 }, headingDeg: 90, speedMps: null },
  recordedAt: new Date(1_800_000_000_000 + n).toISOString(),
});

let links: NodeLink[] = [];
afterEach(() => {
  for (const link of links.splice(0)) link.stop();
  links = [];
});

/** A node's end of the link, and what it has heard. */
function node(url: string, installation = INSTALLATION) {
  const heard = { commits: 0, moved: [] as DriverPosition[], states: [] as boolean[] };
  const link = openRedisLink(url, installation, {
    onCommitted: () => {
      heard.commits += 1;
    },
    onMoved: (moved) => heard.moved.push(...moved),
    onChange: (up) => heard.states.push(up),
  });
  links.push(link);
  const is = (up: boolean) => expect.poll(() => link.isUp(), TIMEOUT).toBe(up);
  return { link, heard, is };
}

describe.skipIf(!redisInstalled())('nodes that tell each other by Redis', () => {
  it('hear what others have committed, and not themselves', async () => {
    await using redis = await startRedis();
    const [a, b] = [node(redis.url), node(redis.url)];
    await Promise.all([a.is(true), b.is(true)]);
    a.link.committed();
    await expect.poll(() => b.heard.commits, TIMEOUT).toBe(1);
    for (let n = 0; n < 1_000; n += 1) b.link.committed();
    await expect.poll(() => a.heard.commits, TIMEOUT).toBe(2);
    expect(b.heard.commits).toBe(1);
  });

  it('get the latest of each driver, however many come at once', async () => {
    await using redis = await startRedis();
    const [a, b] = [node(redis.url), node(redis.url)];
    await Promise.all([a.is(true), b.is(true)]);
    for (let n = 1; n <= 500; n += 1) for (const id of [ANA, BEN]) a.link.moved(position(id, n));
    const latest = () => b.heard.moved.filter(({ at }) => at.lat === 10.5);
    await expect.poll(() => latest().length, TIMEOUT).toBe(2);
    expect(b.heard.moved.length).toBeLessThanOrEqual(4);
    const both = [position(ANA, 500), position(BEN, 500)];
    expect(latest()).toEqual(expect.arrayContaining(both));
    expect(a.heard.moved).toEqual([]);
  });

  it('do not hear other installations, nor words that they don’t know', async () => {
    await using redis = await startRedis();
    const [a, b, other] = [node(redis.url), node(redis.url), node(redis.url, 'f6e5d4c3b2a1')];
    await Promise.all([a.is(true), b.is(true), other.is(true)]);
    const stranger = new Redis(redis.url);
    for (const words of ['', 'x'.repeat(36), `${'x'.repeat(36)}[["${ANA}",91,0,null,null,1]]`]) {
      await stranger.publish(`hotfoot:${INSTALLATION}:moved`, words);
    }
    stranger.disconnect();
    other.link.committed();
    other.link.moved(position(ANA, 1));
    a.link.moved(position(BEN, 2));
    await expect.poll(() => b.heard.moved, TIMEOUT).toEqual([position(BEN, 2)]);
    expect(b.heard.commits).toBe(0);
    expect(other.heard.moved).toEqual([]);
  });

  it('know when it is killed, keep nothing for it, and come back', async () => {
    await using redis = await startRedis();
    const [a, b] = [node(redis.url), node(redis.url)];
    await Promise.all([a.is(true), b.is(true)]);
    await redis.kill();
    await Promise.all([a.is(false), b.is(false)]);
    a.link.moved(position(ANA, 1));
    a.link.committed();
    await redis.restart();
    await Promise.all([a.is(true), b.is(true)]);
    a.link.moved(position(ANA, 2));
    await expect.poll(() => b.heard.moved, TIMEOUT).toEqual([position(ANA, 2)]);
    expect(a.heard.states).toEqual([true, false, true]);
  });

  it.each(['silent', 'half open'] as const)(
    'know when the way to it is %s',
    {
      timeout: 60_000,
    },
    async (kind) => {
      await using redis = await startRedis();
      const proxy = await startTcpProxy({
        host: '127.0.0.1',
        port: Number(new URL(redis.url).port),
      });
      const [a, b] = [node(`redis://127.0.0.1:${proxy.port}`), node(redis.url)];
      await Promise.all([a.is(true), b.is(true)]);
      if (kind === 'silent') await proxy.become('silent');
      else proxy.freezeOpen();
      await a.is(false);
      expect(b.link.isUp()).toBe(true);
      if (kind === 'silent') await proxy.become('well');
      await a.is(true);
      a.link.committed();
      await expect.poll(() => b.heard.commits, TIMEOUT).toBe(1);
      for (const link of links.splice(0)) link.stop();
      await proxy.stop();
    },
  );
});

describe('moves on the wire', () => {
  it('come out as they went in', () => {
    const moves = [position(ANA, 1), { ...position(BEN, 2), headingDeg: null, speedMps: 4.5 }];
    expect(decodeMoves(encodeMoves(moves))).toEqual(moves);
  });

  it.each(['', '{', '7', '[[1]]', `[["${ANA}",1,2,null,null]]`, '[["x",1,2,null,null,3]]'])(
    'are nothing when they are %j',
    (words) => {
      expect(decodeMoves(words)).toBeNull();
    },
  );
});
