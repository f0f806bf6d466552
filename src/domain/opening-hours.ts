import { type Hours, isHoliday, isInSpans, minutesOf, spansOn } from './day-hours';
import { addDays, localDay, momentOf } from './wall-clock';
import type { WeeklyHours } from './weekly-hours';

export type { Holidays, WeeklyHours } from './weekly-hours';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const WEEKDAYS: Readonly<Record<string, number>> = {
  Mon: 1,
  Tue: 2,
  Wed: 3,
  Thu: 4,
  Fri: 5,
  Sat: 6,
  Sun: 7,
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes since Monday 00:00 on the wall clock of `timeZone`. */
function minuteOfWeek(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(at)) parts[part.type] = part.value;
  const day = WEEKDAYS[parts.weekday ?? ''] ?? 1;
  return (day - 1) * DAY_MINUTES + Number(parts.hour) * 60 + Number(parts.minute);
}

/** Opening intervals as [start, end) minutes of the week; an end may run past the week. */
function intervals(hours: WeeklyHours): [number, number][] {
  return hours.map(({ day, opens, closes }) => {
    const start = (day - 1) * DAY_MINUTES + minutesOf(opens);
    const length = minutesOf(closes) - minutesOf(opens);
    return [start, start + (length > 0 ? length : length + DAY_MINUTES)];
  });
}

function isWithinWeek(hours: WeeklyHours, timeZone: string, at: Date): boolean {
  const minute = minuteOfWeek(at, timeZone);
  return intervals(hours).some(
    ([start, end]) =>
      (minute >= start && minute < end) ||
      (minute + WEEK_MINUTES >= start && minute + WEEK_MINUTES < end),
  );
}

const hasHolidays = ({ holidays }: Hours): boolean => Object.keys(holidays).length > 0;

/** Whether the wall clock of its zone stands inside the hours at `at`, those of holidays included. */
export function isWithinHours(place: Hours, at: Date): boolean {
  const { hours, holidays, timeZone } = place;
  if (hasHolidays(place)) {
    const day = localDay(at, timeZone);
    const dayBefore = addDays(day, -1);
    if (isHoliday(holidays, day, dayBefore)) return isInSpans(place, at, dayBefore);
  }
  return isWithinWeek(hours, timeZone, at);
}

/** Found on the wall clock and then corrected for a change of offset on the way (daylight saving). */
function nextInWeek(hours: WeeklyHours, timeZone: string, at: Date): Date | null {
  const now = minuteOfWeek(at, timeZone);
  let best: Date | null = null;
  for (const [start] of intervals(hours)) {
    const wait = (start - now + WEEK_MINUTES) % WEEK_MINUTES || WEEK_MINUTES;
    const base = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
    const guess = base + wait * MINUTE_MS;
    let drift = start - minuteOfWeek(new Date(guess), timeZone);
    if (drift > WEEK_MINUTES / 2) drift -= WEEK_MINUTES;
    if (drift < -WEEK_MINUTES / 2) drift += WEEK_MINUTES;
    const moment = new Date(guess + drift * MINUTE_MS);
    if (best === null || moment < best) best = moment;
  }
  return best;
}

/** The last holiday, or a week from now: after both, every week is like the next. */
const LOOK_AHEAD_DAYS = 8;

/** The next moment after `at` at which the hours begin, or null if they never do. */
export function nextOpening(place: Hours, at: Date): Date | null {
  const { hours, holidays, timeZone } = place;
  if (!hasHolidays(place)) return nextInWeek(hours, timeZone, at);
  const today = localDay(at, timeZone);
  const last = [today, ...Object.keys(holidays)].sort().at(-1) ?? today;
  const end = addDays(last, LOOK_AHEAD_DAYS);
  for (let day = today; day <= end; day = addDays(day, 1)) {
    const starts = spansOn(place, day)
      .map(({ start }) => momentOf(day, start, timeZone))
      .filter((moment) => moment > at)
      .sort((a, b) => a.getTime() - b.getTime());
    if (starts[0]) return starts[0];
  }
  return null;
}

type Opening = Hours & { pausedUntil: string | null };

export const isPaused = (place: Pick<Opening, 'pausedUntil'>, at: Date): boolean =>
  place.pausedUntil !== null && new Date(place.pausedUntil) > at;

/** Open for orders at `at`: inside its hours and not paused by hand. */
export const isOpenAt = (place: Opening, at: Date): boolean =>
  !isPaused(place, at) && isWithinHours(place, at);

/** When a closed place takes orders again, or null if it never does. */
export function opensAt(place: Opening, at: Date): Date | null {
  if (!isPaused(place, at)) return nextOpening(place, at);
  const resumes = new Date(place.pausedUntil ?? at);
  return isWithinHours(place, resumes) ? resumes : nextOpening(place, resumes);
}

/** Around the clock, every day. */
export const ALWAYS_OPEN: WeeklyHours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  day,
  opens: '00:00',
  closes: '24:00',
}));
