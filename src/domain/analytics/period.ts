import { addDays, localDay } from '@/domain/wall-clock';

export const PERIODS = ['today', 'yesterday', '7', '28', 'custom'] as const;
export type PeriodName = (typeof PERIODS)[number];
/** A custom period is so long at the most, days. */
export const LONGEST_PERIOD_DAYS = 92;

export type PeriodChoice =
  | { name: Exclude<PeriodName, 'custom'> }
  /** First and last day, YYYY-MM-DD, both in it. */
  | { name: 'custom'; from: string; to: string };

/** Days of one wall clock, first and last in it. */
export type DayRange = { from: string; to: string };

export type ComparedPeriods = {
  current: DayRange;
  /** The same weekdays as many whole weeks before as it takes. */
  before: DayRange;
  /** The last day of `before` counts up to this time of day; null: all of it. Minutes from midnight. */
  untilMinute: number | null;
};

const DAY_MS = 86_400_000;

/** How many days a range has, first and last counted. */
export const daysIn = ({ from, to }: DayRange): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

const earlier = (a: string, b: string): string => (a < b ? a : b);

/** Days to come have no figures: the range ends today. */
function rangeOf(choice: PeriodChoice, today: string): DayRange {
  switch (choice.name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case '7':
      return { from: addDays(today, -6), to: today };
    case '28':
      return { from: addDays(today, -27), to: today };
    case 'custom':
      return { from: earlier(choice.from, today), to: earlier(choice.to, today) };
  }
}

const minuteOfDay = (at: Date, timeZone: string): number => {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .split(':')
    .map(Number);
  return hour * 60 + minute;
};

/**
 * The days that a period means on the wall clock of a zone at this moment, and those that it is compared
 * with: the same weekdays, whole weeks before. A period that ends today is not over, and so is compared
 * with as much of the other one's last day as of today.
 */
export function comparePeriods(choice: PeriodChoice, now: Date, timeZone: string): ComparedPeriods {
  const today = localDay(now, timeZone);
  const current = rangeOf(choice, today);
  const back = Math.ceil(daysIn(current) / 7) * 7;
  return {
    current,
    before: { from: addDays(current.from, -back), to: addDays(current.to, -back) },
    untilMinute: current.to === today ? minuteOfDay(now, timeZone) : null,
  };
}
