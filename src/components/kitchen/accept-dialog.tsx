'use client';

import { useTranslations } from 'next-intl';
import { MinuteChoices } from '@/components/shared/kitchen/minute-choices';
import { useAction } from '@/components/shared/use-action';
import { Dialog } from '@/components/ui/dialog';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';

type AcceptDialogProps = {
  order: OrderImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const USUAL_CHOICES = [10, 15, 20, 25, 30, 45, 60] as const;

/** Yes, and how long it takes. */
export function AcceptDialog({ order, open, onOpenChange }: AcceptDialogProps) {
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
