import { describe, expect, it } from 'vitest';
import { Refusal } from './errors';
import { bearingDegrees, destinationPoint, haversineMeters } from './geo';
import { GeoPointSchema } from './geo-point';
import { checkPosition } from './position';

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
