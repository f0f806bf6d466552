/** A hidden tab draws no frames: there it goes on after this, milliseconds. */
const AT_THE_LATEST_MS = 250;

function nextFrame(run: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, AT_THE_LATEST_MS);
}

/** Gathers what comes and hands it on together, before the next frame is drawn. */
export function onceAFrame<T>(
  handOn: (all: T[]) => void,
  schedule: (run: () => void) => void = nextFrame,
): (one: T) => void {
  let waiting: T[] = [];
  return (one) => {
    waiting.push(one);
    if (waiting.length > 1) return;
    schedule(() => {
      const all = waiting;
      waiting = [];
      handOn(all);
    });
  };
}
