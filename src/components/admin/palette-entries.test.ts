import { describe, expect, it } from 'vitest';
import { orderImage } from '@/domain/images.testing';
import type { OrderCard } from '@/domain/views';
import { findEntries } from './palette-entries';

const card = (number: number, restaurantName: string, customerName: string): OrderCard => ({
  order: orderImage(`order ${number}`, { number, restaurantName, customerName }),
  delivery: null,
  versions: { order: 1, delivery: 0 },
});

const known = {
  cards: [card(1_012, 'Bella Napoli', 'Maya Olsen'), card(12, 'Stack Yard', 'Ana Pires')],
  directory: {
    zones: [],
    restaurants: [
      { id: 'r1', name: 'Bella Napoli', slug: 'bella', zoneId: 'z' },
      { id: 'r2', name: 'Yardbird', slug: 'yardbird', zoneId: 'z' },
      { id: 'r3', name: 'Stack Yard', slug: 'stack-yard', zoneId: 'z' },
    ],
    drivers: [{ id: 'd1', name: 'Dana Swift', zoneId: 'z' }],
  },
  pages: [{ page: 'drivers' as const, name: 'Drivers' }],
};

const labels = (text: string) =>
  findEntries(text, known).map(({ kind, entries }) => [kind, entries.map(({ label }) => label)]);

describe('the palette', () => {
  it.each([
    ['12', [['orders', ['#12', '#1012']]]],
    ['#1012', [['orders', ['#1012']]]],
    ['maya', [['orders', ['#1012']]]],
    ['dana', [['drivers', ['Dana Swift']]]],
    ['nothing at all', []],
  ])('finds by “%s”', (text, found) => {
    expect(labels(text)).toEqual(found);
  });

  it('has names that begin so first, then words that do', () => {
    expect(labels('yard')).toEqual([
      ['orders', ['#12']],
      ['restaurants', ['Yardbird', 'Stack Yard']],
    ]);
  });

  it('shows a few of everything before anything is typed', () => {
    expect(labels('').map(([kind]) => kind)).toEqual(['orders', 'drivers', 'restaurants', 'pages']);
  });

  it('leads to the board that shows what was chosen', () => {
    const [drivers] = findEntries('dana', known);
    expect(drivers?.entries[0]?.href).toBe('/admin?driver=d1');
  });
});
