import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetIn, projected, scaleOf, viewOf } from './still-view';

const point = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('a still picture of the map', () => {
  test('has the world where Web Mercator has it', () => {
    const side = 512 * 2 ** 16;
    expect(projected({ lat: 0, lng: 0 })).toEqual({ x: side / 2, y: side / 2 });
    expect(projected({ lat: 85.051129, lng: -180 }).x).toBe(0);
    expect(projected({ lat: 85.051129, lng: -180 }).y).toBeCloseTo(0, 0);
    // One degree of longitude is as long everywhere.
    expect(projected({ lat: 60, lng: 1 }).x - projected({ lat: 60, lng: 0 }).x).toBeCloseTo(
      side / 360,
      6,
    );
  });

  test('shows every point that it is asked to show, and its middle is the middle', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 6 }), (points) => {
        const view = viewOf(points);
        for (const at of points) {
          const { x, y } = offsetIn(view, at);
          expect(Math.abs(x)).toBeLessThanOrEqual(view.width / 2 + 1e-6);
          expect(Math.abs(y)).toBeLessThanOrEqual(view.height / 2 + 1e-6);
        }
      }),
    );
  });

  test('is never closer than zoom 16, and one point has a scale too', () => {
    expect(scaleOf(viewOf([{ lat: 37.9, lng: -29.6 }]))).toBe(
      'min(1px, (100cqw - 2 * min(72px, 16cqmin)) / 1.00, (100cqh - 2 * min(72px, 16cqmin)) / 1.00)',
    );
    expect(() => viewOf([])).toThrow(RangeError);
  });
});
