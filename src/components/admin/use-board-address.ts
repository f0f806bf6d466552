'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSettled } from '@/components/shared/use-settled';
import { type BoardFilter, boardAddress, readFilter } from './board-filter';

const TYPING_MS = 200;

/** What is shown and which order is open, kept in the address so that both can be linked. */
export function useBoardAddress() {
  const params = useSearchParams();
  const selected = params.get('order');
  const [filter, setFilter] = useState(() => readFilter(params));
  const wanted = boardAddress({ ...filter, text: useSettled(filter.text, TYPING_MS) }, selected);

  const ours = useRef(wanted);

  // The address bar: what is chosen here is written there, and where a link or the way back leads is taken over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address changes together with `params`
  useEffect(() => {
    const { pathname, search } = window.location;
    const here = `${pathname}${search}`;
    if (pathname !== '/admin') return;
    const led = here !== wanted && here !== ours.current;
    if (led) setFilter(readFilter(new URLSearchParams(search)));
    else if (here !== wanted) window.history.replaceState(null, '', wanted);
    ours.current = led ? here : wanted;
  }, [wanted, params]);

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
