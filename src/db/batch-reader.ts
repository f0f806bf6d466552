/** When those who have asked are read for. */
export type Gather =
  /** With all who ask within so many milliseconds; 0: in one turn of the event loop. */
  | number
  /** With all who ask while the query before is under way; at once when none is. */
  | 'while reading';

/**
 * Reads by key, where those asked for together go in one query. Thousands of drivers report at once: a round
 * trip for each would cost more than the work. What is asked for is read afterwards, never before.
 */
export function batchReader<T>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  gather: Gather = 0,
): (key: string) => Promise<T | null> {
  let next: { keys: Set<string>; found: Promise<ReadonlyMap<string, T>> } | null = null;
  let underWay: Promise<unknown> = Promise.resolve();

  const gathered = async () => {
    if (gather === 'while reading') await underWay;
    await new Promise<void>((resolve) => {
      if (typeof gather === 'number' && gather > 0) setTimeout(resolve, gather);
      else setImmediate(resolve);
    });
  };

  const begin = () => {
    const keys = new Set<string>();
    const found = gathered().then(() => {
      next = null;
      return read([...keys]);
    });
    underWay = found.catch(() => undefined);
    return { keys, found };
  };

  return async (key) => {
    next ??= begin();
    next.keys.add(key);
    return (await next.found).get(key) ?? null;
  };
}
