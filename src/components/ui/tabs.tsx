'use client';

import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn';

export type TabItem<Value extends string> = {
  value: Value;
  label: ReactNode;
  /** A number beside the label. */
  count?: number;
  panel: ReactNode;
};

type TabsProps<Value extends string> = {
  label: string;
  items: readonly TabItem<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
  panelClassName?: string;
};

export function Tabs<Value extends string>({
  label,
  items,
  value,
  onChange,
  className,
  panelClassName,
}: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next)} className={className}>
      <Base.List
        aria-label={label}
        className="scroll-quiet relative flex gap-1 overflow-x-auto border-line border-b"
      >
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="flex h-11 shrink-0 items-center gap-2 px-3 font-medium text-quiet text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-active:text-ink"
          >
            {item.label}
            {item.count !== undefined && (
              <span className="numerals rounded-full bg-hover px-1.5 text-quiet text-xs">
                {item.count}
              </span>
            )}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-[translate,width] duration-200 ease-settle" />
      </Base.List>
      {items.map((item) => (
        <Base.Panel
          key={item.value}
          value={item.value}
          className={cn('pt-4 focus-visible:outline-offset-4', panelClassName)}
        >
          {item.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
