import { describe, expect, it } from 'vitest';
import { placeInRing, type Ring, ringAreaM2, ringProblem } from './ring';

/** On the equator, hundredths of a degree: about 1.1 km each. */
const ring = (...corners: [number, number][]): Ring =>
  corners.map(([x, y]) => [x / 100, y / 100] as const);

const SQUARE = ring([0, 0], [1, 0], [1, 1], [0, 1]);

describe('an outline', () => {
  it.each<[string, Ring, ReturnType<typeof ringProblem>]>([
    ['a square', SQUARE, null],
    ['a square the other way round', [...SQUARE].reverse(), null],
    ['an L', ring([0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2]), null],
    ['nothing', [], 'too_few'],
    ['a line', ring([0, 0], [1, 0]), 'too_few'],
    ['a bow tie', ring([0, 0], [1, 1], [1, 0], [0, 1]), 'crosses'],
    ['a corner twice', ring([0, 0], [1, 0], [1, 0], [0, 1]), 'crosses'],
    ['a spike that folds back', ring([0, 0], [2, 0], [1, 0], [0, 1]), 'crosses'],
    ['a corner on another edge', ring([0, 0], [2, 0], [2, 2], [1, 0], [0, 2]), 'crosses'],
    ['three in a row', ring([0, 0], [1, 0], [2, 0]), 'crosses'],
    ['a speck', ring([0, 0], [0.01, 0], [0.01, 0.01]), 'too_small'],
    ['a pole', ring([0, 0], [1, 0], [1, 8_900]), 'off_the_map'],
    ['too many corners', Array.from({ length: 201 }, () => [0, 0] as const), 'too_many'],
  ])('of %s: %s', (_, corners, problem) => {
    expect(ringProblem(corners)).toBe(problem);
  });

  it('has an area, whichever way round', () => {
    expect(ringAreaM2(SQUARE) / 1e6).toBeCloseTo(1.239, 2);
    expect(ringAreaM2([...SQUARE].reverse())).toBeCloseTo(ringAreaM2(SQUARE), 3);
    expect(ringAreaM2(SQUARE.slice(2))).toBe(0);
  });

  it('takes a new corner into the edge that is nearest', () => {
    expect(placeInRing(SQUARE, [0.005, -0.001])).toBe(1);
    expect(placeInRing(SQUARE, [0.011, 0.005])).toBe(2);
    expect(placeInRing(SQUARE, [-0.001, 0.005])).toBe(4);
    expect(placeInRing(SQUARE.slice(0, 2), [0, 0])).toBe(2);
  });
});
