'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { type Arrow, neighbour } from './board-keys';

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

function arrowOf(key: string): Arrow | undefined {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return ARROWS[key];
  const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  return key === forward ? 'forward' : 'back';
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const inDialog = (): boolean =>
  document.querySelector(':is([role=dialog], [role=alertdialog])[data-open]') !== null;

type BoardKeys = {
  /** The orders in each column that is in view, top to bottom. */
  columns: () => readonly (readonly string[])[];
  search: RefObject<HTMLInputElement | null>;
  onMove: (orderId: string) => void;
  onAssign: (orderId: string | null) => void;
  onClose: () => void;
  onHelp: () => void;
};

/** Arrows, Enter, A, Escape, / and ?: the whole board without a mouse. */
export function useBoardKeys(keys: BoardKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });

  // The keyboard, wherever the focus is on this page.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { columns, search, onMove, onAssign, onClose, onHelp } = latest.current;
      const { key, target } = event;
      if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey) return;
      if (inDialog()) return;
      if (key === 'Escape') {
        if (target === search.current) search.current?.blur();
        else onClose();
        return;
      }
      if (isTyping(target)) return;
      const onCard =
        target instanceof HTMLElement ? target.closest<HTMLElement>('[data-order]') : null;
      const arrow = arrowOf(key);
      if (arrow) {
        if (!onCard && target !== document.body) return;
        const next = neighbour(columns(), onCard?.getAttribute('data-order') ?? null, arrow);
        event.preventDefault();
        if (next) onMove(next);
      } else if (key === '/') {
        event.preventDefault();
        search.current?.focus();
      } else if (key === '?') {
        onHelp();
      } else if (key.toLowerCase() === 'a') {
        onAssign(onCard?.getAttribute('data-order') ?? null);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
