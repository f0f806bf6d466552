'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { CANCEL_WORDS, REJECT_WORDS } from '@/components/shared/reason-words';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { CANCEL_REASONS, REJECT_REASONS } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';

type OrderDialogProps = {
  view: OrderView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function RejectDialog({ view: { order }, open, onOpenChange }: OrderDialogProps) {
  const [reason, setReason] = useState<(typeof REJECT_REASONS)[number]>('too_busy');
  const reject = useAction(trpc.admin.stepOrder.useMutation(), {
    onDone: () => onOpenChange(false),
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Reject #${order.number}?`}
      description={`${order.customerName} is told at once, and pays nothing. This can’t be undone.`}
      confirmLabel="Reject the order"
      danger
      loading={reject.pending}
      onConfirm={() => reject.run({ orderId: order.id, command: 'reject', reason })}
    >
      <RadioGroup
        label="Why can’t it be cooked?"
        value={reason}
        onChange={setReason}
        choices={REJECT_REASONS.map((value) => ({ value, label: REJECT_WORDS[value] }))}
      />
    </ConfirmDialog>
  );
}

export function CancelDialog({ view, open, onOpenChange }: OrderDialogProps) {
  const { order, delivery } = view;
  const [reason, setReason] = useState<(typeof CANCEL_REASONS)[number]>('restaurant_problem');
  const restore = useAction(trpc.admin.restore.useMutation());
  const cancel = useAction(trpc.admin.cancel.useMutation(), {
    onDone: () => {
      onOpenChange(false);
      toast.success(`#${order.number} is cancelled`, {
        action: { label: 'Restore', onClick: () => restore.run({ orderId: order.id }) },
      });
    },
  });
  const carried = delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff';
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Cancel #${order.number}?`}
      description={
        carried
          ? `${delivery.driverName ?? 'The driver'} has the food and takes it back to ${order.restaurantName}. This can’t be undone.`
          : 'Customer, restaurant and driver are told at once. You can restore it afterwards.'
      }
      cancelLabel="Keep the order"
      confirmLabel="Cancel the order"
      danger
      loading={cancel.pending}
      onConfirm={() => cancel.run({ orderId: order.id, reason })}
    >
      <RadioGroup
        label="Why is it cancelled?"
        value={reason}
        onChange={setReason}
        choices={CANCEL_REASONS.map((value) => ({ value, label: CANCEL_WORDS[value] }))}
      />
    </ConfirmDialog>
  );
}

export function UnassignDialog({ view, open, onOpenChange }: OrderDialogProps) {
  const { order, delivery } = view;
  const unassign = useAction(trpc.admin.unassign.useMutation(), {
    onDone: () => onOpenChange(false),
  });
  const name = delivery?.driverName ?? 'the driver';
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Take #${order.number} from ${name}?`}
      description="Other drivers are asked at once."
      confirmLabel="Unassign"
      loading={unassign.pending}
      disabled={!delivery?.driverId}
      onConfirm={() => delivery && unassign.run({ deliveryId: delivery.id })}
    />
  );
}
