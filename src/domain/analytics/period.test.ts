import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoWeekday } from '@/domain/wall-clock';
import { comparePeriods, daysIn, type PeriodChoice } from './period';

// Thursday, 26 November 2026, 14:20 in Lisbon; already Friday in Auckland.
const now = new Date('2026-11-26T14:20:00Z');

describe('a period', () => {
  it.each<[PeriodChoice, string, unknown]>([
    [
      { name: 'today' },
      'Europe/Lisbon',
      {
        current: { from: '2026-11-26', to: '2026-11-26' },
        before: { from: '2026-11-19', to: '2026-11-19' },
        untilMinute: 860,
      },
    ],
    [
      { name: 'today' },
      'Pacific/Auckland',
      {
        current: { from: '2026-11-27', to: '2026-11-27' },
        before: { from: '2026-11-20', to: '2026-11-20' },
        untilMinute: 200,
      },
    ],
    [
      { name: 'yesterday' },
      'Europe/Lisbon',
      {
        current: { from: '2026-11-25', to: '2026-11-25' },
        before: { from: '2026-11-18', to: '2026-11-18' },
        untilMinute: null,
      },
    ],
    [
      { name: '7' },
      'Asia/Kolkata',
      {
        current: { from: '2026-11-20', to: '2026-11-26' },
        before: { from: '2026-11-13', to: '2026-11-19' },
        untilMinute: 1190,
      },
    ],
    [
      { name: '28' },
      'Europe/Lisbon',
      {
        current: { from: '2026-10-30', to: '2026-11-26' },
        before: { from: '2026-10-02', to: '2026-10-29' },
        untilMinute: 860,
      },
    ],
    [
      { name: 'custom', from: '2026-11-01', to: '2026-11-10' },
      'Europe/Lisbon',
      {
        current: { from: '2026-11-01', to: '2026-11-10' },
        before: { from: '2026-10-18', to: '2026-10-27' },
        untilMinute: null,
      },
    ],
  ])('%j in %s', (choice, timeZone, expected) => {
    expect(comparePeriods(choice, now, timeZone)).toEqual(expected);
  });

  it('is compared with as many days, of the same weekdays, that are not in it', () => {
    const choice = fc.oneof(
      fc.constantFrom<PeriodChoice>(
        { name: 'today' },
        { name: 'yesterday' },
        { name: '7' },
        { name: '28' },
      ),
      fc.nat(91).map(
        (length): PeriodChoice => ({
          name: 'custom',
          from: '2026-03-01',
          to: addDays('2026-03-01', length),
        }),
      ),
    );
    const moment = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom(
      'Europe/Lisbon',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Pacific/Apia',
    );
    fc.assert(
      fc.property(choice, moment, zone, (chosen, at, timeZone) => {
        const { current, before } = comparePeriods(chosen, at, timeZone);
        expect(daysIn(before)).toBe(daysIn(current));
        expect(isoWeekday(before.from)).toBe(isoWeekday(current.from));
        expect(before.to < current.from).toBe(true);
      }),
    );
  });
});
