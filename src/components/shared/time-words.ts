const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify([timeZone, options]);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    formats.set(key, found);
  }
  return found;
}

type When = string | Date;

/** 19:42, on the wall clock of `timeZone` (the device's when it is left out). */
export const clockWords = (at: When, timeZone?: string): string =>
  format(timeZone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** 12–16 min; one number when both ends are the same. */
export const windowWords = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from} min` : `${from}–${to} min`;

/** Whole minutes from `at` to `now`; negative while `at` is ahead. */
export const minutesSince = (at: When, now: Date): number =>
  Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);

/** 45 s, 3 min, 1 h 20 min: how long ago, for ages on a board. */
export function ageWords(at: When, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** 2 min late, or null while `due` has not passed. */
export function lateWords(due: When, now: Date): string | null {
  const late = minutesSince(due, now);
  return late >= 1 ? `${ageWords(due, now)} late` : null;
}

/** 850 m, 1.4 km, 12 km. */
export function distanceWords(meters: number): string {
  if (meters < 995) return `${Math.max(10, Math.round(meters / 10) * 10)} m`;
  const km = meters / 1_000;
  return `${km < 9.95 ? km.toFixed(1) : Math.round(km)} km`;
}
