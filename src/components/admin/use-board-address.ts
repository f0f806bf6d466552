'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { useSettled } from '@/components/shared/use-settled';
import { type BoardFilter, boardAddress, readFilter } from './board-filter';

const TYPING_MS = 200;

/** What is shown and which order is open, kept in the address so that both can be linked. */
export function useBoardAddress() {
  const params = useSearchParams();
  const selected = params.get('order');
  const [filter, setFilter] = useState(() => readFilter(params));
  const wanted = boardAddress({ ...filter, text: useSettled(filter.text, TYPING_MS) }, selected);

  const present = boardAddress(readFilter(params), selected);
  const [seen, setSeen] = useState(present);
  if (present !== seen) {
    setSeen(present);
    // A link has led here, or the way back: not what was written below.
    if (present !== wanted) setFilter(readFilter(params));
  }

  // The address bar.
  useEffect(() => {
    const { pathname, search } = window.location;
    if (pathname === '/admin' && `${pathname}${search}` !== wanted) {
      window.history.replaceState(null, '', wanted);
    }
  }, [wanted]);

  const open = useCallback((orderId: string) => {
    const method = window.location.search.includes('order=') ? 'replaceState' : 'pushState';
    window.history[method](null, '', addressWith(orderId));
  }, []);
  const close = useCallback(() => window.history.pushState(null, '', addressWith(null)), []);
  const change = useCallback(
    (part: Partial<BoardFilter>) => setFilter((before) => ({ ...before, ...part })),
    [],
  );
  return { selected, open, close, filter, change };
}

const addressWith = (orderId: string | null): string =>
  boardAddress(readFilter(new URLSearchParams(window.location.search)), orderId);
