/** Orders per second relative to the day's mean: lunch, a quiet afternoon, and a long evening. */
export function appetite(second: number): number {
  const hour = second / 3_600;
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
  return 0.35 + 1.6 * peak(12.75, 1) + 2.1 * peak(19.5, 1.4);
}

/** What the streets make of a courier's pace. */
export const traffic = (second: number): number => {
  const hour = second / 3_600;
  return hour > 17 && hour < 19.5 ? 0.82 : 1;
};
