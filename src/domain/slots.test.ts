import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN, isWithinHours, type WeeklyHours } from './opening-hours';
import {
  asapWindows,
  cookFrom,
  type Kitchen,
  LONGEST_WAIT_MINUTES,
  leadMinutesOf,
  pickupMinutes,
  searchFrom,
  slotDays,
  type Window,
} from './slots';
import { localDay } from './wall-clock';

const MINUTE_MS = 60_000;
const lunch: WeeklyHours = [1, 2, 3, 4, 5].map((day) => ({ day, opens: '11:30', closes: '14:00' }));
const nights: WeeklyHours = [5, 6, 7].map((day) => ({ day, opens: '18:00', closes: '02:00' }));
/** Every tenth day of a month is closed, every twentieth has an evening and a night. */
const HOLIDAYS = Object.fromEntries(
  Array.from(
    { length: 36 },
    (_, n) => `${2025 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
  ).flatMap((month) => [
    [`${month}-10`, { name: '', hours: [] }],
    [`${month}-20`, { name: '', hours: [{ opens: '17:00', closes: '01:30' }] }],
  ]),
);

const kitchen = (change: Partial<Kitchen> = {}): Kitchen => ({
  hours: ALWAYS_OPEN,
  holidays: {},
  timeZone: 'Europe/Lisbon',
  pausedUntil: null,
  slotMinutes: 15,
  prepMinutes: 10,
  ...change,
});

const at = (time: string) => new Date(time);
const times = (windows: readonly Window[]) =>
  windows.map(({ from }) => from.toISOString().slice(11, 16));
const minutesAfter = (moment: Date, minutes: number) =>
  new Date(moment.getTime() + minutes * MINUTE_MS);

/** What can be ordered for today and tomorrow, by the UTC time of day. */
const slots = (place: Kitchen, lead: number, now: string) =>
  slotDays(place, lead, at(now)).map(({ windows }) => times(windows));

describe('slots', () => {
  // 2026-11-20 is a Friday; Lisbon keeps UTC then.
  it('begin once there is time to cook and ride, and end with the hours', () => {
    const [today, tomorrow] = slots(kitchen({ hours: lunch }), 25, '2026-11-20T12:40:00Z');
    expect(today).toEqual(['13:15', '13:30', '13:45']);
    expect(tomorrow).toEqual([]);
  });

  it('are those of a holiday on its day', () => {
    const holidays = { '2026-11-20': { name: '', hours: [{ opens: '18:00', closes: '19:00' }] } };
    const place = kitchen({ hours: lunch, holidays, slotMinutes: 30 });
    expect(slots(place, 20, '2026-11-20T08:00:00Z')).toEqual([['18:30'], []]);
  });

  it('leave the kitchen its time after it has opened', () => {
    const [today] = slots(kitchen({ hours: lunch, slotMinutes: 30 }), 40, '2026-11-20T08:00:00Z');
    expect(today).toEqual(['12:30', '13:00', '13:30']);
  });

  it('go on past midnight, on the day on which they are', () => {
    const place = kitchen({ hours: nights, slotMinutes: 60 });
    const [today, tomorrow] = slots(place, 30, '2026-11-20T21:10:00Z');
    expect(today).toEqual(['22:00', '23:00']);
    expect(tomorrow?.slice(0, 3)).toEqual(['00:00', '01:00', '19:00']);
  });

  it('wait for the end of a pause', () => {
    const place = kitchen({ hours: lunch, pausedUntil: '2026-11-20T13:00:00Z' });
    expect(slots(place, 20, '2026-11-20T11:30:00Z')[0]).toEqual(['13:30', '13:45']);
  });

  it('do not exist without hours', () => {
    expect(slots(kitchen({ hours: [] }), 20, '2026-11-20T11:30:00Z')).toEqual([[], []]);
  });

  it.each([
    ['23 hours', 'Europe/Lisbon', '2026-03-28T12:00:00Z', 92],
    ['25 hours', 'Europe/Lisbon', '2026-10-24T12:00:00Z', 100],
    ['23 hours, without a midnight', 'Atlantic/Azores', '2026-03-28T12:00:00Z', 92],
    ['25 hours, with two midnights', 'Atlantic/Azores', '2026-10-24T12:00:00Z', 100],
    ['24 hours', 'Europe/Lisbon', '2026-11-20T12:00:00Z', 96],
  ])('of a day of %s in %s are as many as fit', (_, timeZone, now, count) => {
    const [, tomorrow] = slots(kitchen({ timeZone }), 20, now);
    expect(tomorrow).toHaveLength(count);
    expect(new Set(tomorrow).size).toBe(Math.min(96, count));
  });

  const anyKitchen = fc.record({
    hours: fc.constantFrom(ALWAYS_OPEN, lunch, nights),
    holidays: fc.constantFrom<Kitchen['holidays']>({}, HOLIDAYS),
    timeZone: fc.constantFrom(
      'Europe/Lisbon',
      'Atlantic/Azores',
      'America/New_York',
      'Asia/Kathmandu',
    ),
    slotMinutes: fc.constantFrom(5, 15, 20, 30, 45, 60, 120),
    prepMinutes: fc.integer({ min: 0, max: 60 }),
    pausedUntil: fc.constant(null),
  });
  const anyMoment = fc.date({
    min: new Date('2026-01-01'),
    max: new Date('2028-01-01'),
    noInvalidDate: true,
  });

  it('lie in the hours from the first dish on the fire to their end, and never overlap', () => {
    fc.assert(
      fc.property(anyKitchen, fc.integer({ min: 5, max: 90 }), anyMoment, (place, lead, now) => {
        let before: Window | null = null;
        for (const { day, windows } of slotDays(place, lead, now)) {
          for (const window of windows) {
            const start = cookFrom(window, lead);
            expect(start.getTime()).toBeGreaterThanOrEqual(now.getTime());
            for (const moment of [start, window.from, minutesAfter(window.to, -1)]) {
              expect(isWithinHours(place, moment)).toBe(true);
            }
            expect(localDay(window.from, place.timeZone)).toBe(day);
            expect(window.to.getTime() - window.from.getTime()).toBe(place.slotMinutes * MINUTE_MS);
            if (before) expect(before.to.getTime()).toBeLessThanOrEqual(window.from.getTime());
            before = window;
          }
        }
      }),
    );
  });

  it('are the same windows a moment later, less those that are gone', () => {
    fc.assert(
      fc.property(anyKitchen, anyMoment, fc.nat(20), (place, now, minutes) => {
        const later = minutesAfter(now, minutes);
        fc.pre(localDay(now, place.timeZone) === localDay(later, place.timeZone));
        const startsAt = (moment: Date) =>
          slotDays(place, 20, moment).flatMap(({ windows }) =>
            windows.map(({ from }) => from.getTime()),
          );
        const early = new Set(startsAt(now));
        expect(startsAt(later).filter((start) => !early.has(start))).toEqual([]);
      }),
    );
  });
});

describe('as soon as possible', () => {
  const now = at('2026-11-20T12:05:00Z');

  it('is the window in which it would come anyway, then the next ones, up to an hour later', () => {
    const windows = asapWindows(kitchen(), 20, now);
    expect(times(windows)).toEqual(['12:15', '12:30', '12:45', '13:00', '13:15']);
    expect(windows.map(({ delayMinutes }) => delayMinutes)).toEqual([0, 5, 20, 35, 50]);
  });

  it('is not put off past the end of the kitchen’s day', () => {
    const late = at('2026-11-20T13:40:00Z');
    expect(times(asapWindows(kitchen({ hours: lunch }), 20, late))).toEqual(['14:00']);
  });

  it('goes on over midnight', () => {
    const windows = asapWindows(kitchen(), 20, at('2026-11-20T23:35:00Z'));
    expect(times(windows)).toEqual(['23:45', '00:00', '00:15', '00:30', '00:45']);
  });

  it('always has the window in which it falls, first and without a wait', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(5, 15, 45, 240),
        (moment, lead, slotMinutes) => {
          const windows = asapWindows(
            kitchen({ slotMinutes, timeZone: 'Atlantic/Azores' }),
            lead,
            moment,
          );
          const due = minutesAfter(moment, lead);
          expect(windows[0]?.delayMinutes).toBe(0);
          expect(windows[0] && windows[0].from <= due && due < windows[0].to).toBe(true);
          for (const { delayMinutes } of windows)
            expect(delayMinutes).toBeLessThanOrEqual(LONGEST_WAIT_MINUTES);
        },
      ),
    );
  });
});

describe('planning', () => {
  it('takes the middle of the estimate, and the counter the kitchen’s time', () => {
    expect(leadMinutesOf({ from: 20, to: 31 })).toBe(26);
    expect(pickupMinutes(10)).toEqual({ from: 10, to: 12 });
    expect(pickupMinutes(0)).toEqual({ from: 1, to: 3 });
  });

  it('searches for a driver at once, or in time for the food', () => {
    const now = at('2026-11-20T12:00:00Z');
    expect(searchFrom(null, now)).toEqual(now);
    expect(searchFrom(minutesAfter(now, 5), now)).toEqual(now);
    expect(searchFrom(minutesAfter(now, 60), now)).toEqual(minutesAfter(now, 48));
  });
});
