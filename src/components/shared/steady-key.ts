'use client';

import { useRef } from 'react';
import { newKey } from '@/trpc/idempotency';

/**
 * One idempotency key for one intent: pressing again with the same input sends the same key until
 * the server has answered, so that a double click or a retry after a lost line can't act twice.
 */
export function useSteadyKey() {
  const held = useRef<{ input: string; key: string } | null>(null);
  return {
    for(input: unknown): string {
      const text = JSON.stringify(input);
      if (held.current?.input !== text) held.current = { input: text, key: newKey() };
      return held.current.key;
    },
    answered(): void {
      held.current = null;
    },
  };
}
