import { isoWeekday, localDay, wallMinute } from './wall-clock';
import type { Holidays, WeeklyHours } from './weekly-hours';

export type Hours = { hours: WeeklyHours; holidays: Holidays; timeZone: string };

/** Minutes after the midnight that a day begins with; an end may lie in the night after. */
export type Span = { start: number; end: number };

const DAY_MINUTES = 1_440;

export const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** What begins on a day: the hours of its date if it has its own, else those of its weekday. */
export function spansOn({ hours, holidays }: Omit<Hours, 'timeZone'>, day: string): Span[] {
  const own = holidays[day]?.hours ?? hours.filter((each) => each.day === isoWeekday(day));
  return own.map(({ opens, closes }) => {
    const [start, end] = [minutesOf(opens), minutesOf(closes)];
    return { start, end: end > start ? end : end + DAY_MINUTES };
  });
}

/** Whether hours other than those of the week count on this day, or reach into it from the day before. */
export const isHoliday = (holidays: Holidays, day: string, dayBefore: string): boolean =>
  day in holidays || dayBefore in holidays;

/** Open by the spans of the day at `at` and of the day before. */
export function isInSpans(place: Hours, at: Date, dayBefore: string): boolean {
  const minute = wallMinute(at, place.timeZone);
  const covers = (now: number) => (span: Span) => now >= span.start && now < span.end;
  return (
    spansOn(place, localDay(at, place.timeZone)).some(covers(minute)) ||
    spansOn(place, dayBefore).some(covers(minute + DAY_MINUTES))
  );
}
