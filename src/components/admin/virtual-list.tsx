'use client';

import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useRef } from 'react';
import { cn } from '@/components/ui/cn';

/** As high as a column is on most screens: what the server draws, pixels. */
const FIRST_RECT = { width: 0, height: 800 };

/**
 * What the browser tells after its layout, and till then what is believed: to ask an element that has just
 * come makes it lay out the page in the middle of a render (measured: the most of what a burst of events cost).
 */
function sizeOf(
  element: HTMLLIElement,
  entry: ResizeObserverEntry | undefined,
  { measurementsCache, options, indexFromElement }: Virtualizer<HTMLDivElement, HTMLLIElement>,
): number {
  const told = entry?.borderBoxSize[0]?.blockSize;
  if (told !== undefined) return Math.round(told);
  const index = indexFromElement(element);
  return measurementsCache[index]?.size ?? options.estimateSize(index);
}

type VirtualListProps<T> = {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** How high an item is until it is measured, and what lies between two, pixels. */
  estimate: number;
  gap: number;
  /** The item that stays in the page wherever one scrolls, since the focus is on it or comes there. */
  kept: string | null;
  render: (item: T) => ReactNode;
  label?: string;
  className?: string;
};

/** A list of thousands of which only what is in sight is in the page; each item says which of how many it is. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, estimate, gap, kept, render, label, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const keptAt = kept === null ? -1 : items.findIndex((item) => keyOf(item) === kept);
  const getItemKey = useCallback(
    (index: number) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    [items, keyOf],
  );
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      if (keptAt < 0 || inSight.includes(keptAt)) return inSight;
      return [...inSight, keptAt].sort((a, b) => a - b);
    },
    [keptAt],
  );
  const virtual = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey,
    rangeExtractor,
    measureElement: sizeOf,
    gap,
    overscan: 3,
    initialRect: FIRST_RECT,
    useFlushSync: false,
  });
  return (
    <div
      ref={scroller}
      className={cn('scroll-quiet min-h-0 overflow-y-auto contain-content', className)}
    >
      <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 contain-content"
              style={{ transform: `translateY(${start}px)` }}
            >
              {render(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
