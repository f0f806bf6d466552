import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoWeekday, localDay, momentOf, wallMinute } from './wall-clock';

const ZONES = [
  'Europe/Lisbon',
  'Atlantic/Azores',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];

const moments = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2035-01-01'),
  noInvalidDate: true,
});

describe('a time of day', () => {
  it.each([
    ['on a plain day', 'Europe/Lisbon', '2026-11-20', 750, '2026-11-20T12:30:00.000Z'],
    ['on the next day', 'Europe/Lisbon', '2026-11-20', 1_500, '2026-11-21T01:00:00.000Z'],
    [
      'after the clocks went forward',
      'Europe/Lisbon',
      '2026-03-29',
      180,
      '2026-03-29T02:00:00.000Z',
    ],
    ['that is skipped', 'Europe/Lisbon', '2026-03-29', 90, '2026-03-29T01:00:00.000Z'],
    [
      'that comes twice, the first time',
      'Europe/Lisbon',
      '2026-10-25',
      90,
      '2026-10-25T00:30:00.000Z',
    ],
    ['after the clocks went back', 'Europe/Lisbon', '2026-10-25', 150, '2026-10-25T02:30:00.000Z'],
    // Clocks in the Azores change at midnight: this day has none.
    ['a midnight that is skipped', 'Atlantic/Azores', '2026-03-29', 0, '2026-03-29T01:00:00.000Z'],
    ['a midnight that comes twice', 'Atlantic/Azores', '2026-10-25', 0, '2026-10-25T00:00:00.000Z'],
  ])('%s', (_, zone, day, minute, moment) => {
    expect(momentOf(day, minute, zone).toISOString()).toBe(moment);
  });

  it('is that which a clock there shows, whenever and wherever', () => {
    const ever = fc.date({
      min: new Date('1975-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(ever, anyZone, (at, timeZone) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          ...{ timeZone, dateStyle: 'short', timeStyle: 'short' },
        }).format(at);
        const minute = wallMinute(at, timeZone);
        const clock = [Math.floor(minute / 60), minute % 60]
          .map((part) => String(part).padStart(2, '0'))
          .join(':');
        expect(`${localDay(at, timeZone)} ${clock}`).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 119, 150],
    ['Antarctica/Casey', '2022-10-01T16:01:00Z', 0, 181],
  ])('changes with the clocks at the very second: %s', (zone, change, before, after) => {
    const at = Date.parse(change);
    expect(wallMinute(new Date(at - 1_000), zone)).toBe(before);
    expect(wallMinute(new Date(at), zone)).toBe(after);
  });

  it('lies on the day that it was asked for', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), fc.nat(1_439), (at, zone, minute) => {
        const day = localDay(at, zone);
        expect(localDay(momentOf(day, minute, zone), zone)).toBe(day);
      }),
    );
  });
});

describe('a day', () => {
  it('holds every moment that is its own: from its midnight to that of the next', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (at, zone) => {
        const day = localDay(at, zone);
        expect(momentOf(day, 0, zone).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(momentOf(addDays(day, 1), 0, zone).getTime()).toBeGreaterThan(at.getTime());
      }),
    );
  });

  it('has its weekday and its neighbours', () => {
    expect(isoWeekday('2026-11-20')).toBe(5);
    expect(isoWeekday('2026-11-22')).toBe(7);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});
