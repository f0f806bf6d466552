'use client';

import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';
import type { MenuItemProps, MenuProps } from './menu-popup';

const load = () => import('./menu-popup');
const Popup = lazy(async () => ({ default: (await load()).MenuPopup }));
const Item = lazy(async () => ({ default: (await load()).MenuPopupItem }));
const Separator = lazy(async () => ({ default: (await load()).MenuPopupSeparator }));

const OPENING_KEYS = new Set(['ArrowDown', 'ArrowUp']);

/** A menu whose code comes when somebody reaches for it. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const trigger: ReactElement<Record<string, unknown>> = cloneElement(
    props.trigger as ReactElement<Record<string, unknown>>,
    {
      'aria-haspopup': 'menu',
      'aria-expanded': wanted,
      onPointerEnter: () => void load(),
      onFocus: () => void load(),
      onClick: () => setWanted(true),
      onKeyDown: ({ key }: KeyboardEvent) => OPENING_KEYS.has(key) && setWanted(true),
    },
  );
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <Popup {...props} />
    </Suspense>
  );
}

export const MenuItem = (props: MenuItemProps) => <Item {...props} />;
export const MenuSeparator = () => <Separator />;
