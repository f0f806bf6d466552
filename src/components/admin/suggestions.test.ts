import { describe, expect, it } from 'vitest';
import {
  countStates,
  type KnownDriver,
  knownDrivers,
  loadsOf,
  onlineByName,
} from '@/domain/board-drivers';
import type { BoardDriver } from '@/domain/board-view';
import { deliveryImage, driverImage, minute, orderImage } from '@/domain/images.testing';
import type { OrderCard } from '@/domain/views';
import { bestOf, suggest } from './suggestions';

const now = new Date(minute(10));
const pickup = { lat: 38.7, lng: -9.1 };

function driver(name: string, change: { km?: number; capacity?: number; onBreak?: true } = {}) {
  const { km, capacity = 1, onBreak } = change;
  const id = name.toLowerCase();
  const entry: BoardDriver = {
    driver: driverImage(
      { userId: id, role: 'driver', name },
      { capacity, breakSince: onBreak ? minute(9) : null },
    ),
    version: 1,
    position:
      km === undefined
        ? null
        : {
            driverId: id,
            at: { lat: pickup.lat + km / 111, lng: pickup.lng },
            headingDeg: null,
            speedMps: null,
            recordedAt: minute(10),
          },
  };
  return entry;
}

const carried = (driverId: string, status: 'assigned' | 'picked_up'): OrderCard => ({
  order: orderImage(`order of ${driverId}`, { status: 'ready' }),
  delivery: deliveryImage(`order of ${driverId}`, { status, driverId }),
  versions: { order: 1, delivery: 1 },
});

const known = (drivers: BoardDriver[], cards: OrderCard[] = []): KnownDriver[] => [
  ...knownDrivers(null, {
    drivers: onlineByName(drivers),
    loads: loadsOf(null, cards),
    positions: new Map(),
    now,
  }).values(),
];

describe('suggest', () => {
  it('has the nearest who can take it first, and who is full last', () => {
    const all = known(
      [
        driver('Far', { km: 3 }),
        driver('Full', { km: 0.1 }),
        driver('Near', { km: 1 }),
        driver('Resting', { km: 0.2, onBreak: true }),
        driver('Unseen'),
        driver('Holder', { km: 0 }),
      ],
      [carried('full', 'assigned')],
    );
    const found = suggest(pickup, all, 'holder');
    expect(found.map(({ known: { entry } }) => entry.driver.name)).toEqual([
      'Near',
      'Far',
      'Resting',
      'Unseen',
      'Full',
    ]);
    expect(bestOf(found)?.known.entry.driver.name).toBe('Near');
  });

  it('has nobody to choose at once where all are full, away or unseen', () => {
    expect(bestOf(suggest(pickup, known([driver('Unseen')]), null))).toBeNull();
    expect(bestOf([])).toBeNull();
  });
});

describe('knownDrivers', () => {
  const drivers = onlineByName([
    driver('Ana', { km: 1 }),
    driver('Ben', { km: 1, onBreak: true }),
    driver('Cid', { km: 1 }),
    driver('Dee', { km: 1, capacity: 2 }),
    driver('Eve'),
  ]);
  const cards = [carried('cid', 'assigned'), carried('dee', 'picked_up')];
  const seen = { drivers, loads: loadsOf(null, cards), positions: new Map(), now };

  it('counts every driver in one state', () => {
    const counts = countStates([...knownDrivers(null, seen).values()]);
    expect(counts).toEqual({ free: 1, on_break: 1, to_pickup: 1, carrying: 1, no_signal: 1 });
  });

  it('keeps the objects of all who have not changed', () => {
    const before = knownDrivers(null, seen);
    const moved = { ...carried('cid', 'picked_up') };
    const loads = loadsOf(seen.loads, [moved, ...cards.slice(1)]);
    const after = knownDrivers(before, { ...seen, loads });
    for (const id of ['ana', 'ben', 'dee', 'eve']) expect(after.get(id)).toBe(before.get(id));
    expect(after.get('cid')).toMatchObject({ state: 'carrying' });
  });
});
