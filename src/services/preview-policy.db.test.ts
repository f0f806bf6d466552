import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readPolicies } from '@/db/queries/policies';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { defaultPolicy } from '@/domain/dispatch/zone-policy';
import type { PreviewJob } from '@/domain/replay/preview';
import type { Viewer } from '@/domain/roles';
import { carriedOrder } from './journey.testing';
import { previewPolicy } from './preview-policy';
import { reasonOf, refusalOf } from './refused.testing';
import { replayZone } from './replay-zone';
import type { Replays } from './replays';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const jobOf = ({ zoneId }: Town, at = Date.now()): PreviewJob => ({
  ...{ zoneId, policy: defaultPolicy('batch') },
  from: new Date(at - 60_000).toISOString(),
  to: new Date(at + 60_000).toISOString(),
});

describe('a zone that is replayed', () => {
  it('is told as it was, by its present policy and by the other one, with how far it has come', async () => {
    const { town } = await carriedOrder(db(), { last: 'deliver' });
    const shares: number[] = [];
    const end = await replayZone(db(), jobOf(town), (share) => shares.push(share));
    expect(end).toMatchObject({
      kind: 'done',
      preview: {
        ...{ orders: 1, drivers: 1, leftOut: { orders: 0, drivers: 0 } },
        recorded: { orders: 1, delivered: 1 },
        present: { kind: 'nearest', figures: { orders: 1, delivered: 1 } },
        changed: { kind: 'batch', figures: { orders: 1, delivered: 1 } },
      },
    });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.5);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('has nothing to show where nobody was looked for, or nothing has come to its end', async () => {
    const quiet = await makeTown(db());
    expect(await replayZone(db(), jobOf(quiet), () => undefined)).toEqual({ kind: 'nothing' });
    const { town } = await carriedOrder(db(), { last: 'pick_up' });
    expect(await replayZone(db(), jobOf(town), () => undefined)).toEqual({ kind: 'nothing' });
    const { town: before } = await carriedOrder(db(), { last: 'deliver' });
    const later = jobOf(before, Date.now() + 3_600_000);
    expect(await replayZone(db(), later, () => undefined)).toEqual({ kind: 'nothing' });
  });
});

describe('a preview', () => {
  /** Keeps what it was asked for. */
  function listening() {
    const jobs: PreviewJob[] = [];
    const replays: Replays = {
      async *run(job) {
        jobs.push(job);
        yield { kind: 'nothing' };
      },
    };
    return { jobs, replays };
  }

  const first = (
    town: Town,
    policy: Record<string, unknown>,
    { who = town.admin, zoneId = town.zoneId }: { who?: Viewer; zoneId?: string } = {},
  ) =>
    previewPolicy(
      contextOf(db(), who),
      { zoneId, policy, hours: 24 },
      listening().replays,
      undefined,
    ).next();

  it('is of the last hours, as many as are asked for, under the policy with all its knobs, and changes nothing', async () => {
    const town = await makeTown(db());
    const { jobs, replays } = listening();
    const now = new Date('2026-11-20T12:00:00Z');
    const ctx = contextOf(db(), town.admin, { now: () => now });
    const input = {
      zoneId: town.zoneId,
      policy: { kind: 'batch', windowSeconds: 9 },
      hours: 6 as const,
    };
    for await (const step of previewPolicy(ctx, input, replays, undefined)) {
      expect(step).toEqual({ kind: 'nothing' });
    }
    const policy = { ...defaultPolicy('batch'), windowSeconds: 9 };
    const stretch = { from: '2026-11-20T06:00:00.000Z', to: '2026-11-20T12:00:00.000Z' };
    expect(jobs).toEqual([{ zoneId: town.zoneId, policy, ...stretch }]);
    const stored = (await readPolicies(db())).find(({ zoneId }) => zoneId === town.zoneId);
    expect(stored).toMatchObject({ document: {}, version: 1 });
  });

  it('of nonsense is refused by the field that makes none', async () => {
    const town = await makeTown(db());
    const refusal = await refusalOf(db(), () => first(town, { kind: 'batch', windowSeconds: -1 }));
    expect(refusal).toMatchObject({ reason: 'policy_invalid', data: { field: 'windowSeconds' } });
  });

  it('is an admin’s alone, of a zone that there is, where a server of ours runs', async () => {
    const town = await makeTown(db());
    expect(await reasonOf(db(), () => first(town, {}, { who: town.customer }))).toBe(
      'role_not_allowed',
    );
    expect(await reasonOf(db(), () => first(town, {}, { zoneId: uuidv7() }))).toBe(
      'zone_not_found',
    );
    const ctx = contextOf(db(), town.admin);
    const input = { zoneId: town.zoneId, policy: {}, hours: 24 as const };
    const hosted = () => previewPolicy(ctx, input, undefined, undefined).next();
    expect(await reasonOf(db(), hosted)).toBe('preview_needs_server');
  });
});
