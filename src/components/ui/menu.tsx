'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn';
import { itemStyle, popupStyle } from './select';

type MenuProps = {
  /** A button element; it gets the trigger's behaviour. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
};

export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, 'min-w-52 p-1')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type MenuItemProps = {
  children: ReactNode;
  onSelect?: () => void;
  /** Renders a link instead of an action. */
  render?: ReactElement;
  danger?: boolean;
  disabled?: boolean;
};

export function MenuItem({ children, onSelect, render, danger, disabled }: MenuItemProps) {
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

export const MenuSeparator = () => <Base.Separator className="mx-2 my-1 h-px bg-line" />;
