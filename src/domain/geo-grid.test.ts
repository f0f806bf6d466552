import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationPoint, EARTH_RADIUS_M, type GeoPoint, haversineMeters } from './geo';
import { GeoGrid } from './geo-grid';

const HALF_ROUND_M = Math.PI * EARTH_RADIUS_M;

const anywhere: fc.Arbitrary<GeoPoint> = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});
/** Where grids go wrong: the poles, the date line, high latitudes, the equator, a city. */
const HARD: readonly GeoPoint[] = [
  { lat: 90, lng: 0 },
  { lat: -90, lng: 40 },
  { lat: 89.999, lng: -170 },
  { lat: 0, lng: 180 },
  { lat: 64, lng: -180 },
  { lat: 78.2, lng: 15.6 },
  { lat: -16.5, lng: 179.999 },
  { lat: 37.9, lng: -29.6 },
];
const nearHard = fc
  .record({
    centre: fc.constantFrom(...HARD),
    bearing: fc.double({ min: 0, max: 360, noNaN: true }),
    meters: fc.double({ min: 0, max: 30_000, noNaN: true }),
  })
  .map(({ centre, bearing, meters }) => destinationPoint(centre, bearing, meters));
const aPoint = fc.oneof({ arbitrary: nearHard, weight: 4 }, { arbitrary: anywhere, weight: 1 });

type Story = { id: number; at: GeoPoint | null }[];
const aStory: fc.Arbitrary<Story> = fc.array(
  fc.record({ id: fc.nat(60), at: fc.option(aPoint, { freq: 6 }) }),
  { maxLength: 120 },
);

/** The points that a story of insertions, moves and removals leaves, by id. */
function play(grid: GeoGrid, story: Story): Map<string, GeoPoint> {
  const points = new Map<string, GeoPoint>();
  for (const { id, at } of story) {
    const name = `driver ${id}`;
    if (at) {
      grid.set(name, at);
      points.set(name, at);
    } else {
      expect(grid.remove(name)).toBe(points.delete(name));
    }
  }
  return points;
}

const bruteForce = (points: ReadonlyMap<string, GeoPoint>, at: GeoPoint, radiusM: number) =>
  [...points]
    .map(([id, place]) => ({ id, distanceM: haversineMeters(at, place) }))
    .filter(({ distanceM }) => distanceM <= radiusM)
    .sort((a, b) => a.distanceM - b.distanceM);

describe('the nearest in the grid', () => {
  it('are those that looking at each finds, wherever on earth, in cells of any size', () => {
    fc.assert(
      fc.property(
        aStory,
        aPoint,
        fc.constantFrom(300, 1_000, 20_000, 3_000_000),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(500, 8_000, 60_000, HALF_ROUND_M),
        (story, at, cellMeters, limit, radiusM) => {
          const grid = new GeoGrid(cellMeters);
          const points = play(grid, story);
          expect(grid.size).toBe(points.size);
          const found = grid.nearest(at, limit, radiusM);
          const expected = bruteForce(points, at, radiusM).slice(0, limit);
          // A point on the very edge of the radius may fall to either side.
          const sure = bruteForce(points, at, radiusM * (1 - 1e-9) - 1e-3).slice(0, limit);
          expect(found.length).toBeGreaterThanOrEqual(sure.length);
          expect(found.length).toBeLessThanOrEqual(Math.max(expected.length, sure.length));
          for (const [n, { id, distanceM }] of found.entries()) {
            const place = points.get(id);
            expect(place && Math.abs(haversineMeters(at, place) - distanceM)).toBeLessThan(0.5);
            // Ties may come in any order: distances have to agree, to the sphere's rounding.
            expect(Math.abs(distanceM - (expected[n]?.distanceM ?? 0))).toBeLessThan(0.5);
          }
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['over the date line', { lat: 52, lng: 179.999 }, { lat: 52, lng: -179.999 }],
    ['over the pole', { lat: 89.9999, lng: 10 }, { lat: 89.9999, lng: -170 }],
    ['at the pole, whatever its longitude', { lat: 90, lng: 0 }, { lat: 90, lng: 123 }],
  ])('are found %s', (_, at, place) => {
    const grid = new GeoGrid();
    grid.set('there', place);
    const [found] = grid.nearest(at, 1, 1_000);
    expect(found?.id).toBe('there');
    expect(found?.distanceM).toBeCloseTo(haversineMeters(at, place), 3);
  });

  it('of equally near ones are those whose ids come first', () => {
    const grid = new GeoGrid();
    const at = { lat: 10, lng: 10 };
    for (const id of ['c', 'a', 'd', 'b']) grid.set(id, at);
    expect(grid.nearest(at, 3, 10).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are nobody when nobody is there, or nobody is asked for', () => {
    const grid = new GeoGrid();
    expect(grid.nearest({ lat: 0, lng: 0 }, 10, 5_000)).toEqual([]);
    grid.set('one', { lat: 0, lng: 0 });
    expect(grid.nearest({ lat: 0, lng: 0 }, 0, 5_000)).toEqual([]);
    expect(grid.nearest({ lat: 0, lng: 1 }, 10, 5_000)).toEqual([]);
  });

  it('are found in cells so small that their numbers are large', () => {
    const grid = new GeoGrid(300);
    const here = { lat: 78.2, lng: 15.6 };
    for (const id of ['a', 'b', 'a', 'b']) grid.set(id, here);
    grid.remove('a');
    grid.set('c', here);
    expect(grid.nearest(here, 8, 60_000).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('hold after many more than it had room for at first, and after all have left', () => {
    const grid = new GeoGrid();
    const place = (n: number) => destinationPoint({ lat: 37.9, lng: -29.6 }, n % 360, n);
    for (let n = 0; n < 5_000; n += 1) grid.set(`${n}`, place(n));
    expect(grid.nearest({ lat: 37.9, lng: -29.6 }, 3, 100).map(({ id }) => id)).toEqual([
      '0',
      '1',
      '2',
    ]);
    for (let n = 0; n < 5_000; n += 1) grid.remove(`${n}`);
    expect(grid.size).toBe(0);
    expect(grid.nearest({ lat: 37.9, lng: -29.6 }, 3, 10_000)).toEqual([]);
  });
});
