'use client';

import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';
import { controlStyle } from './input';

export type SelectItem<Value extends string> = { value: Value; label: string };

type SelectProps<Value extends string> = {
  items: readonly SelectItem<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** The accessible name, when no Field label points here. */
  label?: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

export function Select<Value extends string>({
  items,
  value,
  onChange,
  label,
  id,
  placeholder,
  disabled,
  className,
  ...aria
}: SelectProps<Value>) {
  const t = useTranslations('ui');
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger
        {...aria}
        id={id}
        aria-label={label}
        className={cn(
          controlStyle,
          'flex h-11 cursor-pointer select-none items-center justify-between gap-2 px-3 text-start text-sm',
          className,
        )}
      >
        <Base.Value
          placeholder={placeholder ?? t('choose')}
          className="truncate data-placeholder:text-faint"
        />
        <Base.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-quiet" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={popupStyle}>
            <Base.List className="max-h-(--available-height) overflow-y-auto p-1">
              {items.map((item) => (
                <Base.Item key={item.value} value={item.value} className={cn(itemStyle, 'pe-9')}>
                  <Base.ItemText>{item.label}</Base.ItemText>
                  <Base.ItemIndicator className="absolute end-3">
                    <Check aria-hidden="true" className="size-4 text-accent-ink" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** What floats beside its trigger: lists, menus. */
export const popupStyle =
  'min-w-(--anchor-width) origin-(--transform-origin) rounded-card bg-raised text-ink shadow-float outline-none transition-[opacity,scale] duration-150 ease-settle data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0';

export const itemStyle =
  'relative flex min-h-10 cursor-pointer select-none items-center gap-2.5 rounded-control px-3 py-2 text-sm outline-none pointer-coarse:min-h-11 data-highlighted:bg-hover data-disabled:opacity-50';
