'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Money } from '@/components/shared/money';
import { RadioGroup } from '@/components/ui/radio-group';
import { Segmented } from '@/components/ui/segmented';
import { cancelTerms, priceOfDishes } from '@/domain/cancellation';
import { isBeforePickup } from '@/domain/delivery';
import { CANCEL_REASONS } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import type { DialogProps } from './driver-dialogs';
import { HandDialog } from './hand-dialog';
import { useHand, useSayDone, useSayUndone } from './use-hand';
import { useSeen } from './use-seen';

type Payer = 'house' | 'customer';

/** What the customer would owe if they cancelled themselves, minor units; zero where nothing can be. */
function chargeable({ order, delivery }: OrderView): number {
  const terms = cancelTerms(order, delivery, 'customer');
  return terms.allowed ? terms.fee : 0;
}

export function CancelDialog({ view, onClose }: DialogProps) {
  const { order, delivery } = view;
  const { id: orderId, number } = order;
  const t = useTranslations('admin');
  const hands = useTranslations('handsOn');
  const reasons = useTranslations('reasons.cancel');
  const seen = useSeen(view, 'cancel');
  const sayDone = useSayDone();
  const sayUndone = useSayUndone(number);
  const [reason, setReason] = useState<(typeof CANCEL_REASONS)[number]>('restaurant_problem');
  const [payer, setPayer] = useState<Payer>('house');
  const restore = useHand(trpc.admin.restore.useMutation(), { onDone: sayUndone });
  const carried = delivery !== null && !isBeforePickup(delivery.status);
  const cancel = useHand(trpc.admin.cancel.useMutation(), {
    quiet: true,
    onDone: ({ version }) => {
      onClose();
      const undo = () => restore.run({ orderId, seenVersion: version });
      sayDone(t('cancel.done', { number }), carried ? undefined : undo);
    },
  });
  const fee = payer === 'customer' ? chargeable(view) : 0;
  return (
    <HandDialog
      seen={seen}
      action={cancel}
      onClose={onClose}
      title={t('cancel.title', { number })}
      description={
        carried
          ? t('cancel.carried', {
              name: delivery.driverName ?? t('theDriver'),
              restaurant: order.restaurantName,
            })
          : t('cancel.detail')
      }
      cancelLabel={t('cancel.keep')}
      confirmLabel={t('cancel.confirm')}
      danger
      onConfirm={() =>
        cancel.run({ orderId, reason, payer, expectedFee: fee, seenVersion: seen.version })
      }
    >
      <RadioGroup
        label={t('cancel.why')}
        value={reason}
        onChange={setReason}
        choices={CANCEL_REASONS.map((value) => ({ value, label: reasons(value) }))}
      />
      {chargeable(view) > 0 && (
        <div>
          <p className="mb-1.5 font-medium text-sm">{hands('cancel.payer')}</p>
          <Segmented
            label={hands('cancel.payer')}
            value={payer}
            onChange={setPayer}
            segments={[
              { value: 'house', label: hands('cancel.house') },
              { value: 'customer', label: hands('cancel.customer') },
            ]}
          />
        </div>
      )}
      <Costs view={view} fee={fee} />
    </HandDialog>
  );
}

/** Who pays what, before anything is done. */
function Costs({ view: { order }, fee }: { view: OrderView; fee: number }) {
  const t = useTranslations('handsOn.cancel');
  const cooked = order.status === 'preparing' || order.status === 'ready';
  const card = order.paymentMethod === 'card';
  const lines = [
    { name: t('customerPays'), amount: fee },
    ...(card
      ? [
          {
            name: t(order.paymentStatus === 'captured' ? 'back' : 'letGo'),
            amount: order.total - fee,
          },
        ]
      : []),
    ...(cooked ? [{ name: t('houseBears'), amount: priceOfDishes(order) - fee }] : []),
  ];
  return (
    <dl aria-live="polite" className="flex flex-col gap-1 border-line border-t pt-3 text-sm">
      {lines.map(({ name, amount }) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-quiet">{name}</dt>
          <dd>
            <Money amount={amount} currency={order.currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
