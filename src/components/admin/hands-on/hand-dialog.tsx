'use client';

import type { ReactNode } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { RefusalWords } from '@/trpc/refusal';
import { Meanwhile } from './meanwhile';
import type { Seen } from './use-seen';

type HandDialogProps = {
  seen: Seen;
  action: { pending: boolean; refusal: RefusalWords | null; clear: () => void };
  onClose: () => void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

/** Asks before something is done by hand; says at once when somebody else was faster. */
export function HandDialog({ seen, action, onClose, children, ...dialog }: HandDialogProps) {
  const inTheWay = seen.changes.length > 0 || action.refusal !== null;
  return (
    <ConfirmDialog {...dialog} open onOpenChange={onClose} loading={action.pending}>
      {(children || inTheWay) && (
        <div className="flex flex-col gap-4">
          {children}
          <Meanwhile
            changes={seen.changes}
            refusal={action.refusal}
            onLookAgain={() => {
              action.clear();
              seen.lookAgain();
            }}
          />
        </div>
      )}
    </ConfirmDialog>
  );
}
