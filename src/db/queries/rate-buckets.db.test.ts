import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { fullBucket, takeToken } from '@/domain/token-bucket';
import { dropBucketsBefore, readBucket, takeFromBucket } from './rate-buckets';

const database = testDatabase();
const db = () => database.connection.db;

const rule = { burst: 5, perSecond: 4 };

describe('a bucket in the database', () => {
  it('gives what the rule in the domain gives, whenever and however much is asked', async () => {
    const Ask = fc.record({ after: fc.integer({ min: -500, max: 2_000 }), count: fc.nat(7) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Ask, { maxLength: 12 }), async (asks) => {
        run += 1;
        const key = `model ${run}`;
        let nowMs = 1_000_000;
        let model = fullBucket(rule, nowMs);
        for (const { after, count } of asks) {
          nowMs += after;
          const wanted = takeToken(model, rule, nowMs, count);
          const got = await takeFromBucket(db(), key, rule, nowMs, count);
          expect(got === null).toBe(wanted === null);
          if (!wanted || !got) continue;
          expect(got.tokens).toBeCloseTo(wanted.tokens, 6);
          expect(await readBucket(db(), key, rule, nowMs)).toEqual(got);
          // As the database counted, so that nothing adds up.
          model = got;
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('of many who ask at once gives to as many as it holds', async () => {
    const takes = Array.from({ length: 40 }, () => takeFromBucket(db(), 'race', rule, 1_000));
    const taken = (await Promise.all(takes)).filter((bucket) => bucket !== null);
    expect(taken).toHaveLength(rule.burst);
    expect(await takeFromBucket(db(), 'race', rule, 1_250)).toEqual({ tokens: 0, at: 1_250 });
  });

  it('that nobody knows is full, and one that rested is forgotten', async () => {
    expect(await readBucket(db(), 'nobody', rule, 5)).toEqual({ tokens: 5, at: 5 });
    await takeFromBucket(db(), 'rested', rule, 1_000);
    await dropBucketsBefore(db(), 1_000);
    expect((await readBucket(db(), 'rested', rule, 1_000)).tokens).toBe(4);
    await dropBucketsBefore(db(), 1_001);
    expect((await readBucket(db(), 'rested', rule, 1_000)).tokens).toBe(5);
  });
});
