'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useReasonWords } from '@/components/shared/use-reason-words';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { MustSeeImage } from '@/domain/must-see-image';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';

/** Something that rings until somebody says that they have seen it. */
export function ToSee({ mustSee, order }: { mustSee: MustSeeImage; order: OrderImage }) {
  const t = useTranslations('kitchen');
  const format = useFormat();
  const reasonWords = useReasonWords();
  const acknowledge = useAction(trpc.kitchen.acknowledge.useMutation());
  const words = () => {
    if (mustSee.event === 'cancelled') {
      return order.reason
        ? t('toSee.cancelledWhy', { reason: reasonWords(order.reason) })
        : t('toSee.cancelled');
    }
    if (mustSee.event === 'delayed') {
      return order.readyEstimateAt
        ? t('toSee.delayed', { time: format.clock(order.readyEstimateAt, order.timeZone) })
        : t('toSee.late');
    }
    return t(order.status === 'placed' ? 'toSee.placed' : 'toSee.acceptedAlready');
  };
  return (
    <div
      className={cn(
        'mt-2.5 flex items-center gap-3 rounded-control ps-3.5 pe-1.5 py-1.5 font-medium text-sm',
        mustSee.event === 'placed' ? 'bg-accent-soft text-accent-ink' : 'bg-bad-soft text-bad-ink',
      )}
    >
      <span className="min-w-0 flex-1 text-pretty">{words()}</span>
      <Button
        size="md"
        loading={acknowledge.pending}
        onClick={() => acknowledge.run({ orderId: order.id, mustSeeId: mustSee.id })}
      >
        <Eye aria-hidden="true" />
        {t('toSee.seen')}
      </Button>
    </div>
  );
}
