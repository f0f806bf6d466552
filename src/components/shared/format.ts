import type { useTranslations } from 'next-intl';
import { formatMoney } from '@/domain/money';
import { patternedMoney } from '@/domain/money-pattern';
import { signedTenths } from '@/domain/tenths';
import type { ZoneOffset } from '@/domain/wall-clock';
import { LOCALES, type LocaleTag, localeOf } from '@/i18n/locales';
import { minutesSince } from './minutes-since';
import type { ToldFormats } from './told-formats';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(
  tag: string,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([tag, timeZone, options]);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tag, { ...options, timeZone, hourCycle: 'h23' });
    formats.set(key, found);
  }
  return found;
}

/** Made once for each language, when the first number is written: a phone takes milliseconds for each. */
function once<Formatter>(make: (tag: string) => Formatter): (tag: string) => Formatter {
  const made = new Map<string, Formatter>();
  return (tag) => {
    const formatter = made.get(tag) ?? make(tag);
    made.set(tag, formatter);
    return formatter;
  };
}
const numbersOf = once((tag) => new Intl.NumberFormat(tag));
const tenthsOf = once(
  (tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);

/** What every language here writes as its digits alone: the first formatter takes a phone 60 ms, which are then not needed. */
const isPlain = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < 1_000 && !Object.is(value, -0);

type When = string | Date;

/** 19:42 where it is known how far the zone is ahead; every language here writes it so. */
function knownClock(at: When, timeZone: string | undefined, known?: ZoneOffset | null) {
  const time = new Date(at).getTime();
  if (!known || timeZone !== known.timeZone || time < known.from || time >= known.until)
    return null;
  return new Date(time + known.aheadMs).toISOString().slice(11, 16);
}

type Words = ReturnType<typeof useTranslations<'shared'>>;

/** As Intl lists them, without a formatter that takes a phone 60 ms to make. */
const listed = (words: readonly string[], t: Words): string =>
  words.length === 0
    ? ''
    : words.reduce((before, next, at) =>
        t(at === words.length - 1 ? 'list.last' : 'list.next', { before, next }),
      );

/** Everything with a number in it, in the words of one language. */
export function createFormat(tag: LocaleTag, t: Words, told: ToldFormats | null = null) {
  const { clockTag } = LOCALES[localeOf(tag)];
  const dates = (timeZone: string | undefined, options: Intl.DateTimeFormatOptions, at: When) =>
    dateFormat(clockTag, timeZone, options).format(new Date(at));

  const number = (value: number): string =>
    isPlain(value) ? `${value}` : numbersOf(tag).format(value);

  const tenths = (value: number): string =>
    (told?.decimal && signedTenths(value, told.decimal)) ?? tenthsOf(tag).format(value);

  const money = (amount: number, currency: string): string =>
    (told?.money?.currency === currency ? patternedMoney(amount, told.money) : null) ??
    formatMoney(amount, currency, tag);

  /** 19:42, on the wall clock of `timeZone` (the device's when it is left out). */
  const clock = (at: When, timeZone?: string): string =>
    knownClock(at, timeZone, told?.zone) ??
    dates(timeZone, { hour: '2-digit', minute: '2-digit' }, at);

  const dayKey = (at: When, timeZone?: string) =>
    dates(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }, at);

  function nearDay(at: When, now: Date, timeZone?: string) {
    const key = dayKey(at, timeZone);
    if (key === dayKey(now, timeZone)) return 'today' as const;
    if (key === dayKey(new Date(now.getTime() - DAY_MS), timeZone)) return 'yesterday' as const;
    if (key === dayKey(new Date(now.getTime() + DAY_MS), timeZone)) return 'tomorrow' as const;
    return null;
  }

  const date = (at: When, timeZone?: string): string =>
    dates(timeZone, { weekday: 'short', day: 'numeric', month: 'short' }, at);

  /** 45 s, 3 min, 1 h 20 min: how long ago, for ages on a board. */
  function age(at: When, now: Date): string {
    const seconds = Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 1_000));
    if (seconds < 60) return t('time.seconds', { count: number(seconds) });
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return t('time.minutes', { count: number(minutes) });
    const hours = number(Math.floor(minutes / 60));
    if (minutes % 60 === 0) return t('time.hours', { count: hours });
    return t('time.hoursMinutes', { hours, minutes: number(minutes % 60) });
  }

  return {
    number,
    /** 4.6 */
    tenths,
    clock,
    age,
    /** A, B and C */
    list: (words: readonly string[]): string => listed(words, t),
    /** `amount` in minor units: €12.50. */
    money,
    /** 19:42:10 */
    seconds: (at: When, timeZone?: string): string =>
      dates(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }, at),
    /** 12 November 2026 */
    fullDate: (at: When, timeZone?: string): string =>
      dates(timeZone, { day: 'numeric', month: 'long', year: 'numeric' }, at),
    /** Tue 12 Nov */
    date,
    /** Today, Yesterday, Tomorrow, else Tue 12 Nov. */
    day(at: When, now: Date, timeZone?: string): string {
      const near = nearDay(at, now, timeZone);
      return near ? t(`time.${near}`) : date(at, timeZone);
    },
    /** 19:42 when it is today, else with the day before it. */
    moment(at: When, now: Date, timeZone?: string): string {
      const near = nearDay(at, now, timeZone);
      const time = clock(at, timeZone);
      if (near === 'today') return time;
      return near
        ? t(`time.${near}At`, { time })
        : t('time.dayAt', { day: date(at, timeZone), time });
    },
    /** 12 min */
    minutes: (count: number): string => t('time.minutes', { count: number(count) }),
    /** 12–16 min; one number when both ends are the same. */
    window: ({ from, to }: { from: number; to: number }): string =>
      from === to
        ? t('time.minutes', { count: number(from) })
        : t('time.minutesFromTo', { from: number(from), to: number(to) }),
    /** just now, 3 min ago. */
    ago: (at: When, now: Date): string =>
      minutesSince(at, now) < 1 ? t('time.justNow') : t('time.ago', { age: age(at, now) }),
    /** 2 min late, or null while `due` has not passed. */
    late: (due: When, now: Date): string | null =>
      minutesSince(due, now) >= 1 ? t('time.late', { age: age(due, now) }) : null,
    /** 45 s, 3 min: a length of time in seconds. */
    lasting: (seconds: number): string =>
      seconds < 120
        ? t('time.seconds', { count: number(Math.round(seconds)) })
        : t('time.minutes', { count: number(Math.round(seconds / 60)) }),
    /** 850 m, 1.4 km, 4 km, 12 km. */
    distance(meters: number): string {
      if (meters < 995) {
        const count = number(Math.max(10, Math.round(meters / 10) * 10));
        return t('distance.meters', { count });
      }
      const km = meters / 1_000;
      const count = km < 9.95 && !Number.isInteger(km) ? tenths(km) : number(Math.round(km));
      return t('distance.kilometers', { count });
    },
  };
}

export type Format = ReturnType<typeof createFormat>;
