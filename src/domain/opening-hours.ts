import type { WeeklyHours } from './weekly-hours';

export type { WeeklyHours } from './weekly-hours';

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

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Opening intervals as [start, end) minutes of the week; an end may run past the week. */
function intervals(hours: WeeklyHours): [number, number][] {
  return hours.map(({ day, opens, closes }) => {
    const start = (day - 1) * DAY_MINUTES + minutesOf(opens);
    const length = minutesOf(closes) - minutesOf(opens);
    return [start, start + (length > 0 ? length : length + DAY_MINUTES)];
  });
}

/** Whether the wall clock of `timeZone` stands inside the hours at `at`. */
export function isWithinHours(hours: WeeklyHours, timeZone: string, at: Date): boolean {
  const minute = minuteOfWeek(at, timeZone);
  return intervals(hours).some(
    ([start, end]) =>
      (minute >= start && minute < end) ||
      (minute + WEEK_MINUTES >= start && minute + WEEK_MINUTES < end),
  );
}

/**
 * The next moment after `at` at which the hours begin, or null if they never do. Found on the wall
 * clock and then corrected for a change of offset on the way (daylight saving).
 */
export function nextOpening(hours: WeeklyHours, timeZone: string, at: Date): Date | null {
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

type Opening = { hours: WeeklyHours; timeZone: string; pausedUntil: string | null };

export const isPaused = (place: Opening, at: Date): boolean =>
  place.pausedUntil !== null && new Date(place.pausedUntil) > at;

/** Open for orders at `at`: inside its hours and not paused by hand. */
export const isOpenAt = (place: Opening, at: Date): boolean =>
  !isPaused(place, at) && isWithinHours(place.hours, place.timeZone, at);

/** When a closed place takes orders again, or null if it never does. */
export function opensAt(place: Opening, at: Date): Date | null {
  if (!isPaused(place, at)) return nextOpening(place.hours, place.timeZone, at);
  const resumes = new Date(place.pausedUntil ?? at);
  return isWithinHours(place.hours, place.timeZone, resumes)
    ? resumes
    : nextOpening(place.hours, place.timeZone, resumes);
}

/** Around the clock, every day. */
export const ALWAYS_OPEN: WeeklyHours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  day,
  opens: '00:00',
  closes: '24:00',
}));
