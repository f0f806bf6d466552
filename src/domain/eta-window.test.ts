import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrate,
  ENOUGH_SAMPLES,
  ETA_STAGES,
  type EtaSample,
  isNews,
  NO_CALIBRATION,
  windowAround,
  windowMinutes,
  windowWithSlot,
} from './eta-window';
import { seededRandom } from './random';

const now = new Date('2026-11-20T12:00:20Z');
const stage = fc.constantFrom(...ETA_STAGES);
const minutes = fc.double({ min: 0, max: 300, noNaN: true });
const calibration = fc
  .tuple(fc.double({ min: 0.2, max: 1, noNaN: true }), fc.double({ min: 1, max: 3, noNaN: true }))
  .map(([low, high]) => ({ low, high }));

describe('a window', () => {
  it('stands on whole minutes, is two wide at least, and ends after now', () => {
    fc.assert(
      fc.property(stage, minutes, calibration, (at, ahead, fit) => {
        const { from, to } = windowAround({ stage: at, minutes: ahead }, { [at]: fit }, now);
        expect([from, to].map((end) => end.getTime() % 60_000)).toEqual([0, 0]);
        expect(to.getTime() - from.getTime()).toBeGreaterThanOrEqual(120_000);
        expect(to.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });

  it('is as wide as history says, and ordinary where there is none', () => {
    const of = (fits: Parameters<typeof windowMinutes>[1]) =>
      windowMinutes({ stage: 'kitchen', minutes: 28 }, fits);
    expect(of({ kitchen: { low: 0.9, high: 1.5 } })).toEqual({ from: 25, to: 43 });
    expect(of({ to_pickup: { low: 0.1, high: 9 } })).toEqual(of(NO_CALIBRATION));
  });
});

describe('the window of an order for a slot', () => {
  const at = (ahead: number) => new Date(Date.parse('2026-11-20T12:00:00Z') + ahead * 60_000);
  const slot = { from: at(60), to: at(75) };
  const shown = (of: (typeof ETA_STAGES)[number], ahead: number, when = now) => {
    const { from, to } = windowWithSlot({ stage: of, minutes: ahead }, NO_CALIBRATION, when, slot);
    return from.getTime() === slot.from.getTime() && to.getTime() === slot.to.getTime();
  };

  it.each([
    ['far ahead', 'kitchen', 60, now, true],
    ['with a driver on the way to the kitchen', 'to_pickup', 70, now, true],
    ['as soon as it will be missed', 'kitchen', 80, now, false],
    ['once it has begun', 'kitchen', 5, at(61), false],
    ['once the food is on its way', 'to_dropoff', 62, now, false],
  ] as const)('is the slot or what is believed, %s', (_, of, ahead, when, isSlot) => {
    expect(shown(of, ahead, when)).toBe(isSlot);
  });

  it('is what is believed where none was chosen', () => {
    const predicted = { stage: 'kitchen', minutes: 28 } as const;
    expect(windowWithSlot(predicted, NO_CALIBRATION, now, null)).toEqual(
      windowAround(predicted, NO_CALIBRATION, now),
    );
  });
});

describe('calibration', () => {
  /** Arrivals whose error has a long tail to the late side. */
  const day = (seed: number, size: number): EtaSample[] => {
    const random = seededRandom(seed);
    return Array.from({ length: size }, () => {
      const predicted = 5 + random() * 40;
      return { predicted, actual: predicted * (0.8 + 0.3 * random() + 0.5 * random() ** 4) };
    });
  };
  const held = (samples: EtaSample[], fit: { low: number; high: number }) =>
    samples.filter(({ predicted, actual }) => {
      const { from, to } = windowMinutes(
        { stage: 'kitchen', minutes: predicted },
        { kitchen: fit },
      );
      return actual >= from && actual <= to;
    }).length / samples.length;

  it('learnt from one day holds about 80 % of the arrivals of another', () => {
    const fit = calibrate(day(1, 4_000));
    expect(fit).not.toBeNull();
    const share = fit ? held(day(2, 4_000), fit) : 0;
    expect(share).toBeGreaterThan(0.77);
    expect(share).toBeLessThan(0.84);
  });

  it('says nothing from too few samples', () => {
    expect(calibrate(day(3, ENOUGH_SAMPLES - 1))).toBeNull();
    expect(calibrate(day(3, ENOUGH_SAMPLES))).not.toBeNull();
  });
});

describe('news', () => {
  const windowOf = (from: number, to: number) => ({
    from: new Date(now.getTime() + from * 60_000),
    to: new Date(now.getTime() + to * 60_000),
    middle: new Date(now.getTime() + ((from + to) / 2) * 60_000),
  });
  it.each([
    ['nothing shown yet', null, windowOf(10, 14), true],
    ['another stage', { ...windowOf(10, 14), stage: 'kitchen' }, windowOf(10, 14), true],
    ['the same', { ...windowOf(10, 14), stage: 'to_pickup' }, windowOf(10, 14), false],
    ['one end wavers', { ...windowOf(10, 14), stage: 'to_pickup' }, windowOf(10, 15), false],
    ['both ends move', { ...windowOf(10, 14), stage: 'to_pickup' }, windowOf(12, 16), true],
    [
      'a far one moves little',
      { ...windowOf(50, 70), stage: 'to_pickup' },
      windowOf(52, 73),
      false,
    ],
    ['a far one moves', { ...windowOf(50, 70), stage: 'to_pickup' }, windowOf(55, 76), true],
    ['one end moves far', { ...windowOf(10, 14), stage: 'to_pickup' }, windowOf(10, 17), true],
  ])('%s', (_, shown, next, news) => {
    expect(isNews(shown, 'to_pickup', next, now)).toBe(news);
  });
});
