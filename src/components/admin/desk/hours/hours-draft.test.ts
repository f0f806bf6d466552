import { describe, expect, it } from 'vitest';
import { hoursDraftOf, hoursFrom } from './hours-draft';

describe('hours in fields', () => {
  const hours = [
    { day: 1, opens: '18:00', closes: '02:00' },
    { day: 1, opens: '11:00', closes: '15:00' },
    { day: 7, opens: '00:00', closes: '24:00' },
  ];
  const holidays = {
    '2026-12-31': { name: '', hours: [{ opens: '11:00', closes: '16:00' }] },
    '2026-12-25': { name: 'Christmas', hours: [] },
  };

  it('are sent as they were read, in their order', () => {
    const draft = hoursDraftOf(hours, holidays);
    expect(draft.week[0]?.map(({ opens }) => opens)).toEqual(['11:00', '18:00']);
    expect(draft.days.map(({ date }) => date)).toEqual(['2026-12-25', '2026-12-31']);
    const sent = hoursFrom(draft);
    expect(sent?.holidays).toEqual(holidays);
    expect(sent?.hours).toEqual([hours[1], hours[0], hours[2]]);
  });

  it.each([
    ['a time is missing', { week: [[{ key: '', opens: '', closes: '12:00' }]], days: [] }],
    ['a time is none', { week: [[{ key: '', opens: '24:00', closes: '12:00' }]], days: [] }],
    ['a date is missing', { week: [], days: [{ key: '', date: '', name: '', spans: [] }] }],
    [
      'a date stands twice',
      {
        week: [],
        days: ['2026-12-25', '2026-12-25'].map((date) => ({ key: '', date, name: '', spans: [] })),
      },
    ],
  ])('are not sent while %s', (_, draft) => {
    expect(hoursFrom(draft)).toBeNull();
  });
});
