'use client';

import { useState } from 'react';
import { CANCEL_WORDS } from '@/components/shared/reason-words';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { trpc } from '@/trpc/client';

/** The reasons that a customer can have. */
const REASONS = ['changed_mind', 'too_slow', 'wrong_address', 'duplicate', 'other'] as const;
type Reason = (typeof REASONS)[number];

export function CancelOrder({ orderId, number }: { orderId: string; number: number }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>('changed_mind');
  const cancel = useAction(trpc.orders.cancel.useMutation(), {
    onDone: () => setOpen(false),
  });

  return (
    <>
      <Button variant="danger-quiet" className="mt-6 -ml-4" onClick={() => setOpen(true)}>
        Cancel the order
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Cancel order #${number}?`}
        description="The kitchen has not started yet, so this costs nothing. It can’t be taken back."
        cancelLabel="Keep the order"
        confirmLabel="Cancel the order"
        danger
        loading={cancel.pending}
        onConfirm={() => cancel.run({ orderId, reason })}
      >
        <RadioGroup
          label="Why?"
          value={reason}
          onChange={setReason}
          choices={REASONS.map((value) => ({ value, label: CANCEL_WORDS[value] }))}
        />
      </ConfirmDialog>
    </>
  );
}
