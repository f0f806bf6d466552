'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DelayDialog } from '@/components/shared/kitchen/delay-dialog';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { deliveryMachine } from '@/domain/delivery';
import { orderMachine } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { CancelDialog, RejectDialog, UnassignDialog } from './order-dialogs';
import { UnseenActions } from './unseen-actions';

type Asked = 'reject' | 'cancel' | 'unassign' | 'delay' | null;
type KitchenStep = 'accept' | 'start' | 'finish' | 'complete';

const KITCHEN: readonly KitchenStep[] = ['accept', 'start', 'finish'];

/** What the machines allow now; anything else is not there to be pressed. */
export function OrderActions({ view, onAssign }: { view: OrderView; onAssign: () => void }) {
  const t = useTranslations('admin.action');
  const kitchenWords = useTranslations('kitchen');
  const { order, delivery } = view;
  const [asked, setAsked] = useState<Asked>(null);
  const step = useAction(trpc.admin.stepOrder.useMutation());
  const restore = useAction(trpc.admin.restore.useMutation());
  const retry = useAction(trpc.admin.retryDispatch.useMutation(), {
    onDone: () => toast.success(t('searching', { number: order.number })),
  });
  const orderSteps = orderMachine.steps[order.status];
  const deliverySteps = delivery ? deliveryMachine.steps[delivery.status] : {};
  const fetched = order.fulfilment === 'pickup' && orderSteps.complete !== undefined;
  const kitchen = fetched
    ? 'complete'
    : KITCHEN.find((command) => orderSteps[command] !== undefined);
  const searches =
    delivery?.status === 'no_driver' ||
    (deliverySteps.exhaust !== undefined && delivery?.nextAttemptAt !== null);
  const mayRestore =
    orderSteps.restore !== undefined && (!delivery || deliverySteps.restore !== undefined);
  const dialog = (which: Asked) => ({
    open: asked === which,
    onOpenChange: (open: boolean) => setAsked(open ? which : null),
    view,
  });

  return (
    <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
      <UnseenActions orderId={order.id} />
      {deliverySteps.assign && (
        <Button size="sm" variant="primary" onClick={onAssign}>
          {t('assign')}
        </Button>
      )}
      {kitchen && (
        <Button
          size="sm"
          variant={kitchen === 'accept' ? 'primary' : 'secondary'}
          loading={step.pending}
          onClick={() => step.run({ orderId: order.id, command: kitchen })}
        >
          {t(kitchen)}
        </Button>
      )}
      {(order.status === 'accepted' || order.status === 'preparing') && (
        <Button size="sm" onClick={() => setAsked('delay')}>
          {kitchenWords('action.delay')}
        </Button>
      )}
      {orderSteps.reject && (
        <Button size="sm" onClick={() => setAsked('reject')}>
          {t('reject')}
        </Button>
      )}
      {deliverySteps.unassign && (
        <>
          <Button size="sm" onClick={onAssign}>
            {t('reassign')}
          </Button>
          <Button size="sm" onClick={() => setAsked('unassign')}>
            {t('unassign')}
          </Button>
        </>
      )}
      {delivery && searches && (
        <Button
          size="sm"
          loading={retry.pending}
          onClick={() => retry.run({ deliveryId: delivery.id })}
        >
          {t('searchAgain')}
        </Button>
      )}
      {orderSteps.cancel && (
        <Button size="sm" className="text-bad-ink" onClick={() => setAsked('cancel')}>
          {t('cancel')}
        </Button>
      )}
      {mayRestore && (
        <Button
          size="sm"
          variant="primary"
          loading={restore.pending}
          onClick={() => restore.run({ orderId: order.id })}
        >
          {t('restore')}
        </Button>
      )}
      <DelayDialog {...dialog('delay')} order={order} />
      <RejectDialog {...dialog('reject')} />
      <CancelDialog {...dialog('cancel')} />
      <UnassignDialog {...dialog('unassign')} />
    </div>
  );
}
