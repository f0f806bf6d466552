import type { Holidays, WeeklyHours } from '@/domain/opening-hours';

/** `key` tells rows apart while their times are still being typed. */
export type Span = { key: string; opens: string; closes: string };
export type HoursDraft = {
  /** Monday first. */
  week: Span[][];
  days: { key: string; date: string; name: string; spans: Span[] }[];
};

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

type Opening = { opens: string; closes: string };

const spansOf = (openings: readonly Opening[]): Span[] =>
  openings
    .map(({ opens, closes }, n) => ({ key: `${n}`, opens, closes }))
    .sort((a, b) => a.opens.localeCompare(b.opens));

export const hoursDraftOf = (hours: WeeklyHours, holidays: Holidays): HoursDraft => ({
  week: WEEKDAYS.map((day) => spansOf(hours.filter((each) => each.day === day))),
  days: Object.entries(holidays)
    .map(([date, { name, hours: spans }]) => ({ key: date, date, name, spans: spansOf(spans) }))
    .sort((a, b) => a.date.localeCompare(b.date)),
});

const isClock = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const isSpan = ({ opens, closes }: Opening) =>
  isClock(opens) && (isClock(closes) || closes === '24:00');

/** As it is sent; null while a time or a date is missing, or a date stands twice. */
export function hoursFrom({ week, days }: HoursDraft): {
  hours: WeeklyHours;
  holidays: Holidays;
} | null {
  const dates = days.map(({ date }) => date);
  const spans = [...week.flat(), ...days.flatMap((day) => day.spans)];
  if (!spans.every(isSpan)) return null;
  if (dates.some((date) => !/^\d{4}-\d\d-\d\d$/.test(date))) return null;
  if (new Set(dates).size < dates.length) return null;
  return {
    hours: week.flatMap((list, n) =>
      list.map(({ opens, closes }) => ({ day: n + 1, opens, closes })),
    ),
    holidays: Object.fromEntries(
      days.map(({ date, name, spans: list }) => [
        date,
        { name: name.trim(), hours: list.map(({ opens, closes }) => ({ opens, closes })) },
      ]),
    ),
  };
}

/** The first opening of a day that had none, or one more after the last. */
export const nextSpan = (spans: readonly Span[], key: string): Span =>
  spans.length === 0
    ? { key, opens: '11:00', closes: '22:00' }
    : { key, opens: '18:00', closes: '22:00' };
