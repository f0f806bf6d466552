/** Passes on the latest value, at most one in `everyMs`: the first at once, and the last is never lost. */
export function latestEvery<T>(everyMs: number, pass: (value: T) => void) {
  let waiting: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const due = (): void => {
    timer = null;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(due, everyMs);
    pass(value);
  };
  return {
    take(value: T): void {
      waiting = { value };
      if (timer === null) due();
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = null;
    },
  };
}
