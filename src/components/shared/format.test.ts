import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { moneyPattern } from '@/domain/money-pattern';
import { zoneOffset } from '@/domain/wall-clock';
import ar from '@/messages/ar/shared.json';
import en from '@/messages/en/shared.json';
import { createFormat } from './format';

const words = createTranslator({ locale: 'en', messages: { shared: en }, namespace: 'shared' });
const english = createFormat('en', words);
const arabic = createFormat(
  'ar-u-nu-latn',
  createTranslator({ locale: 'ar-u-nu-latn', messages: { shared: ar }, namespace: 'shared' }),
);
const now = new Date('2026-05-01T12:00:00Z');
const zone = 'Atlantic/Azores';
const none = { zone: null, money: null, decimal: null };

describe('numbers in words', () => {
  it.each([
    [4, '10 m', '10 م'],
    [994, '990 m', '990 م'],
    [1_400, '1.4 km', '1.4 كم'],
    [4_000, '4 km', '4 كم'],
    [12_345, '12 km', '12 كم'],
  ])('%d metres', (meters, inEnglish, inArabic) => {
    expect(english.distance(meters)).toBe(inEnglish);
    expect(arabic.distance(meters)).toBe(inArabic);
  });

  it.each([-1_000, -1, -0, 0, 7, 42, 0.5, 999, 1_000, 12_345])('%d as Intl writes it', (value) => {
    expect(english.number(value)).toBe(new Intl.NumberFormat('en').format(value));
    expect(arabic.number(value)).toBe(new Intl.NumberFormat('ar-u-nu-latn').format(value));
  });

  it.each([[[]], [['A']], [['A', 'B']], [['A', 'B', 'C']], [['جبن', 'ثوم', 'زيت', 'ملح']]])(
    '%j in a list as Intl writes it',
    (words) => {
      const byIntl = (tag: string) =>
        new Intl.ListFormat(tag, { type: 'conjunction' }).format(words);
      expect(english.list(words)).toBe(byIntl('en-GB'));
      expect(arabic.list(words)).toBe(byIntl('ar'));
    },
  );

  it.each([
    ['2026-05-01T11:59:15Z', '45 s', '45 ث'],
    ['2026-05-01T11:57:00Z', '3 min', '3 د'],
    ['2026-05-01T10:00:00Z', '2 h', '2 س'],
    ['2026-05-01T10:40:00Z', '1 h 20 min', '1 س 20 د'],
  ])('the age of %s', (at, inEnglish, inArabic) => {
    expect(english.age(at, now)).toBe(inEnglish);
    expect(arabic.age(at, now)).toBe(inArabic);
  });

  it.each([
    ['2026-05-01T09:05:00Z', '09:05', '09:05'],
    ['2026-04-30T19:42:00Z', 'yesterday 19:42', 'أمس 19:42'],
    ['2026-05-02T07:00:00Z', 'tomorrow 07:00', 'غدًا 07:00'],
    ['2026-05-05T07:00:00Z', 'Tue 5 May 07:00', 'الثلاثاء 5 مايو 07:00'],
  ])('the moment %s on the wall clock of the restaurant', (at, inEnglish, inArabic) => {
    // Whether a comma follows the weekday is up to the version of ICU.
    const plain = (words: string) => words.replace(/[,،]/g, '');
    expect(plain(english.moment(at, now, zone))).toBe(inEnglish);
    expect(plain(arabic.moment(at, now, zone))).toBe(inArabic);
  });

  it('money, windows and lateness', () => {
    expect(english.money(1_250, 'EUR')).toBe('€12.50');
    expect(arabic.money(1_250, 'EUR').replace(/^\u200f/, '')).toBe('12.50\u00a0€');
    expect(english.window({ from: 12, to: 16 })).toBe('12–16 min');
    expect(arabic.window({ from: 12, to: 12 })).toBe('12 د');
    expect(english.late('2026-05-01T11:58:00Z', now)).toBe('2 min late');
    expect(arabic.late('2026-05-01T12:00:30Z', now)).toBeNull();
  });
});

describe('clocks of a zone whose offset is known', () => {
  const wordsAr = createTranslator({
    locale: 'ar-u-nu-latn',
    messages: { shared: ar },
    namespace: 'shared',
  });
  // Half past midnight, a change of clocks on the day before and the day after, a zone of half hours.
  it.each([
    ['Atlantic/Azores', '2026-05-01T12:00:00Z'],
    ['Atlantic/Azores', '2026-03-28T00:59:59Z'],
    ['Atlantic/Azores', '2026-03-29T01:00:00Z'],
    ['Europe/Lisbon', '2026-10-25T23:30:00Z'],
    ['Asia/Kolkata', '2026-12-31T18:30:00Z'],
    ['Asia/Kathmandu', '2026-12-31T23:59:00Z'],
    ['America/St_Johns', '2026-01-01T00:00:00Z'],
    ['UTC', '2026-01-01T00:00:00Z'],
  ])('in %s about %s', (timeZone, iso) => {
    const at = new Date(iso);
    const known = zoneOffset(timeZone, at);
    for (let hour = -30; hour <= 30; hour += 0.25) {
      const moment = new Date(at.getTime() + hour * 3_600_000);
      expect(createFormat('en', words, { ...none, zone: known }).clock(moment, timeZone)).toBe(
        english.clock(moment, timeZone),
      );
      expect(
        createFormat('ar-u-nu-latn', wordsAr, { ...none, zone: known }).clock(moment, timeZone),
      ).toBe(arabic.clock(moment, timeZone));
    }
  });

  it('asks for no formatter within a day of the moment it is known for', () => {
    const known = zoneOffset(zone, now);
    expect(known).toEqual({
      ...{ timeZone: zone, aheadMs: 0 },
      ...{ from: now.getTime() - 86_400_000, until: now.getTime() + 86_400_000 },
    });
    // Were it wrong, this would be told.
    const wrong = known && { ...known, aheadMs: 3_600_000 };
    const { clock } = createFormat('en', words, { ...none, zone: wrong });
    expect(clock(now, zone)).toBe('13:00');
    expect(clock(now, 'Europe/Lisbon')).toBe('13:00');
    expect(clock(new Date(now.getTime() + 86_400_000), zone)).toBe('12:00');
    expect(clock(new Date(now.getTime() - 86_400_001), zone)).toBe('11:59');
  });

  it('is not known where clocks change within a day', () => {
    expect(zoneOffset('Atlantic/Azores', new Date('2026-03-28T12:00:00Z'))).toBeNull();
    expect(zoneOffset('Atlantic/Azores', new Date('2026-03-27T00:00:00Z'))).not.toBeNull();
  });
});

describe('what a page is told', () => {
  const told = { zone: null, decimal: '·', money: moneyPattern('EUR', 'en') };

  it('is written instead of asking a formatter', () => {
    // Were it wrong, this would be told.
    const money = told.money && { ...told.money, group: '_' };
    const format = createFormat('en', words, { ...told, money });
    expect(format.tenths(4.6)).toBe('4·6');
    expect(format.distance(1_400)).toBe('1·4 km');
    expect(format.money(123_456, 'EUR')).toBe('€1_234.56');
  });

  it('leaves to it what it was not told of', () => {
    const format = createFormat('en', words, told);
    expect(format.money(123_456, 'GBP')).toBe('£1,234.56');
    expect(format.money(0.5, 'EUR')).toBe('€0.01');
    expect(format.tenths(1_234.5)).toBe('1,234.5');
  });
});
