'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { type OrderImage, REJECT_REASONS } from '@/domain/order';
import { trpc } from '@/trpc/client';

type RejectDialogProps = {
  order: OrderImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** No, and why: said by the kitchen, or by an admin on its behalf. */
export function RejectDialog({ order, open, onOpenChange }: RejectDialogProps) {
  const t = useTranslations('kitchen.reject');
  const reasons = useTranslations('reasons.reject');
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
