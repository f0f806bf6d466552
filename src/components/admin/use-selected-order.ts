'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** The order whose story is open, kept in the address so that it can be linked. */
export function useSelectedOrder() {
  const selected = useSearchParams().get('order');
  const open = useCallback((orderId: string) => {
    const method = window.location.search.includes('order=') ? 'replaceState' : 'pushState';
    window.history[method](null, '', `/admin?order=${orderId}`);
  }, []);
  const close = useCallback(() => {
    window.history.pushState(null, '', '/admin');
  }, []);
  return { selected, open, close };
}
