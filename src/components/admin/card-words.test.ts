import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { createFormat } from '@/components/shared/format';
import { columnOf } from '@/domain/board-columns';
import { deliveryImage, orderImage } from '@/domain/images.testing';
import type { StallKind, StallTold } from '@/domain/stall-kinds';
import admin from '@/messages/en/admin.json';
import shared from '@/messages/en/shared.json';
import { driverWords } from './card-words';
import type { AdminWords } from './use-admin-words';

const catalogue = { locale: 'en' as const, messages: { admin, shared } };
const words: AdminWords = {
  t: createTranslator({ ...catalogue, namespace: 'admin' }),
  shared: createTranslator({ ...catalogue, namespace: 'shared' }),
  format: createFormat('en', createTranslator({ ...catalogue, namespace: 'shared' })),
  reason: (reason) => reason,
};
const now = new Date('2026-05-01T12:00:00Z');
const order = orderImage('one', { status: 'preparing', timeZone: 'UTC' });
const cardOf = (change: Parameters<typeof deliveryImage>[1]) => ({
  order,
  delivery: deliveryImage('one', change),
  versions: { order: 1, delivery: 1 },
});

const stuck = (kind: StallKind, told: StallTold) =>
  cardOf({
    ...{ status: 'assigned', driverId: 'ana', driverName: 'Ana Pires' },
    stall: { kind, told, since: '2026-05-01T11:55:00Z' },
  });

describe('a card tells', () => {
  it.each<[StallKind, StallTold, string]>([
    ['stalled', 'driver', 'Ana does not get on, for 5 min'],
    ['going_away', 'driver', 'Ana is going away, for 5 min'],
    ['dark', 'admin', 'Ana is not seen, for 5 min'],
  ])('that a driver is %s, once the %s is told', (kind, told, text) => {
    const card = stuck(kind, told);
    const tone = told === 'admin' ? 'bad' : 'warn';
    expect(driverWords(card, null, now, words)).toMatchObject({ text, tone });
    // A dispatcher who has been told has something to do.
    expect(columnOf(card, new Map())).toBe(told === 'admin' ? 'attention' : 'preparing');
  });

  it('for whom a delivery is planned, and when they are asked', () => {
    const planned = {
      ...{ driverId: 'ben', driverName: 'Ben Alves', leaveAt: '2026-05-01T12:10:00Z' },
    };
    const card = cardOf({ status: 'unassigned', planned });
    expect(driverWords(card, null, now, words).text).toBe('Planned for Ben, asked at 12:10');
  });
});
