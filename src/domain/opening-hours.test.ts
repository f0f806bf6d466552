import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALWAYS_OPEN,
  type Holidays,
  isOpenAt,
  isWithinHours,
  nextOpening,
  opensAt,
  type WeeklyHours,
} from './opening-hours';

const lunch: WeeklyHours = [1, 2, 3, 4, 5].map((day) => ({ day, opens: '11:30', closes: '14:00' }));
const nights: WeeklyHours = [5, 6, 7].map((day) => ({ day, opens: '18:00', closes: '02:00' }));

const place = (hours: WeeklyHours, timeZone: string, holidays: Holidays = {}) => ({
  hours,
  holidays,
  timeZone,
});

describe('hours in the restaurant’s own zone', () => {
  // 2026-11-20 is a Friday.
  it.each([
    ['inside lunch in Lisbon', lunch, 'Europe/Lisbon', '2026-11-20T12:00:00Z', true],
    ['the minute it closes', lunch, 'Europe/Lisbon', '2026-11-20T14:00:00Z', false],
    ['an hour behind in the Azores', lunch, 'Atlantic/Azores', '2026-11-20T12:00:00Z', false],
    ['a weekend', lunch, 'Europe/Lisbon', '2026-11-21T12:00:00Z', false],
    ['before midnight', nights, 'Europe/Lisbon', '2026-11-20T23:30:00Z', true],
    ['after midnight', nights, 'Europe/Lisbon', '2026-11-21T01:59:00Z', true],
    ['after closing', nights, 'Europe/Lisbon', '2026-11-21T02:00:00Z', false],
    ['past the end of the week', nights, 'Europe/Lisbon', '2026-11-23T01:00:00Z', true],
    ['no hours at all', [], 'Europe/Lisbon', '2026-11-20T12:00:00Z', false],
  ])('%s', (_, hours, zone, at, open) => {
    expect(isWithinHours(place(hours, zone), new Date(at))).toBe(open);
  });

  it('is open at any time when it never closes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        (at) => isWithinHours(place(ALWAYS_OPEN, 'America/New_York'), at),
      ),
    );
  });
});

describe('the next opening', () => {
  it.each([
    ['later today', lunch, 'Europe/Lisbon', '2026-11-20T08:00:00Z', '2026-11-20T11:30:00.000Z'],
    [
      'after the weekend',
      lunch,
      'Europe/Lisbon',
      '2026-11-20T15:00:00Z',
      '2026-11-23T11:30:00.000Z',
    ],
    // Clocks in Lisbon go back on 2026-10-25 and forward on 2026-03-29.
    [
      'across the end of summer time',
      lunch,
      'Europe/Lisbon',
      '2026-10-23T20:00:00Z',
      '2026-10-26T11:30:00.000Z',
    ],
    [
      'across its beginning',
      lunch,
      'Europe/Lisbon',
      '2026-03-27T20:00:00Z',
      '2026-03-30T10:30:00.000Z',
    ],
  ])('%s', (_, hours, zone, at, expected) => {
    expect(nextOpening(place(hours, zone), new Date(at))?.toISOString()).toBe(expected);
  });

  it('never comes without hours', () => {
    expect(nextOpening(place([], 'Europe/Lisbon'), new Date())).toBeNull();
  });

  it('is a moment at which it is open, and the minute before it is not', () => {
    const dates = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom('Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu'),
        (at, zone) => {
          const opening = nextOpening(place(lunch, zone), at);
          expect(opening && isWithinHours(place(lunch, zone), opening)).toBe(true);
          const before = opening && new Date(opening.getTime() - 60_000);
          expect(before && isWithinHours(place(lunch, zone), before)).toBe(false);
        },
      ),
    );
  });
});

describe('a place closed by hand', () => {
  const noon = new Date('2026-11-20T12:00:00Z');
  const paused = (until: string) => ({
    ...place(lunch, 'Europe/Lisbon'),
    pausedUntil: until,
  });

  it('is closed until then, and opens by itself', () => {
    const closed = paused('2026-11-20T12:30:00Z');
    expect(isOpenAt(closed, noon)).toBe(false);
    expect(opensAt(closed, noon)?.toISOString()).toBe('2026-11-20T12:30:00.000Z');
    expect(isOpenAt(closed, new Date('2026-11-20T12:30:01Z'))).toBe(true);
  });

  it('opens with its hours when the pause ends outside of them', () => {
    const closed = paused('2026-11-20T18:00:00Z');
    expect(opensAt(closed, noon)?.toISOString()).toBe('2026-11-23T11:30:00.000Z');
  });
});

describe('a holiday', () => {
  const closed = { name: 'A feast', hours: [] };
  const short = { name: '', hours: [{ opens: '12:00', closes: '13:00' }] };
  const late = { name: '', hours: [{ opens: '22:00', closes: '03:00' }] };

  // 2026-11-20 is a Friday.
  it.each<[string, WeeklyHours, Holidays, string, boolean]>([
    ['closes the day', lunch, { '2026-11-20': closed }, '2026-11-20T12:00:00Z', false],
    ['leaves the day before', lunch, { '2026-11-20': closed }, '2026-11-19T12:00:00Z', true],
    ['has hours of its own', lunch, { '2026-11-20': short }, '2026-11-20T12:59:00Z', true],
    ['has none but those', lunch, { '2026-11-20': short }, '2026-11-20T13:00:00Z', false],
    ['opens a day of rest', lunch, { '2026-11-22': short }, '2026-11-22T12:00:00Z', true],
    ['leaves the night before it', nights, { '2026-11-21': closed }, '2026-11-21T01:00:00Z', true],
    ['takes its own night along', nights, { '2026-11-20': closed }, '2026-11-21T01:00:00Z', false],
    ['reaches into the next day', lunch, { '2026-11-20': late }, '2026-11-21T02:59:00Z', true],
  ])('%s', (_, hours, holidays, at, open) => {
    expect(isWithinHours(place(hours, 'Europe/Lisbon', holidays), new Date(at))).toBe(open);
  });

  it('begins and ends at midnight in the restaurant’s zone', () => {
    const far = place(ALWAYS_OPEN, 'Pacific/Auckland', { '2026-12-25': closed });
    const open = (at: string) => isWithinHours(far, new Date(at));
    expect(open('2026-12-24T10:59:00Z')).toBe(true);
    // 24:00 of the day before is the end of what began on it.
    expect(open('2026-12-24T11:00:00Z')).toBe(false);
    expect(open('2026-12-25T10:59:00Z')).toBe(false);
    expect(open('2026-12-25T11:00:00Z')).toBe(true);
  });

  it('is passed over on the way to the next opening', () => {
    const week = place(lunch, 'Europe/Lisbon', { '2026-11-23': closed, '2026-11-24': short });
    expect(nextOpening(week, new Date('2026-11-20T15:00:00Z'))).toEqual(
      new Date('2026-11-24T12:00:00Z'),
    );
  });

  it('is the only opening of a place without weekly hours', () => {
    const once = place([], 'Europe/Lisbon', { '2027-05-01': short });
    expect(nextOpening(once, new Date('2026-11-20T15:00:00Z'))).toEqual(
      new Date('2027-05-01T11:00:00Z'),
    );
    expect(nextOpening(once, new Date('2027-05-01T11:00:00Z'))).toBeNull();
  });
});
