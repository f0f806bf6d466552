import { describe, expect, it } from 'vitest';
import { CUSTOMER, deliveryImage, minute, orderImage } from '@/domain/images.testing';
import type { OrderView } from '@/domain/views';
import { changesIn, changesSince } from './change-list';

const change = {
  ...{ type: 'order.cancelled', at: minute(2), actor: 'user:bea', name: 'Bea Admin' },
  ...{ role: 'admin', driver: null },
};

describe('a refusal', () => {
  it('says who was faster', () => {
    expect(changesIn({ changes: [change] })).toEqual([change]);
  });

  it.each([
    [{}],
    [{ changes: 'none' }],
    [{ changes: [null, 3, { type: 'order.cancelled' }, { ...change, name: 7 }] }],
  ])('that says nothing of it, or nonsense: %j', (data) => {
    expect(changesIn(data)).toEqual([]);
  });
});

const entry = (version: number, type: string, actor = 'user:bea') => ({
  ...{ version, type, actor, at: minute(version) },
});

const view = (...timeline: OrderView['timeline']): OrderView => ({
  order: orderImage('order'),
  delivery: deliveryImage('order', { status: 'assigned', driverId: 'dee', driverName: 'Dee' }),
  versions: { order: 1, delivery: 1 },
  ...{ lines: [], offers: [], messages: [], timeline },
});

describe('since a dialog was opened', () => {
  const admins = new Map([['bea', 'Bea Admin']]);

  it('what is in the way is told with who did it, the latest last', () => {
    const seen = view(
      entry(3, 'delivery.assigned'),
      entry(4, 'message.sent', `user:${CUSTOMER.userId}`),
      entry(5, 'order.cancelled', `user:${CUSTOMER.userId}`),
      entry(6, 'order.expired', 'system:kitchen'),
    );
    const told = changesSince(seen, 'assign', 2, admins);
    expect(told.map(({ type, name, role, driver }) => [type, name, role, driver])).toEqual([
      ['delivery.assigned', 'Bea Admin', 'admin', 'Dee'],
      ['order.cancelled', CUSTOMER.name, 'customer', null],
      ['order.expired', null, null, null],
    ]);
  });

  it('what was there before is not', () => {
    expect(changesSince(view(entry(3, 'delivery.assigned')), 'assign', 3, admins)).toEqual([]);
  });
});
