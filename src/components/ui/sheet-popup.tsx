'use client';

import { useDirection } from '@base-ui/react/direction-provider';
import { Drawer as Base } from '@base-ui/react/drawer';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonStyle } from './button-style';
import { cn } from './cn';

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  /** From where it slides in. */
  side?: 'bottom' | 'end';
  /** Beside the title. */
  aside?: ReactNode;
  /** A scrim over the page, focus kept inside. */
  modal?: boolean;
  className?: string;
};

const POPUP = {
  bottom:
    'max-h-[calc(100dvh-4rem)] w-full rounded-t-card [transform:translateY(var(--drawer-swipe-movement-y))] data-ending-style:[transform:translateY(100%)] data-starting-style:[transform:translateY(100%)]',
  end: 'h-full w-[min(30rem,100vw)] [--away:100%] rtl:[--away:-100%] [transform:translateX(var(--drawer-swipe-movement-x))] data-ending-style:[transform:translateX(var(--away))] data-starting-style:[transform:translateX(var(--away))]',
} as const;

export default function SheetPopup({
  open,
  onOpenChange,
  title,
  children,
  footer,
  side = 'bottom',
  aside,
  modal = true,
  className,
}: SheetProps) {
  const t = useTranslations('ui');
  const direction = useDirection();
  return (
    <Base.Root
      open={open}
      onOpenChange={onOpenChange}
      modal={modal}
      disablePointerDismissal={!modal}
      swipeDirection={side === 'bottom' ? 'down' : direction === 'rtl' ? 'left' : 'right'}
    >
      <Base.Portal>
        {modal && (
          <Base.Backdrop className="fixed inset-0 z-40 bg-scrim opacity-[calc(1-var(--drawer-swipe-progress))] transition-opacity duration-300 data-swiping:duration-0 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        )}
        <Base.Viewport
          className={cn(
            'fixed inset-0 z-50 flex',
            side === 'bottom' ? 'items-end' : 'justify-end',
            !modal && 'pointer-events-none',
          )}
        >
          <Base.Popup
            className={cn(
              'pointer-events-auto flex flex-col overflow-hidden bg-raised shadow-float outline-none transition-transform duration-300 ease-settle data-swiping:select-none data-swiping:duration-0',
              POPUP[side],
              className,
            )}
          >
            {side === 'bottom' && (
              <div
                aria-hidden="true"
                className="mx-auto mt-2 h-1 w-9 shrink-0 rounded-full bg-line"
              />
            )}
            <div className="flex shrink-0 items-center gap-3 px-5 pt-3 pb-2">
              <Base.Title className="min-w-0 flex-1 truncate text-lg">{title}</Base.Title>
              {aside}
              <Base.Close
                aria-label={t('close')}
                className={cn(buttonStyle({ variant: 'quiet', size: 'icon' }), '-me-2.5')}
              >
                <X aria-hidden="true" />
              </Base.Close>
            </div>
            <Base.Content className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-5">
              {children}
            </Base.Content>
            {footer && (
              <div className="shrink-0 border-line border-t px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
                {footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
