import { expect, it } from 'vitest';
import { earnedBy } from './driver-view';

const delivery = (id: string, deliveredAt: string) => ({ id, pay: 450, deliveredAt });

it.each([
  ['the evening', '2026-07-01T23:30:00Z', ['noon', 'evening']],
  ['the first second of the next day', '2026-07-02T00:00:00Z', []],
  ['the evening before', '2026-06-30T23:59:59Z', []],
])('what was earned today, at %s, is what was delivered on this day there', (_, now, ids) => {
  const earned = {
    currency: 'EUR',
    timeZone: 'Atlantic/Reykjavik',
    deliveries: [
      delivery('noon', '2026-07-01T12:00:00Z'),
      delivery('evening', '2026-07-01T23:20:00+00:00'),
    ],
  };
  const { deliveries } = earnedBy(earned, new Date(now));
  expect(deliveries.map(({ id }) => id)).toEqual(ids);
});
