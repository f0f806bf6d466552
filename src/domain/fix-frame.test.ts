import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeAnswers,
  decodeFixes,
  encodeFixes,
  encodeOutcomes,
  encodeRefused,
  type FixOutcome,
  FRAME_REFUSALS,
  MAX_FIXES_PER_FRAME,
} from './fix-frame';
import type { PositionReport } from './position';

const orNull = (most: number) => fc.option(fc.double({ min: 0, max: most, noNaN: true }));

const aFix: fc.Arbitrary<PositionReport> = fc.record({
  at: fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  headingDeg: orNull(360),
  speedMps: orNull(100),
  accuracyM: orNull(10_000),
  recordedAt: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

const near = (a: number | null, b: number | null, error: number) =>
  a === null || b === null ? expect(a).toBe(b) : expect(Math.abs(a - b)).toBeLessThanOrEqual(error);

describe('positions in a frame', () => {
  it('are read as they were written: a centimetre, a millisecond, a hundredth of a degree', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 32 - 1),
        fc.array(aFix, { minLength: 1, maxLength: 20 }),
        (seq, fixes) => {
          const frame = decodeFixes(new Uint8Array(encodeFixes(seq, fixes)));
          expect(frame?.seq).toBe(seq);
          expect(frame?.fixes).toHaveLength(fixes.length);
          for (const [n, fix] of fixes.entries()) {
            const read = frame?.fixes[n];
            expect(read?.recordedAt).toBe(fix.recordedAt);
            near(read?.at.lat ?? null, fix.at.lat, 0.6e-7);
            near(read?.at.lng ?? null, fix.at.lng, 0.6e-7);
            near(read?.headingDeg ?? null, fix.headingDeg, 0.0051);
            near(read?.speedMps ?? null, fix.speedMps, 0.0051);
            near(read?.accuracyM ?? null, fix.accuracyM, 0.51);
          }
        },
      ),
    );
  });

  it('take 22 bytes each', () => {
    const [fix] = fc.sample(aFix, 1);
    expect(encodeFixes(1, fix ? [fix] : []).byteLength).toBe(5 + 22);
  });

  it('are read from the middle of a larger buffer, as sockets hand them over', () => {
    const [fix] = fc.sample(aFix, 1);
    const frame = new Uint8Array(encodeFixes(7, fix ? [fix] : []));
    const larger = new Uint8Array(100);
    larger.set(frame, 13);
    expect(decodeFixes(larger.subarray(13, 13 + frame.byteLength))).toEqual(decodeFixes(frame));
  });
});

describe('a frame that is none', () => {
  const bytes = (...values: number[]) => new Uint8Array(values);

  it.each<[string, Uint8Array]>([
    ['empty', bytes()],
    ['a header alone', bytes(1, 0, 0, 0, 1)],
    ['of another kind', new Uint8Array(27).fill(9)],
    ['half a fix', new Uint8Array(16).fill(1)],
    ['too many fixes', new Uint8Array(5 + 22 * (MAX_FIXES_PER_FRAME + 1)).fill(1)],
  ])('is told from one: %s', (_, frame) => {
    expect(decodeFixes(frame)).toBeNull();
  });

  it('never throws, whatever the bytes, and lets no value through that is out of range', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        decodeAnswers(tail);
        const count = Math.floor(tail.length / 22);
        const frame = decodeFixes(new Uint8Array([1, 0, 0, 0, 1, ...tail.subarray(0, count * 22)]));
        for (const fix of frame?.fixes ?? []) {
          if (!fix) continue;
          expect(Math.abs(fix.at.lat)).toBeLessThanOrEqual(90);
          expect(Math.abs(fix.at.lng)).toBeLessThanOrEqual(180);
          expect(fix.headingDeg ?? 0).toBeLessThanOrEqual(360);
          expect(Date.parse(fix.recordedAt)).not.toBeNaN();
        }
      }),
    );
  });

  it('with one bad fix among good ones keeps its others', () => {
    const [a, b] = fc.sample(aFix, 2);
    const frame = new Uint8Array(encodeFixes(3, a && b ? [a, b] : []));
    // Latitude 200 degrees.
    new DataView(frame.buffer).setInt32(5 + 8, 2_000_000_000);
    expect(decodeFixes(frame)?.fixes.map((fix) => fix?.recordedAt ?? null)).toEqual([
      null,
      b?.recordedAt,
    ]);
  });
});

describe('answers', () => {
  it('of several frames come in one', () => {
    const answers = [
      { seq: 1, outcomes: ['live'] satisfies FixOutcome[] },
      {
        seq: 2 ** 32 - 1,
        outcomes: ['history', 'position_stale', 'position_elsewhere'] as FixOutcome[],
      },
    ];
    expect(decodeAnswers(encodeOutcomes(answers))).toEqual(
      answers.map((answer) => ({ kind: 'outcomes', ...answer })),
    );
  });

  it.each(FRAME_REFUSALS)('say why a frame was refused: %s', (reason) => {
    expect(decodeAnswers(encodeRefused(9, reason, 1_500.2))).toEqual([
      { kind: 'refused', seq: 9, reason, retryAfterMs: 1_501 },
    ]);
  });
});
