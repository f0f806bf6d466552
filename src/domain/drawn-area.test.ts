import { describe, expect, it } from 'vitest';
import {
  circleAround,
  nudged,
  octagonAround,
  withCorner,
  withCornerAt,
  withLongestSideSplit,
  withoutCorner,
} from './drawn-area';
import { haversineMeters } from './geo';

const SQUARE = [
  { lat: 0, lng: 0 },
  { lat: 0, lng: 1 },
  { lat: 1, lng: 1 },
  { lat: 1, lng: 0 },
];

describe('an area that is drawn', () => {
  it('begins as eight corners on the circle that it replaces', () => {
    const centre = { lat: 50, lng: 8 };
    const corners = octagonAround(centre, 2_000);
    expect(corners).toHaveLength(8);
    for (const corner of corners) expect(haversineMeters(centre, corner)).toBeCloseTo(2_000, 3);
    expect(circleAround(centre, 2_000)).toHaveLength(64);
  });

  it.each([
    ['a side', { lat: -0.1, lng: 0.5 }, 1],
    ['the side that closes it', { lat: 0.5, lng: -0.1 }, 4],
    ['a side, from inside', { lat: 0.9, lng: 0.5 }, 3],
  ])('takes a new corner into %s', (_, at, place) => {
    expect(withCorner(SQUARE, at).indexOf(at)).toBe(place);
  });

  it('splits its longest side', () => {
    const long = withCornerAt(SQUARE, 1, { lat: 0, lng: 4 });
    expect(withLongestSideSplit(long)[1]).toEqual({ lat: 0, lng: 2 });
    expect(withLongestSideSplit(long)).toHaveLength(5);
  });

  it('loses a corner, but never the last three', () => {
    const three = withoutCorner(SQUARE, 0);
    expect(three).toEqual(SQUARE.slice(1));
    expect(withoutCorner(three, 0)).toBe(three);
  });

  it('moves a corner by the arrow keys, and by no other', () => {
    const [corner = { lat: 0, lng: 0 }] = SQUARE;
    const east = nudged(corner, 'ArrowRight', 100);
    expect(east && haversineMeters(corner, east)).toBeCloseTo(100, 6);
    expect(east?.lng).toBeGreaterThan(0);
    expect(nudged(corner, 'Enter', 100)).toBeNull();
  });
});
