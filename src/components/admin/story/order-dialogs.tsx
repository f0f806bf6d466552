'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { toast } from '@/components/ui/toast';
import { CANCEL_REASONS, REJECT_REASONS } from '@/domain/order';
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

export function CancelDialog({ view, open, onOpenChange }: OrderDialogProps) {
  const { order, delivery } = view;
  const t = useTranslations('admin');
  const reasons = useTranslations('shared.reason.cancel');
  const [reason, setReason] = useState<(typeof CANCEL_REASONS)[number]>('restaurant_problem');
  const restore = useAction(trpc.admin.restore.useMutation());
  const cancel = useAction(trpc.admin.cancel.useMutation(), {
    onDone: () => {
      onOpenChange(false);
      toast.success(t('cancel.done', { number: order.number }), {
        action: { label: t('action.restore'), onClick: () => restore.run({ orderId: order.id }) },
      });
    },
  });
  const carried = delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff';
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('cancel.title', { number: order.number })}
      description={
        carried
          ? t('cancel.carried', {
              name: delivery.driverName ?? t('theDriver'),
              restaurant: order.restaurantName,
            })
          : t('cancel.detail')
      }
      cancelLabel={t('cancel.keep')}
      confirmLabel={t('cancel.confirm')}
      danger
      loading={cancel.pending}
      onConfirm={() => cancel.run({ orderId: order.id, reason })}
    >
      <RadioGroup
        label={t('cancel.why')}
        value={reason}
        onChange={setReason}
        choices={CANCEL_REASONS.map((value) => ({ value, label: reasons(value) }))}
      />
    </ConfirmDialog>
  );
}

export function UnassignDialog({ view, open, onOpenChange }: OrderDialogProps) {
  const { order, delivery } = view;
  const unassign = useAction(trpc.admin.unassign.useMutation(), {
    onDone: () => onOpenChange(false),
  });
  const t = useTranslations('admin');
  const name = delivery?.driverName ?? t('theDriverInside');
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('unassign.title', { number: order.number, name })}
      description={t('unassign.detail')}
      confirmLabel={t('action.unassign')}
      loading={unassign.pending}
      disabled={!delivery?.driverId}
      onConfirm={() => delivery && unassign.run({ deliveryId: delivery.id })}
    />
  );
}
