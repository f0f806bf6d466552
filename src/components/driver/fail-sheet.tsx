'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { Sheet } from '@/components/ui/sheet';
import { FAIL_REASONS } from '@/domain/delivery';
import { trpc } from '@/trpc/client';

type Reason = (typeof FAIL_REASONS)[number];

/** Ends a delivery that can't be handed over; the food goes back. */
export function FailSheet({ deliveryId }: { deliveryId: string }) {
  const t = useTranslations('driver.fail');
  const reasons = useTranslations('shared.reason.fail');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const fail = useAction(trpc.drivers.fail.useMutation(), { onDone: () => setOpen(false) });
  return (
    <>
      <Button variant="danger-quiet" size="thumb" full onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        footer={
          <Button
            variant="danger"
            size="thumb"
            full
            disabled={reason === null}
            loading={fail.pending}
            onClick={() => reason && fail.run({ deliveryId, reason })}
          >
            {t('end')}
          </Button>
        }
      >
        <p className="text-quiet text-sm">{t('detail')}</p>
        <RadioGroup
          label={t('reason')}
          value={reason}
          onChange={setReason}
          choices={FAIL_REASONS.map((value) => ({ value, label: reasons(value) }))}
          className="mt-3 [&>label]:min-h-14 [&>label]:text-base"
        />
      </Sheet>
    </>
  );
}
