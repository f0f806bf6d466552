/** When nobody has touched the page for so long, what may still be wanted is brought, milliseconds. */
const UNTOUCHED_MS = 8_000;
/** Longest wait for a quiet moment after that, milliseconds. */
const LATEST_MS = 2_000;
/** Where browsers don't say when they are idle (Safari). */
const LATER_MS = 200;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll'] as const;

let somebody: Promise<void> | undefined;

const firstSign = (): Promise<void> =>
  new Promise((resolve) => {
    const once = { capture: true, passive: true, once: true };
    for (const sign of SIGNS) addEventListener(sign, () => resolve(), once);
    setTimeout(resolve, UNTOUCHED_MS);
  });

function atTheNextQuietMoment(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: LATEST_MS });
  else setTimeout(work, LATER_MS);
}

/**
 * Runs `work` at a quiet moment after the first sign of a person, or some seconds later: who has just opened
 * a page to read it does not wait for what opens at a touch. Answers how to call it off.
 */
export function whenIdle(work: () => void): () => void {
  let calledOff = false;
  somebody ??= firstSign();
  void somebody.then(() =>
    atTheNextQuietMoment(() => {
      if (!calledOff) work();
    }),
  );
  return () => {
    calledOff = true;
  };
}
