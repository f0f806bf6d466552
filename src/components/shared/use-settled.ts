'use client';

import { useEffect, useState } from 'react';

/** The value once it has stayed the same for so long: what is typed is not sent letter by letter. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  // Waits for the fingers to rest.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
