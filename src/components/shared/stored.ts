import { useSyncExternalStore } from 'react';

export type Stored<T> = { use: () => T; get: () => T; set: (value: T) => void };

/**
 * A value kept in localStorage under `key`, the same in every tab. What can't be read, or does not
 * pass `parse`, is `fallback`; so is the value on the server and during hydration.
 */
export function stored<T>(
  key: string,
  fallback: T,
  parse: (value: unknown) => T | null,
): Stored<T> {
  const listeners = new Set<() => void>();
  let raw: string | null = null;
  let value = fallback;

  function read(): T {
    let found: string | null = null;
    try {
      found = localStorage.getItem(key);
    } catch {
      return value;
    }
    if (found === raw) return value;
    raw = found;
    value = fallback;
    if (found !== null) {
      try {
        value = parse(JSON.parse(found)) ?? fallback;
      } catch {
        value = fallback;
      }
    }
    return value;
  }

  function set(next: T) {
    value = next;
    raw = JSON.stringify(next);
    try {
      localStorage.setItem(key, raw);
    } catch {
      raw = null;
    }
    for (const listener of listeners) listener();
  }

  function subscribe(listener: () => void) {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key || event.key === null) listener();
    };
    listeners.add(listener);
    window.addEventListener('storage', onStorage);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', onStorage);
    };
  }

  return { use: () => useSyncExternalStore(subscribe, read, () => fallback), get: read, set };
}
