const { Date: RealDate } = globalThis;
const realNow = RealDate.now.bind(RealDate);
let aheadMs = 0;

/** What the time is, as somebody who has set the clock sees it; timers go on as they did. */
class SetDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given[0] ?? SetDate.now());
  }

  static override now(): number {
    return realNow() + aheadMs;
  }
}

/** Sets this process's clock so far from the real one, milliseconds. */
export function jumpClock(ms: number): void {
  aheadMs = ms;
  // `Date` with its many ways to be called: nothing of ours calls it with more than one value, or without `new`.
  globalThis.Date = ms === 0 ? RealDate : (SetDate as DateConstructor);
}
