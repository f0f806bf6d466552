import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from './delivery';
import { deliveryImage } from './images.testing';
import { nextJob, runsOf } from './run';

const job = (id: string, status: DeliveryStatus, run: string | null, stop: number, at = '1') => ({
  delivery: deliveryImage(id, {
    ...{ id, status, runId: run, runStop: run === null ? null : stop },
    assignedAt: `2026-05-01T12:00:0${at}.000Z`,
  }),
});
const idOf = (found: ReturnType<typeof job> | null) => found?.delivery.id ?? null;

describe('a run', () => {
  it('is picked up whole, then handed over stop by stop', () => {
    const [a, b] = [job('a', 'assigned', 'r', 2), job('b', 'assigned', 'r', 1)];
    expect(idOf(nextJob([a, b]))).toBe('b');
    expect(idOf(nextJob([a, job('b', 'at_pickup', 'r', 1)]))).toBe('b');
    expect(idOf(nextJob([a, job('b', 'picked_up', 'r', 1)]))).toBe('a');
    expect(idOf(nextJob([job('a', 'picked_up', 'r', 2), job('b', 'picked_up', 'r', 1)]))).toBe('b');
    expect(idOf(nextJob([job('a', 'picked_up', 'r', 2)]))).toBe('a');
  });

  it('is finished before the next one is begun', () => {
    const later = job('c', 'assigned', 's', 1, '2');
    expect(idOf(nextJob([later, job('a', 'picked_up', 'r', 1)]))).toBe('a');
    const runs = runsOf([later, job('a', 'picked_up', 'r', 2), job('b', 'assigned', 'r', 1)]);
    expect(runs.map((run) => run.map(idOf))).toEqual([['b', 'a'], ['c']]);
  });

  it('what was given by hand is a run by itself', () => {
    const given = [job('a', 'assigned', null, 0), job('b', 'assigned', null, 0, '2')];
    expect(runsOf(given)).toHaveLength(2);
    expect(nextJob([])).toBeNull();
  });
});
