import { describe, expect, it } from 'vitest';
import { Refusal } from './errors';
import { bearingDegrees, destinationPoint, haversineMeters } from './geo';
import { GeoPointSchema } from './geo-point';
import { checkPosition, fixRefusal, isCrumb, isReport, judgeFix } from './position';

const now = new Date('2026-11-20T12:00:00Z');
const here = { lat: 37.9, lng: -29.6 };
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();

const outcome = (recordedAt: string, at = here, last = { at: here, recordedAt: ago(10) }) => {
  try {
    const report = { at, headingDeg: null, speedMps: null, accuracyM: null, recordedAt };
    checkPosition(report, last, now);
    return 'taken';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

describe('a reported position', () => {
  it.each([
    ['fresh', ago(1), here, 'taken'],
    ['a little ahead of our clock', ago(-5), here, 'taken'],
    ['from a minute ago', ago(61), here, 'position_stale'],
    ['from the future', ago(-30), here, 'position_from_future'],
    ['older than the one we have', ago(12), here, 'position_out_of_order'],
    ['on another continent', ago(1), { lat: 40.7, lng: -74 }, 'position_implausible'],
    [
      'a kilometre on after nine seconds',
      ago(1),
      destinationPoint(here, 90, 1_200),
      'position_implausible',
    ],
    ['a hundred metres on', ago(1), destinationPoint(here, 90, 100), 'taken'],
  ])('%s: %s', (_, recordedAt, at, expected) => {
    expect(outcome(recordedAt, at)).toBe(expected);
  });

  it('may be anywhere after a long silence', () => {
    expect(outcome(ago(1), { lat: 38.7, lng: -9.1 }, { at: here, recordedAt: ago(700) })).toBe(
      'taken',
    );
  });
});

describe('a fix that comes late', () => {
  const last = { at: here, recordedAt: ago(3_600) };
  const judge = (secondsAgo: number, at = here, base: typeof here | null = here) =>
    judgeFix({ at, recordedAt: ago(secondsAgo) }, { last, base }, now.getTime());

  it.each([
    ['a minute old, in order', 61, here, 'history'],
    ['fresh, in order', 60, here, 'live'],
    ['before the one that is known', 3_600, here, 'position_out_of_order'],
    [
      'too far from the one before it',
      3_540,
      destinationPoint(here, 0, 6_000),
      'position_implausible',
    ],
    [
      'on another continent, after whatever silence',
      1,
      { lat: 40.7, lng: -74 },
      'position_elsewhere',
    ],
    ['from tomorrow', -86_400, here, 'position_from_future'],
  ])('%s: history or nothing', (_, secondsAgo, at, expected) => {
    expect(judge(secondsAgo, at)).toBe(expected);
  });

  it('from the day before yesterday is of no use to anybody', () => {
    const long = { last: null, base: null };
    expect(judgeFix({ at: here, recordedAt: ago(48 * 3_600) }, long, now.getTime())).toBe(
      'position_stale',
    );
  });

  it('is refused in words that name its problem', () => {
    const problems = ['position_stale', 'position_elsewhere', 'position_implausible'] as const;
    for (const problem of problems) expect(fixRefusal(problem).reason).toBe(problem);
  });
});

describe('the history', () => {
  const kept = { at: here, recordedAt: ago(100) };

  it.each([
    ['a second later, a metre on', 99, 1, false],
    ['five seconds later, standing', 95, 0, true],
    ['a second later, thirty metres on', 99, 30, true],
  ])('%s', (_, secondsAgo, meters, expected) => {
    const fix = { at: destinationPoint(here, 0, meters), recordedAt: ago(secondsAgo) };
    expect(isCrumb(kept, fix)).toBe(expected);
  });

  it('begins with the first fix', () => {
    expect(isCrumb(null, kept)).toBe(true);
  });
});

it('a device’s memory may hold anything: only whole reports are taken from it', () => {
  const whole = { at: here, headingDeg: null, speedMps: 3, accuracyM: null, recordedAt: ago(1) };
  expect(isReport(whole)).toBe(true);
  for (const part of [
    null,
    'text',
    {},
    { ...whole, at: null },
    { ...whole, at: { lat: '1', lng: 2 } },
    { ...whole, recordedAt: 'yesterday' },
    { ...whole, speedMps: 'fast' },
  ]) {
    expect(isReport(part)).toBe(false);
  }
});

describe('geometry on the sphere', () => {
  it('finds back what it went', () => {
    for (const bearing of [1, 45, 90, 200, 359]) {
      const there = destinationPoint(here, bearing, 2_500);
      expect(haversineMeters(here, there)).toBeCloseTo(2_500, 1);
      expect(bearingDegrees(here, there)).toBeCloseTo(bearing, 1);
    }
  });

  it('knows a distance from the atlas: Lisbon to Ponta Delgada, 1,446 km', () => {
    const km =
      haversineMeters({ lat: 38.7223, lng: -9.1393 }, { lat: 37.7412, lng: -25.6756 }) / 1_000;
    expect(km).toBeGreaterThan(1_436);
    expect(km).toBeLessThan(1_456);
  });

  it.each([
    [{ lat: 91, lng: 0 }],
    [{ lat: 0, lng: 181 }],
    [{ lat: Number.NaN, lng: 0 }],
    [{ lat: '38', lng: 0 }],
    [{ lat: Number.POSITIVE_INFINITY, lng: 0 }],
    [{ lat: 1 }],
  ])('refuses %j as a point', (nonsense) => {
    expect(GeoPointSchema.safeParse(nonsense).success).toBe(false);
  });
});
