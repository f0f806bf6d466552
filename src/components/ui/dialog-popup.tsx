'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode, RefObject } from 'react';
import { buttonStyle } from './button-style';
import { cn } from './cn';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Stays in view under the scrolling body. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  /** Above the title, to the very edges: a picture, a map. */
  lead?: ReactNode;
  /** Gets the focus when it opens; without it the first control does. */
  initialFocus?: RefObject<HTMLElement | null>;
};

const WIDTH = { sm: 'sm:max-w-md', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' } as const;

export const scrimStyle =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0';

export default function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'md',
  lead,
  initialFocus,
}: DialogProps) {
  const t = useTranslations('ui');
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={scrimStyle} />
        <Base.Popup
          initialFocus={initialFocus}
          className={cn(
            'fixed z-50 flex max-h-[calc(100dvh-3rem)] w-full flex-col overflow-hidden bg-raised shadow-float outline-none transition-[opacity,translate,scale] duration-250 ease-settle',
            'inset-x-0 bottom-0 rounded-t-card data-ending-style:translate-y-8 data-starting-style:translate-y-8 data-ending-style:opacity-0 data-starting-style:opacity-0',
            'sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card sm:data-ending-style:-translate-y-1/2 sm:data-ending-style:scale-98 sm:data-starting-style:-translate-y-1/2 sm:data-starting-style:scale-98',
            WIDTH[size],
          )}
        >
          {lead}
          <div className="flex items-start gap-3 px-5 pt-5 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-1 text-quiet text-sm">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              aria-label={t('close')}
              className={cn(buttonStyle({ variant: 'quiet', size: 'icon' }), '-mt-2 -me-2.5')}
            >
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">
            {children}
          </div>
          {footer && (
            <div className="flex flex-col-reverse gap-2 border-line border-t px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] sm:flex-row sm:justify-end">
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
