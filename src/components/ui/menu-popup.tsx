'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn';

/** What floats beside its trigger: lists, menus. */
const popupStyle =
  'min-w-(--anchor-width) origin-(--transform-origin) rounded-card bg-raised text-ink shadow-float outline-none transition-[opacity,scale] duration-150 ease-settle data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0';

const itemStyle =
  'relative flex min-h-10 cursor-pointer select-none items-center gap-2.5 rounded-control px-3 py-2 text-sm outline-none pointer-coarse:min-h-11 data-highlighted:bg-hover data-disabled:opacity-50';

export type MenuProps = {
  /** A button element; it gets the trigger's behaviour. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
};

export function MenuPopup({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, 'min-w-52 p-1')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export type MenuItemProps = {
  children: ReactNode;
  onSelect?: () => void;
  /** Renders a link instead of an action. */
  render?: ReactElement;
  danger?: boolean;
  disabled?: boolean;
};

export function MenuPopupItem({ children, onSelect, render, danger, disabled }: MenuItemProps) {
  return (
    <Base.Item
      render={render}
      disabled={disabled}
      onClick={onSelect}
      className={cn(itemStyle, '[&_svg]:size-4 [&_svg]:text-quiet', danger && 'text-bad-ink')}
    >
      {children}
    </Base.Item>
  );
}

export const MenuPopupSeparator = () => <Base.Separator className="mx-2 my-1 h-px bg-line" />;
