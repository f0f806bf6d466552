'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { AddressDialog } from '@/components/admin/hands-on/address-dialog';
import { CancelDialog } from '@/components/admin/hands-on/cancel-dialog';
import { DelayDialog } from '@/components/admin/hands-on/delay-dialog';
import { HandBackDialog, UnassignDialog } from '@/components/admin/hands-on/driver-dialogs';
import { leftOf, RefundDialog } from '@/components/admin/hands-on/refund-dialog';
import { useHand, useSayDone } from '@/components/admin/hands-on/use-hand';
import { RejectDialog } from '@/components/shared/kitchen/reject-dialog';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { deliveryMachine, isBeforePickup } from '@/domain/delivery';
import { seenOn } from '@/domain/hands-on';
import { isOpenOrder, orderMachine } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { UnseenActions } from './unseen-actions';

type Asked = 'reject' | 'cancel' | 'unassign' | 'handBack' | 'delay' | 'address' | 'refund' | null;
type KitchenStep = 'accept' | 'start' | 'finish' | 'complete';

const KITCHEN: readonly KitchenStep[] = ['accept', 'start', 'finish'];

/** What the machines allow now; anything else is not there to be pressed. */
export function OrderActions({ view, onAssign }: { view: OrderView; onAssign: () => void }) {
  const t = useTranslations('handsOn.group');
  const [asked, setAsked] = useState<Asked>(null);
  const { delivery } = view;
  const onClose = () => setAsked(null);
  return (
    <div className="mt-3 flex flex-col gap-2 empty:hidden">
      <Group name={t('kitchen')}>
        <UnseenActions orderId={view.order.id} />
        <KitchenActions view={view} onAsk={setAsked} />
      </Group>
      <Group name={t('driver')}>
        <DriverActions view={view} onAsk={setAsked} onAssign={onAssign} />
      </Group>
      <Group name={t('order')}>
        <WholeOrderActions view={view} onAsk={setAsked} />
      </Group>
      <RejectDialog
        order={view.order}
        open={asked === 'reject'}
        onOpenChange={(open) => setAsked(open ? 'reject' : null)}
      />
      {asked === 'cancel' && <CancelDialog view={view} onClose={onClose} />}
      {asked === 'delay' && <DelayDialog view={view} onClose={onClose} />}
      {asked === 'address' && <AddressDialog view={view} onClose={onClose} />}
      {asked === 'refund' && <RefundDialog view={view} onClose={onClose} />}
      {asked === 'unassign' && delivery && (
        <UnassignDialog view={view} delivery={delivery} onClose={onClose} />
      )}
      {asked === 'handBack' && delivery && (
        <HandBackDialog view={view} delivery={delivery} onClose={onClose} />
      )}
    </div>
  );
}

/** A row of what belongs together; not there when nothing of it can be done. */
function Group({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex items-start gap-2 has-[>div:empty]:hidden">
      <p id={id} className="w-16 shrink-0 pt-2.5 text-faint text-xs pointer-coarse:pt-3.5">
        {name}
      </p>
      <div className="flex min-w-0 flex-wrap gap-2">{children}</div>
    </fieldset>
  );
}

type ActionsProps = { view: OrderView; onAsk: (asked: Asked) => void };

function KitchenActions({ view: { order }, onAsk }: ActionsProps) {
  const t = useTranslations('admin.action');
  const hands = useTranslations('handsOn.action');
  const step = useAction(trpc.admin.stepOrder.useMutation());
  const steps = orderMachine.steps[order.status];
  const fetched = order.fulfilment === 'pickup' && steps.complete !== undefined;
  const next = fetched ? 'complete' : KITCHEN.find((command) => steps[command] !== undefined);
  const cooks = order.status === 'accepted' || order.status === 'preparing';
  return (
    <>
      {next && (
        <Button
          size="sm"
          variant={next === 'accept' ? 'primary' : 'secondary'}
          loading={step.pending}
          onClick={() => step.run({ orderId: order.id, command: next })}
        >
          {t(next)}
        </Button>
      )}
      {steps.reject && (
        <Button size="sm" onClick={() => onAsk('reject')}>
          {t('reject')}
        </Button>
      )}
      {cooks && (
        <Button size="sm" onClick={() => onAsk('delay')}>
          {hands('delay')}
        </Button>
      )}
    </>
  );
}

function DriverActions({ view, onAsk, onAssign }: ActionsProps & { onAssign: () => void }) {
  const { order, delivery } = view;
  const t = useTranslations('admin.action');
  const hands = useTranslations('handsOn.action');
  const retry = useAction(trpc.admin.retryDispatch.useMutation(), {
    onDone: () => toast.success(t('searching', { number: order.number })),
  });
  if (!delivery) return null;
  const steps = deliveryMachine.steps[delivery.status];
  const searches =
    delivery.status === 'no_driver' ||
    (steps.exhaust !== undefined && delivery.nextAttemptAt !== null);
  return (
    <>
      {steps.assign && (
        <Button size="sm" variant="primary" onClick={onAssign}>
          {t('assign')}
        </Button>
      )}
      {steps.unassign && (
        <>
          <Button size="sm" onClick={onAssign}>
            {t('reassign')}
          </Button>
          <Button size="sm" onClick={() => onAsk('unassign')}>
            {t('unassign')}
          </Button>
          <Button size="sm" onClick={() => onAsk('handBack')}>
            {hands('handBack')}
          </Button>
        </>
      )}
      {searches && (
        <Button
          size="sm"
          loading={retry.pending}
          onClick={() => retry.run({ deliveryId: delivery.id })}
        >
          {t('searchAgain')}
        </Button>
      )}
    </>
  );
}

function WholeOrderActions({ view, onAsk }: ActionsProps) {
  const { order, delivery } = view;
  const t = useTranslations('admin.action');
  const hands = useTranslations('handsOn');
  const sayDone = useSayDone();
  const restore = useHand(trpc.admin.restore.useMutation(), {
    onDone: () => sayDone(hands('restore.done', { number: order.number })),
  });
  const steps = orderMachine.steps[order.status];
  const mayRestore =
    steps.restore !== undefined &&
    (!delivery || deliveryMachine.steps[delivery.status].restore !== undefined);
  const mayMove =
    order.fulfilment === 'delivery' &&
    isOpenOrder(order.status) &&
    (!delivery || isBeforePickup(delivery.status));
  return (
    <>
      {mayMove && (
        <Button size="sm" onClick={() => onAsk('address')}>
          {hands('action.changeAddress')}
        </Button>
      )}
      {leftOf(order) > 0 && (
        <Button size="sm" onClick={() => onAsk('refund')}>
          {hands('action.refund')}
        </Button>
      )}
      {steps.cancel && (
        <Button size="sm" className="text-bad-ink" onClick={() => onAsk('cancel')}>
          {t('cancel')}
        </Button>
      )}
      {mayRestore && (
        <Button
          size="sm"
          variant="primary"
          loading={restore.pending}
          onClick={() => restore.run({ orderId: order.id, seenVersion: seenOn(view) })}
        >
          {t('restore')}
        </Button>
      )}
    </>
  );
}
