/** A hidden tab draws no frames: there it goes on after this, milliseconds. */
const AT_THE_LATEST_MS = 250;
/** How long a frame may be held for it, milliseconds: half of one at 60 Hz. */
const BUDGET_MS = 8;

export type Frames = {
  /** Runs once, before the next frame is drawn; `seen`: somebody looks, so that frames must not be held. */
  next(run: (seen: boolean) => void): void;
  /** Milliseconds. */
  now(): number;
};

const browserFrames: Frames = {
  next(run) {
    const once = (seen: boolean) => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      run(seen);
    };
    const frame = requestAnimationFrame(() => once(true));
    const timer = setTimeout(() => once(false), AT_THE_LATEST_MS);
  },
  now: () => performance.now(),
};

export type Step<Value> = (value: Value) => Value;

/**
 * Applies steps to a value in the order in which they are given, before the next frame is drawn: as many as
 * its budget allows, at least one, and the others before the frames after it. What is published is always what
 * the first so many steps make.
 */
export function foldInFrames<Value>(
  start: Value,
  publish: (value: Value) => void,
  frames: Frames = browserFrames,
): (steps: readonly Step<Value>[]) => void {
  let value = start;
  let waiting: Step<Value>[] = [];
  const run = (seen: boolean) => {
    const before = value;
    const until = frames.now() + BUDGET_MS;
    let done = 0;
    for (const step of waiting) {
      if (done > 0 && seen && frames.now() >= until) break;
      value = step(value);
      done += 1;
    }
    waiting = waiting.slice(done);
    if (waiting.length > 0) frames.next(run);
    if (value !== before) publish(value);
  };
  return (steps) => {
    const idle = waiting.length === 0;
    waiting.push(...steps);
    if (idle && waiting.length > 0) frames.next(run);
  };
}
