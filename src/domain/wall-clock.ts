/** Days and times of day on the wall clock of a zone, and the moments that they are. */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the wall clock is ahead of UTC at a full second, milliseconds. */
function readOffset(at: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

/** Reading a clock takes long, and what it is ahead is kept: since then, clocks have changed at full minutes only. */
const MINUTES_SINCE = Date.UTC(1980, 0, 1);
const MOST_MINUTES = 10_000;
const offsets = new Map<string, number>();

function offsetOf(at: number, timeZone: string): number {
  if (at < MINUTES_SINCE) return readOffset(at, timeZone);
  const minute = Math.floor(at / MINUTE_MS);
  const key = `${minute} ${timeZone}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = readOffset(minute * MINUTE_MS, timeZone);
    if (offsets.size >= MOST_MINUTES) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

/** What the wall clock shows at `at`, as if it were UTC, to the second; milliseconds. */
function wallMs(at: number, timeZone: string): number {
  const second = Math.floor(at / 1_000) * 1_000;
  return second + offsetOf(second, timeZone);
}

/** By so much the clocks of a zone are ahead of UTC, milliseconds, from one moment to before another. */
export type ZoneOffset = { timeZone: string; aheadMs: number; from: number; until: number };

/** The offset of a zone from a day before `at` to a day after; null where clocks change in that time. */
export function zoneOffset(timeZone: string, at: Date): ZoneOffset | null {
  const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  const [from, until] = [minute - DAY_MS, minute + DAY_MS];
  const aheadMs = offsetOf(minute, timeZone);
  const steady = [from, until].every((end) => offsetOf(end, timeZone) === aheadMs);
  return steady ? { timeZone, aheadMs, from, until } : null;
}

/** The calendar day of `at`, YYYY-MM-DD. */
export const localDay = (at: Date, timeZone: string): string =>
  new Date(wallMs(at.getTime(), timeZone)).toISOString().slice(0, 10);

/** Minutes after midnight on the wall clock. */
export const wallMinute = (at: Date, timeZone: string): number =>
  Math.floor((wallMs(at.getTime(), timeZone) % DAY_MS) / MINUTE_MS);

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** 1 = Monday … 7 = Sunday. */
export const isoWeekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/**
 * The moment at which the clock shows `minute` minutes after midnight of `day`; 1,440 and more is the
 * next day. Of two such moments (clocks go back) the first, of none (they go forward) that of the change.
 */
export function momentOf(day: string, minute: number, timeZone: string): Date {
  const target = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const offsetAt = (at: number) => wallMs(at, timeZone) - at;
  const [before, after] = [offsetAt(target - DAY_MS), offsetAt(target + DAY_MS)];
  const candidates = [target - before, target - after].sort((a, b) => a - b);
  const shown = candidates.find((at) => wallMs(at, timeZone) === target);
  if (shown !== undefined) return new Date(shown);
  // Skipped: the last moment that still has the offset of before, to the minute.
  let [low = target, high = target] = candidates;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return new Date(offsetAt(low) === before ? high : low);
}
