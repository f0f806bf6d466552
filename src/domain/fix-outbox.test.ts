import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FixAnswer } from './fix-frame';
import { FixOutbox } from './fix-outbox';
import type { PositionReport } from './position';

const fix = (n: number): PositionReport => ({
  at: { lat: 1, lng: 2 },
  headingDeg: null,
  speedMps: null,
  accuracyM: null,
  recordedAt: new Date(n * 1_000).toISOString(),
});
const number = (report: PositionReport) => Date.parse(report.recordedAt) / 1_000;
const taken = (seq: number): FixAnswer => ({ kind: 'outcomes', seq, outcomes: ['live'] });
const refused = (
  seq: number,
  reason: Extract<FixAnswer, { kind: 'refused' }>['reason'],
): FixAnswer => ({
  kind: 'refused',
  seq,
  reason,
  retryAfterMs: 5_000,
});

describe('fixes on a device', () => {
  it('are sent one frame after another, and forgotten once they are answered for', () => {
    const outbox = new FixOutbox();
    outbox.add(fix(1));
    expect(outbox.next(0)?.fixes.map(number)).toEqual([1]);
    outbox.add(fix(2));
    expect(outbox.next(1)).toBeNull();
    expect(outbox.answered(taken(1), 2)).toBeNull();
    expect(outbox.next(3)?.fixes.map(number)).toEqual([2]);
    outbox.answered(taken(2), 4);
    expect(outbox.size).toBe(0);
  });

  it('are kept in order while the network is away, the latest thousand of them', () => {
    const outbox = new FixOutbox();
    for (let n = 1; n <= 1_200; n += 1) outbox.add(fix(n));
    expect(outbox.size).toBe(1_000);
    const sent: number[] = [];
    for (let seq = 1; seq <= 4; seq += 1) {
      sent.push(...(outbox.next(seq)?.fixes.map(number) ?? []));
      outbox.answered(taken(seq), seq);
    }
    expect(sent).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 201));
  });

  it('that are not answered for are sent again, before later ones', () => {
    const outbox = new FixOutbox();
    outbox.add(fix(1));
    outbox.next(0);
    outbox.lost();
    outbox.add(fix(2));
    expect(outbox.next(1)?.fixes.map(number)).toEqual([1, 2]);
    // No answer at all.
    expect(outbox.next(5_000)).toBeNull();
    expect(outbox.next(10_002)?.fixes.map(number)).toEqual([1, 2]);
  });

  it('wait as long as they are told to', () => {
    const outbox = new FixOutbox([fix(1)]);
    outbox.next(0);
    outbox.answered(refused(1, 'too_many_positions'), 100);
    expect(outbox.next(5_099)).toBeNull();
    expect(outbox.next(5_100)?.fixes.map(number)).toEqual([1]);
  });

  it('are dropped when nobody wants them: off duty', () => {
    const outbox = new FixOutbox([fix(1)]);
    outbox.next(0);
    outbox.answered(refused(1, 'off_duty'), 1);
    expect(outbox.size).toBe(0);
  });

  it('say what is wrong with the newest one', () => {
    const outbox = new FixOutbox([fix(1), fix(2)]);
    outbox.next(0);
    const outcomes = ['position_implausible', 'position_from_future'] as const;
    expect(outbox.answered({ kind: 'outcomes', seq: 1, outcomes: [...outcomes] }, 1)).toBe(
      'position_from_future',
    );
    expect(outbox.answered(taken(99), 2)).toBeNull();
  });

  it('all arrive, in order, whatever is lost on the way', () => {
    const happening = fc.constantFrom('add', 'answer', 'lose', 'silence');
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 200 }), (story) => {
        const outbox = new FixOutbox();
        const arrived: number[] = [];
        let added = 0;
        let nowMs = 0;
        const deliver = () => {
          const frame = outbox.next(nowMs);
          // The server drops what it has already.
          for (const report of frame?.fixes ?? []) {
            if (number(report) > (arrived.at(-1) ?? 0)) arrived.push(number(report));
          }
          return frame?.seq ?? 0;
        };
        let seq = 0;
        for (const it of story) {
          nowMs += 100;
          if (it === 'add') {
            added += 1;
            outbox.add(fix(added));
          }
          if (it === 'answer') outbox.answered(taken(seq), nowMs);
          if (it === 'lose') outbox.lost();
          if (it === 'silence') nowMs += 20_000;
          seq = deliver() || seq;
        }
        for (let n = 0; n < 3; n += 1) {
          outbox.answered(taken(seq), nowMs);
          seq = deliver() || seq;
        }
        expect(arrived).toEqual(Array.from({ length: added }, (_, n) => n + 1));
        expect(outbox.size).toBe(0);
      }),
    );
  });
});
