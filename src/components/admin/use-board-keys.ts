'use client';

import { type RefObject, useEffect, useRef } from 'react';

const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

const cardsOf = (column: Element): HTMLElement[] => [
  ...column.querySelectorAll<HTMLElement>('[data-order]'),
];

/** The card that an arrow leads to: along the column, or to the same height in the next one. */
function neighbour(
  root: HTMLElement,
  from: HTMLElement | null,
  key: string,
): HTMLElement | undefined {
  const columns = [...root.querySelectorAll('[data-column]')]
    .map(cardsOf)
    .filter(([first]) => first?.checkVisibility());
  const column = columns.findIndex((cards) => cards.some((card) => card === from));
  const cards = columns[column];
  if (!cards) return columns[0]?.[0];
  const row = from ? cards.indexOf(from) : -1;
  if (key === 'ArrowUp') return cards[row - 1];
  if (key === 'ArrowDown') return cards[row + 1];
  const forward = getComputedStyle(root).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const beside = columns[column + (key === forward ? 1 : -1)];
  return beside?.[Math.min(row, beside.length - 1)];
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const inDialog = (): boolean =>
  document.querySelector(':is([role=dialog], [role=alertdialog])[data-open]') !== null;

type BoardKeys = {
  board: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
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
      const { board, search, onAssign, onClose, onHelp } = latest.current;
      const { key, target } = event;
      if (event.defaultPrevented || event.altKey || inDialog()) return;
      if ((event.metaKey || event.ctrlKey) && key.toLowerCase() === 'k') {
        event.preventDefault();
        search.current?.focus();
        return;
      }
      if (event.metaKey || event.ctrlKey) return;
      if (key === 'Escape') {
        if (target === search.current) search.current?.blur();
        else onClose();
        return;
      }
      if (isTyping(target)) return;
      const onCard =
        target instanceof HTMLElement ? target.closest<HTMLElement>('[data-order]') : null;
      if (ARROWS.has(key)) {
        if (!board.current || (!onCard && target !== document.body)) return;
        const next = neighbour(board.current, onCard, key);
        event.preventDefault();
        next?.focus();
        next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
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
