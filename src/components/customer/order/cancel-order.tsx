'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';
import { useOrderWords } from './use-order-words';

/** The reasons that a customer can have. */
const REASONS = ['changed_mind', 'too_slow', 'wrong_address', 'duplicate', 'other'] as const;
type Reason = (typeof REASONS)[number];

type CancelDialogProps = {
  order: OrderImage;
  /** What it costs, minor units. */
  fee: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Says what it costs, and asks why. */
export function CancelDialog({ order, fee, open, onOpenChange }: CancelDialogProps) {
  const { t, format } = useOrderWords();
  const reasons = useTranslations('reasons.cancel');
  const [reason, setReason] = useState<Reason>('changed_mind');
  const cancel = useAction(trpc.orders.cancel.useMutation(), {
    onDone: () => onOpenChange(false),
  });
  const money = (amount: number) => format.money(amount, order.currency);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('cancel.title', { number: String(order.number) })}
      description={
        fee > 0
          ? t('cancel.fee', { fee: money(fee), rest: money(order.total - fee) })
          : t('cancel.free')
      }
      cancelLabel={t('cancel.keep')}
      confirmLabel={t('cancel.open')}
      danger
      loading={cancel.pending}
      onConfirm={() => cancel.run({ orderId: order.id, reason, expectedFee: fee })}
    >
      <RadioGroup
        label={t('cancel.why')}
        value={reason}
        onChange={setReason}
        choices={REASONS.map((value) => ({ value, label: reasons(value) }))}
      />
    </ConfirmDialog>
  );
}
