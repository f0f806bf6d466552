'use client';

import { CircleAlert, UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { toast } from '@/components/ui/toast';
import { deliveryMachine } from '@/domain/delivery';
import type { OrderCard } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { useBoard } from './admin-shell';
import { DriverChoices } from './driver-choices';
import { firstName } from './first-name';

type AssignDialogProps = { orderId: string | null; onClose: () => void };

/** Gives an order to a driver whom the dispatcher chooses. */
export function AssignDialog({ orderId, onClose }: AssignDialogProps) {
  const { view } = useBoard();
  const card = view.cards.find(({ order }) => order.id === orderId);
  const t = useTranslations('admin.assign');
  if (!card) return null;
  if (mayAssign(card)) return <Choosing key={card.order.id} card={card} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title={t('assign', { number: card.order.number })}>
      <EmptyState icon={UserX} title={t('takesNone')}>
        {t('takesNoneDetail')}
      </EmptyState>
    </Dialog>
  );
}

/** Those whom a driver can be given to, or taken from before. */
export function mayAssign({ delivery }: OrderCard): boolean {
  if (!delivery) return false;
  const steps = deliveryMachine.steps[delivery.status];
  return steps.assign !== undefined || steps.unassign !== undefined;
}

function Choosing({ card, onClose }: { card: OrderCard; onClose: () => void }) {
  const t = useTranslations('admin.assign');
  const itsDriver = useTranslations('admin')('itsDriver');
  const { order, delivery } = card;
  const holder = delivery?.driverId ?? null;
  const [expected, setExpected] = useState({ id: holder, name: delivery?.driverName ?? null });
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const assign = useAction(trpc.admin.assign.useMutation(), {
    onDone: (assigned) => {
      toast.success(t('done', { number: order.number, name: assigned.driverName ?? itsDriver }));
      onClose();
    },
    onRefused: () => undefined,
  });
  const chosen = picked?.id === holder ? null : picked;
  const moved = holder !== expected.id;
  const label = chosen
    ? t(expected.id ? 'reassignTo' : 'assignTo', { name: firstName(chosen.name) })
    : t('choose');

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(expected.id ? 'reassign' : 'assign', { number: order.number })}
      description={t('pickup', {
        restaurant: order.restaurantName,
        address: order.pickupAddress,
      })}
      footer={
        <div className="flex w-full flex-col gap-4">
          {moved && (
            <Warning>
              {delivery?.driverName
                ? t('gotIt', { name: delivery.driverName })
                : t('lostIt', { name: expected.name ?? itsDriver })}{' '}
              <button
                type="button"
                onClick={() => setExpected({ id: holder, name: delivery?.driverName ?? null })}
                className="font-medium underline underline-offset-4"
              >
                {t('goOn')}
              </button>
            </Warning>
          )}
          {assign.refusal && (
            <Warning>
              {assign.refusal.message} {assign.refusal.hint}
            </Warning>
          )}
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={onClose}>{t('back')}</Button>
            <Button
              variant="primary"
              disabled={!chosen || !delivery}
              loading={assign.pending}
              onClick={() => {
                if (!chosen || !delivery) return;
                assign.run({
                  deliveryId: delivery.id,
                  driverId: chosen.id,
                  expectedDriverId: expected.id,
                });
              }}
            >
              {label}
            </Button>
          </div>
        </div>
      }
    >
      {expected.id && !moved && (
        <p className="pb-3 text-quiet text-sm">
          {t('hasIt', { name: expected.name ?? itsDriver })}
        </p>
      )}
      <DriverChoices
        pickup={order.pickup}
        holder={holder}
        chosen={chosen?.id ?? null}
        onChoose={(driver) => {
          assign.clear();
          setPicked(driver);
        }}
      />
    </Dialog>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-sm">
    <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
    <span>{children}</span>
  </p>
);
