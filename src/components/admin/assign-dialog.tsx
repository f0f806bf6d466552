'use client';

import { UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { deliveryMachine } from '@/domain/delivery';
import { seenOn } from '@/domain/hands-on';
import type { OrderCard } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { useBoard } from './admin-shell';
import { DriverChoices } from './driver-choices';
import { firstName } from './first-name';
import { Meanwhile, Warning } from './hands-on/meanwhile';
import { useHand, useSayDone, useSayUndone } from './hands-on/use-hand';

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
  const [seenVersion, setSeenVersion] = useState(() => seenOn(card));
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const sayDone = useSayDone();
  const sayUndone = useSayUndone(order.number);
  const takeBack = useHand(trpc.admin.unassign.useMutation(), { onDone: sayUndone });
  const giveBack = useHand(trpc.admin.assign.useMutation(), { onDone: sayUndone });
  const assign = useHand(trpc.admin.assign.useMutation(), {
    quiet: true,
    onDone: ({ id: deliveryId, driverName, version }) => {
      const { id: driverId } = expected;
      const back = { deliveryId, seenVersion: version };
      sayDone(t('done', { number: order.number, name: driverName ?? itsDriver }), () =>
        driverId ? giveBack.run({ ...back, driverId }) : takeBack.run(back),
      );
      onClose();
    },
  });
  function lookAgain() {
    assign.clear();
    setExpected({ id: holder, name: delivery?.driverName ?? null });
    setSeenVersion(seenOn(card));
  }
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
          {moved && !assign.refusal && (
            <Warning>
              {delivery?.driverName
                ? t('gotIt', { name: delivery.driverName })
                : t('lostIt', { name: expected.name ?? itsDriver })}{' '}
              <button
                type="button"
                onClick={lookAgain}
                className="font-medium underline underline-offset-4"
              >
                {t('goOn')}
              </button>
            </Warning>
          )}
          <Meanwhile changes={[]} refusal={assign.refusal} onLookAgain={lookAgain} />
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
                  seenVersion,
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
