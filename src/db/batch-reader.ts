/**
 * Reads by key, where those asked for within `gatherMs` (0: in one turn of the event loop) go in one
 * query. Thousands of drivers report at once: a round trip for each would cost more than the work.
 */
export function batchReader<T>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  gatherMs = 0,
): (key: string) => Promise<T | null> {
  let next: { keys: Set<string>; found: Promise<ReadonlyMap<string, T>> } | null = null;

  const gather = () => {
    const keys = new Set<string>();
    const found = new Promise<void>((resolve) => {
      if (gatherMs > 0) setTimeout(resolve, gatherMs);
      else setImmediate(resolve);
    }).then(() => {
      next = null;
      return read([...keys]);
    });
    return { keys, found };
  };

  return async (key) => {
    next ??= gather();
    next.keys.add(key);
    return (await next.found).get(key) ?? null;
  };
}
