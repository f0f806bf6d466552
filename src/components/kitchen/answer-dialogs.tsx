'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MinuteChoices } from '@/components/shared/kitchen/minute-choices';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { type OrderImage, REJECT_REASONS } from '@/domain/order';
import { trpc } from '@/trpc/client';

type AnswerDialogProps = {
  order: OrderImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const USUAL_CHOICES = [10, 15, 20, 25, 30, 45, 60] as const;

/** Yes, and how long it takes. */
export function AcceptDialog({ order, open, onOpenChange }: AnswerDialogProps) {
  const t = useTranslations('kitchen.accept');
  const accept = useAction(trpc.kitchen.step.useMutation(), { onDone: () => onOpenChange(false) });
  const usual = order.prepMinutes;
  const choices = [...new Set([usual, ...USUAL_CHOICES])].sort((a, b) => a - b);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title', { number: order.number })}
      description={t('detail')}
    >
      <MinuteChoices
        choices={choices}
        usual={usual}
        busy={accept.pending}
        onChoose={(prepMinutes) =>
          accept.run({ orderId: order.id, command: 'accept', prepMinutes })
        }
      />
    </Dialog>
  );
}

export function RefuseDialog({ order, open, onOpenChange }: AnswerDialogProps) {
  const t = useTranslations('kitchen.reject');
  const reasons = useTranslations('shared.reason.reject');
  const [reason, setReason] = useState<(typeof REJECT_REASONS)[number]>('too_busy');
  const reject = useAction(trpc.kitchen.step.useMutation(), { onDone: () => onOpenChange(false) });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title', { number: order.number })}
      description={t('detail', { customer: order.customerName })}
      confirmLabel={t('confirm')}
      danger
      loading={reject.pending}
      onConfirm={() => reject.run({ orderId: order.id, command: 'reject', reason })}
    >
      <RadioGroup
        label={t('why')}
        value={reason}
        onChange={setReason}
        choices={REJECT_REASONS.map((value) => ({ value, label: reasons(value) }))}
      />
    </ConfirmDialog>
  );
}
