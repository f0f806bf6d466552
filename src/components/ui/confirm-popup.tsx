'use client';

import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button';
import { scrimStyle } from './dialog-popup';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  loading?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

export default function ConfirmPopup({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel,
  danger = false,
  loading = false,
  disabled = false,
  onConfirm,
  children,
}: ConfirmDialogProps) {
  const t = useTranslations('ui');
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={scrimStyle} />
        <Base.Popup className="fixed inset-x-4 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-3rem)] max-w-md -translate-y-1/2 flex-col overflow-y-auto rounded-card bg-raised p-5 shadow-float outline-none transition-[opacity,scale] duration-200 ease-settle data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0">
          <Base.Title className="text-lg">{title}</Base.Title>
          <Base.Description className="mt-1 text-quiet text-sm">{description}</Base.Description>
          {children && <div className="mt-4">{children}</div>}
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={() => onOpenChange(false)}>{cancelLabel ?? t('back')}</Button>
            <Button
              variant={danger ? 'danger' : 'primary'}
              loading={loading}
              disabled={disabled}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
