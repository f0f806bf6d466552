/**
 * A function that knows what it made before, to keep the parts that are the same. Only the identity of
 * what it makes depends on that.
 */
export function remembering<Args extends unknown[], Made>(
  make: (before: Made | null, ...args: Args) => Made,
): (...args: Args) => Made {
  let before: Made | null = null;
  return (...args) => {
    before = make(before, ...args);
    return before;
  };
}
