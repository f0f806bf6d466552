import { describe, expect, it } from 'vitest';
import { COLUMN_IDS, columnOf, columnsOf, isLate, sharing } from '@/domain/board-columns';
import type { DeliveryStatus } from '@/domain/delivery';
import { deliveryImage, orderImage } from '@/domain/images.testing';
import type { OrderStatus } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

const now = new Date('2026-05-01T12:00:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

function card(
  status: OrderStatus,
  delivery: DeliveryStatus | null,
  placed = 1,
  number = 7,
): OrderCard {
  return {
    order: orderImage(`order-${number}`, {
      number,
      status,
      customerName: 'Maya Olsen',
      restaurantName: 'Bella Napoli',
      placedAt: before(placed),
      promisedFrom: before(placed - 20),
      promisedTo: before(placed - 30),
    }),
    delivery:
      delivery &&
      deliveryImage(`order-${number}`, {
        status: delivery,
        driverName: delivery === 'assigned' ? 'Ana Pires' : null,
      }),
    versions: { order: 1, delivery: 1 },
  };
}

const NOBODY = new Map();

describe('columnOf', () => {
  it('calls for attention while a kitchen has to be called, also for what has ended', () => {
    const toCall = new Map([['order-7', 'cancelled' as const]]);
    expect(columnOf(card('cancelled', 'cancelled'), toCall)).toBe('attention');
    expect(columnOf(card('placed', null, 1, 8), toCall)).toBe('new');
  });

  it.each([
    ['placed', null, 1, 'new'],
    ['placed', null, 9, 'new'],
    ['accepted', 'offering', 5, 'preparing'],
    ['preparing', 'no_driver', 5, 'attention'],
    ['ready', 'at_pickup', 5, 'ready'],
    ['ready', 'picked_up', 5, 'on_the_way'],
    ['completed', 'delivered', 5, 'done'],
    ['cancelled', 'failed', 5, 'attention'],
    ['cancelled', 'returning', 5, 'on_the_way'],
    ['cancelled', 'returned', 5, 'done'],
    ['expired', null, 12, 'done'],
  ] as const)(
    'puts %s with delivery %s after %i min into %s',
    (order, delivery, placed, column) => {
      expect(columnOf(card(order, delivery, placed), NOBODY)).toBe(column);
    },
  );
});

describe('columnsOf', () => {
  it('holds every card exactly once, what was promised first on top', () => {
    const cards = [card('ready', 'assigned', 5, 1), card('ready', 'assigned', 9, 2)];
    const columns = columnsOf([...cards, card('placed', null, 1, 3)], NOBODY);
    expect(Object.values(columns).flat()).toHaveLength(3);
    expect(columns.ready.map(({ order }) => order.number)).toEqual([2, 1]);
  });

  it('has what nobody carries on top, what was given up first', () => {
    const cards = [
      card('preparing', 'assigned', 20, 1),
      card('preparing', 'offering', 5, 2),
      card('preparing', 'unassigned', 9, 3),
    ];
    expect(columnsOf(cards, NOBODY).preparing.map(({ order }) => order.number)).toEqual([3, 2, 1]);
    const attention = [card('placed', null, 30, 4), card('ready', 'no_driver', 5, 5)];
    const toCall = new Map([['order-4', 'placed' as const]]);
    expect(columnsOf(attention, toCall).attention.map(({ order }) => order.number)).toEqual([5, 4]);
  });

  it('shares every list in which nothing has changed', () => {
    const cards = [card('ready', 'assigned', 5, 1), card('placed', null, 1, 2)];
    const before = columnsOf(cards, NOBODY);
    const moved = card('completed', 'delivered', 5, 1);
    const after = sharing(before, columnsOf([...cards.slice(1), moved], NOBODY));
    for (const id of COLUMN_IDS) {
      if (id === 'ready' || id === 'done') expect(after[id]).not.toBe(before[id]);
      else expect(after[id]).toBe(before[id]);
    }
    expect(after.done).toEqual([moved]);
  });
});

describe('isLate', () => {
  it.each([
    [5, false],
    [45, true],
  ])('tells of what was placed %i min ago and promised within 30: %s', (placed, late) => {
    expect(isLate(card('ready', 'assigned', placed), now)).toBe(late);
  });
  it('counts what is known to come late as late before its time is up', () => {
    const known = card('preparing', 'assigned', 5);
    const order = { ...known.order, delayedAt: now.toISOString(), etaTo: before(-40) };
    expect(isLate({ ...known, order }, now)).toBe(true);
  });
  it('has nothing late that is over', () => {
    expect(isLate(card('completed', 'delivered', 45), now)).toBe(false);
  });
});
