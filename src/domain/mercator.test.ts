import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationPoint, haversineMeters } from './geo';
import { planeDistanceWithin, toPlane } from './mercator';

const anywhere = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('Mercator’s plane', () => {
  it('holds all that is near a point within a distance', () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 0.001, max: 500_000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (at, bearing, meters, share) => {
          const place = destinationPoint(at, bearing, meters * share);
          fc.pre(haversineMeters(at, place) <= meters);
          const [a, b] = [toPlane(at), toPlane(place)];
          expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThanOrEqual(
            planeDistanceWithin(at, meters),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is hardly wider than it must be', () => {
    const at = { lat: 52, lng: 13 };
    const east = toPlane(destinationPoint(at, 90, 5_000));
    expect(planeDistanceWithin(at, 5_000) / (east.x - toPlane(at).x)).toBeLessThan(1.002);
  });

  it.each([
    { lat: 0, lng: 179.99 },
    { lat: 0, lng: -180 },
    { lat: 79.99, lng: 0 },
    { lat: -90, lng: 0 },
  ])('says where it can’t be gone by: %o', (at) => {
    expect(planeDistanceWithin(at, 5_000)).toBe(Number.POSITIVE_INFINITY);
  });
});
