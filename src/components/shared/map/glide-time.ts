const SHORTEST_MS = 250;
const LONGEST_MS = 6000;
/** Farther than this between two fixes is a new place, not a ride. */
export const JUMP_M = 1200;

/** How long to move for, when the fix before came this long ago: until about the next one, milliseconds. */
export const glideMs = (sinceFixMs: number): number =>
  Math.min(LONGEST_MS, Math.max(SHORTEST_MS, sinceFixMs * 1.08));
