type When = string | Date;

/** 12–16 min; one number when both ends are the same. */
export const windowWords = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from} min` : `${from}–${to} min`;

/** Whole minutes from `at` to `now`; negative while `at` is ahead. */
export const minutesSince = (at: When, now: Date): number =>
  Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);

/** 850 m, 1.4 km, 12 km. */
export function distanceWords(meters: number): string {
  if (meters < 995) return `${Math.max(10, Math.round(meters / 10) * 10)} m`;
  const km = meters / 1_000;
  return `${km < 9.95 ? km.toFixed(1) : Math.round(km)} km`;
}
