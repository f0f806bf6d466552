import { describe, expect, it } from 'vitest';
import { COLUMN_IDS, columnsOf } from '@/domain/board-columns';
import { DRIVER, deliveryImage, minute, orderImage } from '@/domain/images.testing';
import type { OrderCard } from '@/domain/views';
import {
  type BoardFilter,
  boardAddress,
  NO_FILTER,
  partsOf,
  passing,
  readFilter,
} from './board-filter';

const now = new Date(minute(20));
const ids = {
  zone: '00000000-0000-4000-8000-000000000001',
  restaurant: '00000000-0000-4000-8000-000000000002',
  driver: '00000000-0000-4000-8000-000000000003',
};

const card = (
  order: Partial<OrderCard['order']> = {},
  delivery: Parameters<typeof deliveryImage>[1] = {},
): OrderCard => ({
  order: orderImage('one', {
    number: 7,
    status: 'ready',
    customerName: 'Maya Olsen',
    restaurantName: 'Bella Napoli',
    ...order,
  }),
  delivery: deliveryImage('one', { status: 'assigned', driverName: 'Ana Pires', ...delivery }),
  versions: { order: 1, delivery: 1 },
});

const shows = (one: OrderCard, change: Partial<BoardFilter>, offer?: [string, string]) =>
  passing(
    { ...NO_FILTER, ...change },
    {
      now,
      offers: new Map(offer ? [[one.order.id, { driverId: offer[0], driverName: offer[1] }]] : []),
      zones: new Map([['kitchen', 'north']]),
    },
  )(one);

describe('what the filter shows', () => {
  it.each([
    ['a number', { text: '#7' }, true],
    ['words of different names', { text: 'bella olsen' }, true],
    ['the driver’s name', { text: 'ana' }, true],
    ['a name that nobody has', { text: 'nobody' }, false],
    ['its restaurant', { restaurant: 'kitchen' }, true],
    ['another restaurant', { restaurant: 'elsewhere' }, false],
    ['its zone', { zone: 'north' }, true],
    ['another zone', { zone: 'south' }, false],
    ['its driver', { driver: DRIVER.userId }, true],
    ['another driver', { driver: 'otto' }, false],
    ['what is late, and it is not', { lateOnly: true }, false],
    ['what nobody carries, and somebody does', { driverlessOnly: true }, false],
    ['two parts of which one fails', { zone: 'north', text: 'nobody' }, false],
  ])('by %s', (_, change, shown) => {
    expect(shows(card({}, { driverId: DRIVER.userId }), change)).toBe(shown);
  });

  it('finds an order by the driver who is asked', () => {
    const asked = card({}, { status: 'offering', driverName: null });
    expect(shows(asked, { text: 'ben' }, ['ben', 'Ben Ito'])).toBe(true);
    expect(shows(asked, { driver: 'ben' }, ['ben', 'Ben Ito'])).toBe(true);
    expect(shows(asked, { driver: 'ben' })).toBe(false);
    expect(shows(asked, { driverlessOnly: true })).toBe(true);
  });

  it('adds up: every order stands in one column, shown or left out', () => {
    const cards = Array.from({ length: 40 }, (_, n) => ({
      ...card({ number: n, status: n % 3 ? 'ready' : 'completed' }),
    }));
    const shown = cards.filter(
      passing({ ...NO_FILTER, text: '#1' }, { now, offers: new Map(), zones: new Map() }),
    );
    const [all, some] = [columnsOf(cards, new Map()), columnsOf(shown, new Map())];
    const count = (columns: typeof all) =>
      COLUMN_IDS.reduce((sum, id) => sum + columns[id].length, 0);
    expect(count(all)).toBe(40);
    expect(count(some)).toBe(shown.length);
    expect(shown.length).toBeLessThan(40);
  });
});

describe('the address', () => {
  it('says the whole filter, and is read back as it was', () => {
    const filter = { text: 'bella', ...ids, lateOnly: true, driverlessOnly: true };
    const address = boardAddress(filter, 'an-order');
    const { pathname, searchParams } = new URL(address, 'http://localhost');
    expect(pathname).toBe('/admin');
    expect(readFilter(searchParams)).toEqual(filter);
    expect(searchParams.get('order')).toBe('an-order');
    expect(partsOf(filter)).toBe(6);
  });
  it('is short where nothing is left out', () => {
    expect(boardAddress(NO_FILTER, null)).toBe('/admin');
    expect(partsOf(NO_FILTER)).toBe(0);
  });
  it('takes no notice of what it does not understand', () => {
    const params = new URLSearchParams("zone=north&driver='; DROP TABLE&late=yes&driverless=2");
    expect(readFilter(params)).toEqual(NO_FILTER);
  });
});
