'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';
import { MinuteChoices } from './minute-choices';

const DELAYS = [5, 10, 15, 20, 30, 45] as const;

type DelayDialogProps = {
  order: OrderImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** So much later than it was said; customer and driver see it at once. */
export function DelayDialog({ order, open, onOpenChange }: DelayDialogProps) {
  const t = useTranslations('kitchen.delay');
  const format = useFormat();
  const { number, timeZone, readyEstimateAt } = order;
  const delay = useAction(trpc.kitchen.delay.useMutation(), {
    onDone: ({ readyAt }) => {
      onOpenChange(false);
      toast.success(t('done', { number, time: format.clock(readyAt, timeZone) }));
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title', { number })}
      description={
        readyEstimateAt ? t('detail', { time: format.clock(readyEstimateAt, timeZone) }) : undefined
      }
    >
      <MinuteChoices
        choices={DELAYS}
        sign="+"
        busy={delay.pending}
        onChoose={(minutes) =>
          readyEstimateAt &&
          delay.run({ orderId: order.id, minutes, expectedReadyAt: readyEstimateAt })
        }
      />
    </Dialog>
  );
}
