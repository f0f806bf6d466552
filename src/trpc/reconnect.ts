const FIRST_MS = 200;
const LONGEST_MS = 5_000;

/** Exponential back-off with full jitter over its upper half, so that a restart is no stampede. */
export function reconnectDelayMs(attempt: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return full * (0.5 + Math.random() / 2);
}
