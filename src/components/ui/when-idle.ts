/** Longest wait for a quiet moment, milliseconds. */
const LATEST_MS = 4_000;
/** Where browsers don't say when they are idle (Safari). */
const LATER_MS = 1_500;

/** Runs `work` once the browser has nothing better to do; answers how to call it off. */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work, { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, LATER_MS);
  return () => clearTimeout(timer);
}
