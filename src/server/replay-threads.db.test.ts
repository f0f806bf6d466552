import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { defaultPolicy } from '@/domain/dispatch/zone-policy';
import type { PreviewJob, PreviewStep } from '@/domain/replay/preview';
import { carriedOrder } from '@/services/journey.testing';
import { openReplayThreads } from './replay-threads';
import { connectClient, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const atDatabase = { databaseUrl: database.url, pooled: false };

const jobOf = (zoneId: string): PreviewJob => ({
  ...{ zoneId, policy: defaultPolicy('broadcast') },
  from: new Date(Date.now() - 60_000).toISOString(),
  to: new Date(Date.now() + 60_000).toISOString(),
});

async function all(steps: AsyncGenerator<PreviewStep, void>): Promise<PreviewStep[]> {
  const seen: PreviewStep[] = [];
  for await (const step of steps) seen.push(step);
  return seen;
}

describe('a preview in a thread', () => {
  it('comes to an admin’s page with how far it is, and what came of it', async () => {
    const { town } = await carriedOrder(db(), { last: 'deliver' });
    await using server = await startServer(database);
    await using client = connectClient(server.url, await tokenOf(db(), town.admin));
    const input = { zoneId: town.zoneId, policy: { kind: 'broadcast' } };
    const steps = watch<PreviewStep>((listener) =>
      client.api.admin.previewDispatchPolicy.subscribe(input, listener),
    );
    await steps.until(() => steps.got.at(-1)?.kind === 'done', 'the end of the preview');
    expect(steps.got[0]).toEqual({ kind: 'running', share: 0 });
    expect(steps.got.at(-1)).toMatchObject({
      preview: { orders: 1, changed: { kind: 'broadcast', figures: { delivered: 1 } } },
    });
    expect(steps.errors).toEqual([]);
    expect(server.errors).toEqual([]);
  });

  it('waits for the one before it, and runs when that is over or broken off', async () => {
    const { zoneId } = await makeTown(db());
    const threads = openReplayThreads(atDatabase);
    const leaving = new AbortController();
    const first = threads.run(jobOf(zoneId), leaving.signal);
    expect((await first.next()).value).toEqual({ kind: 'running', share: 0 });
    const second = threads.run(jobOf(zoneId), undefined);
    expect((await second.next()).value).toEqual({ kind: 'waiting' });
    const rest = all(second);
    leaving.abort();
    expect(await all(first)).toEqual([]);
    expect(await rest).toEqual([{ kind: 'running', share: 0 }, { kind: 'nothing' }]);
  });

  it('is broken off when the server stops, also while it waits', async () => {
    const { zoneId } = await makeTown(db());
    const threads = openReplayThreads(atDatabase);
    const first = threads.run(jobOf(zoneId), undefined);
    await first.next();
    const second = threads.run(jobOf(zoneId), undefined);
    await second.next();
    const rest = all(second);
    await soon();
    threads.stop();
    expect(await all(first)).toEqual([]);
    expect(await rest).toEqual([]);
    expect(await all(threads.run(jobOf(zoneId), undefined))).toEqual([]);
  });

  it.each([
    ['time', { milliseconds: 1, megabytes: 256 }],
    ['memory', { milliseconds: 60_000, megabytes: 8 }],
  ] as const)('is given up when it takes too much %s', async (of, limits) => {
    const { zoneId } = await makeTown(db());
    const steps = await all(openReplayThreads(atDatabase, limits).run(jobOf(zoneId), undefined));
    expect(steps.at(-1)).toEqual({ kind: 'too_much', of });
  });

  it('says so when it fails, and lets the next one run', async () => {
    const { zoneId } = await makeTown(db());
    const nowhere = { ...atDatabase, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' };
    const threads = openReplayThreads(nowhere);
    await expect(all(threads.run(jobOf(zoneId), undefined))).rejects.toThrow();
    await expect(all(threads.run(jobOf(zoneId), undefined))).rejects.toThrow();
  });
});
