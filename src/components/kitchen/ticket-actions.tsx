'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DelayDialog } from '@/components/shared/kitchen/delay-dialog';
import { RejectDialog } from '@/components/shared/kitchen/reject-dialog';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';
import { AcceptDialog } from './accept-dialog';

type Asked = 'accept' | 'reject' | 'delay' | null;

/** The next step of an order in one large button, and what else may be done. */
export function TicketActions({ order }: { order: OrderImage }) {
  const t = useTranslations('kitchen.action');
  const [asked, setAsked] = useState<Asked>(null);
  const step = useAction(trpc.kitchen.step.useMutation());
  const dialog = (which: Asked) => ({
    open: asked === which,
    onOpenChange: (open: boolean) => setAsked(open ? which : null),
    order,
  });
  const take = (command: 'start' | 'finish' | 'complete') =>
    step.run({ orderId: order.id, command });
  const cooking = order.status === 'accepted' || order.status === 'preparing';

  return (
    <div className="mt-3.5 flex gap-2 empty:hidden">
      {order.status === 'placed' && (
        <>
          <Button
            variant="primary"
            size="thumb"
            onClick={() => setAsked('accept')}
            className="flex-1 px-3"
          >
            {t('accept')}
          </Button>
          <Button size="thumb" onClick={() => setAsked('reject')} className="px-4">
            {t('reject')}
          </Button>
        </>
      )}
      {cooking && (
        <>
          <Button
            variant="primary"
            size="thumb"
            loading={step.pending}
            onClick={() => take(order.status === 'accepted' ? 'start' : 'finish')}
            className="flex-1 px-3"
          >
            {t(order.status === 'accepted' ? 'start' : 'ready')}
          </Button>
          <Button size="thumb" onClick={() => setAsked('delay')} className="px-4">
            {t('delay')}
          </Button>
        </>
      )}
      {order.status === 'ready' && order.fulfilment === 'pickup' && (
        <Button
          variant="primary"
          size="thumb"
          full
          loading={step.pending}
          onClick={() => take('complete')}
        >
          {t('fetched')}
        </Button>
      )}
      <AcceptDialog {...dialog('accept')} />
      <RejectDialog {...dialog('reject')} />
      <DelayDialog {...dialog('delay')} />
    </div>
  );
}
