import { describe, expect, it } from 'vitest';
import { haversineMeters } from '@/domain/geo';
import { loadCity } from './city';
import { buildRouter, walkAlong } from './routing';

const city = loadCity();
const router = buildRouter(city.graph);

/** Pairs of doors spread over the town, the same on every run. */
const pairs = Array.from({ length: 300 }, (_, i) => {
  const a = city.addresses[(i * 7919) % city.addresses.length];
  const b = city.addresses[(i * 104_729 + 1231) % city.addresses.length];
  if (a === undefined || b === undefined) throw new Error('The city has no addresses');
  return { from: a.point, to: b.point };
}).filter(({ from, to }) => haversineMeters(from, to) > 50);

describe('route', () => {
  it('starts and ends at the doors and is never shorter than the straight line', () => {
    for (const { from, to } of pairs) {
      const { points, distanceM } = router.route(from, to);
      expect(points[0]).toEqual(from);
      expect(points.at(-1)).toEqual(to);
      expect(distanceM).toBeGreaterThanOrEqual(haversineMeters(from, to) - 0.01);
    }
  });

  it('makes no great detours', () => {
    const detours = pairs
      .map(({ from, to }) => router.route(from, to).distanceM / haversineMeters(from, to))
      .sort((a, b) => a - b);
    expect(detours[Math.floor(detours.length / 2)]).toBeLessThan(1.45);
    expect(detours[Math.floor(detours.length * 0.95)]).toBeLessThan(2.2);
  });

  it('is the same every time, and about as long on the way back', () => {
    for (const { from, to } of pairs.slice(0, 60)) {
      const there = router.route(from, to);
      expect(buildRouter(city.graph).route(from, to)).toEqual(there);
      const back = router.route(to, from);
      expect(Math.abs(back.distanceM - there.distanceM)).toBeLessThan(there.distanceM * 0.02 + 1);
    }
  });

  it('reaches every address', () => {
    const from = city.addresses[0]?.point ?? { lat: 0, lng: 0 };
    for (const { point } of city.addresses) {
      expect(router.route(from, point).distanceM).toBeLessThan(25_000);
    }
  });

  it('runs along one street when both doors are on the same edge', () => {
    const edge = city.graph.edges.find((e) => e.meters > 80);
    const a = city.graph.nodes[edge?.from ?? 0];
    const b = city.graph.nodes[edge?.to ?? 0];
    if (edge === undefined || a === undefined || b === undefined) throw new Error('No long edge');
    const on = (share: number) => ({
      lat: a.lat + (b.lat - a.lat) * share,
      lng: a.lng + (b.lng - a.lng) * share,
    });
    expect(router.route(on(0.3), on(0.7)).distanceM).toBeCloseTo(edge.meters * 0.4, 0);
  });

  it('takes at most 3 ms at the median', () => {
    const times = pairs
      .map(({ from, to }) => {
        const started = performance.now();
        router.route(from, to);
        return performance.now() - started;
      })
      .sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(3);
  });
});

describe('walkAlong', () => {
  const route = {
    points: [
      { lat: 37.9, lng: -29.6 },
      { lat: 37.901, lng: -29.6 },
      { lat: 37.901, lng: -29.598 },
    ],
  };

  it('stands at the start, between points and at the end', () => {
    expect(walkAlong(route, 0)).toMatchObject({ point: route.points[0], done: false });
    const half = walkAlong(route, 55.6);
    expect(half.point.lat).toBeCloseTo(37.9005, 5);
    expect(half.headingDeg).toBeCloseTo(0, 3);
    expect(walkAlong(route, 150).headingDeg).toBeCloseTo(90, 1);
    expect(walkAlong(route, 10_000)).toMatchObject({ point: route.points[2], done: true });
  });

  it('never jumps back', () => {
    const start = { lat: 37.9, lng: -29.6 };
    let last = 0;
    for (let metres = 0; metres < 280; metres += 7) {
      const gone = haversineMeters(start, walkAlong(route, metres).point);
      expect(gone).toBeGreaterThanOrEqual(last - 0.001);
      last = gone;
    }
  });
});
