'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReasonWords } from '@/components/shared/use-reason-words';
import { RadioGroup } from '@/components/ui/radio-group';
import { type DeliveryImage, HAND_BACK_REASONS } from '@/domain/delivery';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { HandDialog } from './hand-dialog';
import { useHand, useSayDone, useSayUndone } from './use-hand';
import { useSeen } from './use-seen';

export type DialogProps = { view: OrderView; onClose: () => void };
type WithDelivery = DialogProps & { delivery: DeliveryImage };

/** The way back from taking a delivery away: to the same driver, if they are still free. */
function useGiveBack({ view, delivery }: WithDelivery) {
  const sayUndone = useSayUndone(view.order.number);
  const assign = useHand(trpc.admin.assign.useMutation(), { onDone: sayUndone });
  const { id: deliveryId, driverId } = delivery;
  return (seenVersion: number) => {
    if (driverId) assign.run({ deliveryId, driverId, seenVersion });
  };
}

export function UnassignDialog(props: WithDelivery) {
  const { view, delivery, onClose } = props;
  const { number } = view.order;
  const t = useTranslations('admin');
  const done = useTranslations('handsOn.unassign');
  const seen = useSeen(view, 'unassign');
  const sayDone = useSayDone();
  const giveBack = useGiveBack(props);
  const [name] = useState(delivery.driverName ?? t('theDriverInside'));
  const unassign = useHand(trpc.admin.unassign.useMutation(), {
    quiet: true,
    onDone: ({ version }) => {
      onClose();
      sayDone(done('done', { number, name }), () => giveBack(version));
    },
  });
  return (
    <HandDialog
      seen={seen}
      action={unassign}
      onClose={onClose}
      title={t('unassign.title', { number, name })}
      description={t('unassign.detail')}
      confirmLabel={t('action.unassign')}
      onConfirm={() => unassign.run({ deliveryId: delivery.id, seenVersion: seen.version })}
    />
  );
}

/** For a driver who can't give it back themselves, with their reason. */
export function HandBackDialog(props: WithDelivery) {
  const { view, delivery, onClose } = props;
  const { number } = view.order;
  const t = useTranslations('handsOn.handBack');
  const inside = useTranslations('admin')('theDriverInside');
  const reasonWords = useReasonWords();
  const seen = useSeen(view, 'hand_back');
  const sayDone = useSayDone();
  const giveBack = useGiveBack(props);
  const [name] = useState(delivery.driverName ?? inside);
  const [reason, setReason] = useState<(typeof HAND_BACK_REASONS)[number]>('vehicle_broken');
  const handBack = useHand(trpc.admin.handBack.useMutation(), {
    quiet: true,
    onDone: ({ version }) => {
      onClose();
      sayDone(t('done', { number, name }), () => giveBack(version));
    },
  });
  return (
    <HandDialog
      seen={seen}
      action={handBack}
      onClose={onClose}
      title={t('title', { number, name })}
      description={t('detail', { name })}
      confirmLabel={t('confirm')}
      onConfirm={() => handBack.run({ deliveryId: delivery.id, reason, seenVersion: seen.version })}
    >
      <RadioGroup
        label={t('why')}
        value={reason}
        onChange={setReason}
        choices={HAND_BACK_REASONS.map((value) => ({ value, label: reasonWords(value) }))}
      />
    </HandDialog>
  );
}
