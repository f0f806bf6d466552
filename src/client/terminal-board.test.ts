import { describe, expect, it } from 'vitest';
import type { BoardView } from '@/domain/board-view';
import { deliveryImage, driverImage, minute, orderImage } from '@/domain/images.testing';
import type { OrderImage } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { drawBoard } from './terminal-board';

const NARROW = { columns: 80, rows: 24 };
const now = new Date(minute(12));

const cardOf = (
  number: number,
  change: Partial<OrderImage> = {},
  delivery: OrderCard['delivery'] = null,
): OrderCard => ({
  order: orderImage(`order-${number}`, { number, ...change }),
  delivery,
  versions: { order: 1, delivery: 0 },
});

const boardOf = (cards: OrderCard[], change: Partial<BoardView> = {}): BoardView => ({
  ...{ cards, offers: [], drivers: [], mustSees: [] },
  ...change,
});

const draw = (view: BoardView, size = NARROW, live = true) => drawBoard({ view, live, now, size });

describe('the board in a terminal', () => {
  it('shows each order once, in its column, with its age and whether it is late', () => {
    const lines = draw(
      boardOf([
        cardOf(1_001),
        cardOf(1_002, { status: 'preparing', placedAt: minute(-60), promisedTo: minute(10) }),
        cardOf(1_003, { status: 'completed', closedAt: minute(11.5) }),
      ]),
    );
    const [titles = '', first = '', second = ''] = lines.slice(2);
    expect(titles).toBe('ATTENTION 0  NEW 1        PREPARING 1  READY 0      ON THE WAY 0 DONE 1');
    expect(first.indexOf('#1001 12m')).toBe(titles.indexOf('NEW') + 1);
    expect(first.indexOf('!#1002 1h12')).toBe(titles.indexOf('PREPARING'));
    expect(first.indexOf('#1003 30s')).toBe(titles.indexOf('DONE') + 1);
    expect(second).toContain('  Test Kitc…');
    expect(lines.join('\n').match(/#1001/g)).toHaveLength(1);
  });

  it('names who carries an order in place of its restaurant', () => {
    const delivery = deliveryImage('order-1001', { status: 'picked_up', driverName: 'Dee' });
    const [, , , , second = ''] = draw(boardOf([cardOf(1_001, { status: 'ready' }, delivery)]));
    expect(second.trim()).toBe('Dee');
  });

  it('counts drivers by state; who is offline is none of them', () => {
    const driver = (id: string, change = {}) => ({
      driver: driverImage({ userId: id, role: 'driver', name: id }, change),
      version: 1,
      position: {
        ...{ driverId: id, at: { lat: 0, lng: 0 }, headingDeg: null, speedMps: null },
        recordedAt: minute(12),
      },
    });
    const delivery = deliveryImage('order-1001', { status: 'picked_up', driverId: 'b' });
    const lines = draw(
      boardOf([cardOf(1_001, { status: 'ready' }, delivery)], {
        drivers: [
          driver('a'),
          driver('b'),
          driver('c', { breakSince: minute(1) }),
          { ...driver('d'), position: null },
          driver('e', { online: false }),
        ],
      }),
    );
    expect(lines.at(-1)).toBe(
      'DRIVERS 4 online · 1 free · 1 carrying · 1 on a break · 1 no signal',
    );
  });

  it.each([
    [80, 24],
    [40, 10],
    [200, 50],
  ])('is never larger than %i by %i, however much there is', (columns, rows) => {
    const many = Array.from({ length: 300 }, (_, n) => cardOf(2_000 + n));
    const lines = draw(boardOf(many), { columns, rows });
    expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect([...line].length).toBeLessThan(columns);
  });

  it('says how many more there are than it has room for', () => {
    const many = Array.from({ length: 300 }, (_, n) => cardOf(2_000 + n));
    const text = draw(boardOf(many)).join('\n');
    const shown = text.match(/#2\d/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(5);
    expect(text).toContain(`+${300 - shown} more`);
  });

  it('hands no command of a name to the terminal', () => {
    const evil = cardOf(1_001, { restaurantName: '\x1b[2J\u202eB\r\n' });
    expect(draw(boardOf([evil])).join('\n')).not.toMatch(/[^\P{C}\n]/u);
  });

  it('says when it may be old', () => {
    expect(draw(boardOf([]), NARROW, false)[0]).toContain('not connected');
    expect(draw(boardOf([]))[0]).toContain('· live');
  });
});
