'use client';

import { useState } from 'react';
import { FAIL_WORDS } from '@/components/shared/reason-words';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { Sheet } from '@/components/ui/sheet';
import { FAIL_REASONS } from '@/domain/delivery';
import { trpc } from '@/trpc/client';

type Reason = (typeof FAIL_REASONS)[number];

/** Ends a delivery that can't be handed over; the food goes back. */
export function FailSheet({ deliveryId }: { deliveryId: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const fail = useAction(trpc.drivers.fail.useMutation(), { onDone: () => setOpen(false) });
  return (
    <>
      <Button variant="danger-quiet" size="thumb" full onClick={() => setOpen(true)}>
        Can’t deliver
      </Button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title="Why can’t it be delivered?"
        footer={
          <Button
            variant="danger"
            size="thumb"
            full
            disabled={reason === null}
            loading={fail.pending}
            onClick={() => reason && fail.run({ deliveryId, reason })}
          >
            End the delivery
          </Button>
        }
      >
        <p className="text-quiet text-sm">
          The order ends here, and you take the food back to the restaurant. This can’t be undone.
        </p>
        <RadioGroup
          label="Reason"
          value={reason}
          onChange={setReason}
          choices={FAIL_REASONS.map((value) => ({ value, label: FAIL_WORDS[value] }))}
          className="mt-3 [&>label]:min-h-14 [&>label]:text-base"
        />
      </Sheet>
    </>
  );
}
