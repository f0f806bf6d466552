'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { REJECT_REASONS } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';

type OrderDialogProps = {
  view: OrderView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function RejectDialog({ view: { order }, open, onOpenChange }: OrderDialogProps) {
  const t = useTranslations('admin.reject');
  const reasons = useTranslations('shared.reason.reject');
  const [reason, setReason] = useState<(typeof REJECT_REASONS)[number]>('too_busy');
  const reject = useAction(trpc.admin.stepOrder.useMutation(), {
    onDone: () => onOpenChange(false),
  });
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
