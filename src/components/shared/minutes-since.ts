/** Whole minutes from `at` to `now`; negative while `at` is ahead. */
export const minutesSince = (at: string | Date, now: Date): number =>
  Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
