const FIRST_MS = 1_000;
const LONGEST_MS = 600_000;

/** The pause before try `attempts` + 1: doubling from a second to ten minutes, a quarter of it random. */
export function retryDelayMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  return Math.round(full * (0.75 + 0.25 * random));
}
