'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RefundLines } from '@/components/shared/refund-lines';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { minorUnits, typedAmount } from '@/domain/money';
import type { OrderImage } from '@/domain/order';
import { REFUND_REASONS, refundable } from '@/domain/refund';
import { trpc } from '@/trpc/client';
import type { DialogProps } from './driver-dialogs';
import { HandDialog } from './hand-dialog';
import { useHand, useSayDone } from './use-hand';
import { useSeen } from './use-seen';

/** What was taken for an order, minor units: its total, or what its cancellation cost. */
export const takenFor = ({ cancelFee, total }: OrderImage): number => cancelFee || total;

/** What can still be given back of an order, minor units. */
export const leftOf = (order: OrderImage): number =>
  refundable({ status: order.paymentStatus, captured: takenFor(order) }, order.refunds);

/** Gives back some or all of what was paid: asked for first, and then once more, for it can't be undone. */
export function RefundDialog({ view, onClose }: DialogProps) {
  const { order } = view;
  const { id: orderId, number, currency, customerName: customer } = order;
  const t = useTranslations('handsOn.refund');
  const reasons = useTranslations('reasons.refund');
  const { money } = useFormat();
  const seen = useSeen(view, 'refund');
  const sayDone = useSayDone();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState<(typeof REFUND_REASONS)[number]>('missing_item');
  const [sure, setSure] = useState(false);
  const left = leftOf(order);
  const amount = minorUnits(typed, currency) ?? 0;
  const right = amount > 0 && amount <= left;
  const sum = money(amount, currency);
  const cash = order.paymentMethod === 'cash';
  const refund = useHand(trpc.admin.refund.useMutation(), {
    quiet: true,
    onDone: () => {
      onClose();
      sayDone(t('done', { sum, number }));
    },
  });
  if (sure) {
    return (
      // A dialog of its own, with the focus on the way back: a double press gives nothing back.
      <HandDialog
        key="sure"
        seen={seen}
        action={refund}
        onClose={() => setSure(false)}
        title={t('sure', { sum })}
        description={t(cash ? 'sureCash' : 'sureCard', { sum, customer })}
        confirmLabel={t('confirm', { sum })}
        danger
        disabled={!right}
        onConfirm={() => refund.run({ orderId, amount, reason, seenVersion: seen.version })}
      />
    );
  }
  const paid = money(takenFor(order), currency);
  return (
    <HandDialog
      seen={seen}
      action={refund}
      onClose={onClose}
      title={t('title', { number })}
      description={
        <>
          {t('detail', { left: money(left, currency), paid })} {cash && t('cash')}
        </>
      }
      confirmLabel={t('next')}
      disabled={!right}
      onConfirm={() => setSure(true)}
    >
      {order.refunds.length > 0 && (
        <dl aria-label={t('given')} className="flex flex-col gap-1 text-sm">
          <RefundLines order={order} />
        </dl>
      )}
      <div className="flex flex-col items-start gap-2">
        <Field
          label={t('amount')}
          className="w-full"
          error={
            typed !== '' && !right
              ? t('wrong', { least: money(1, currency), most: money(left, currency) })
              : undefined
          }
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder={money(left, currency)}
            />
          )}
        </Field>
        <Button size="sm" onClick={() => setTyped(typedAmount(left, currency))}>
          {t('all', { sum: money(left, currency) })}
        </Button>
      </div>
      <RadioGroup
        label={t('why')}
        value={reason}
        onChange={setReason}
        choices={REFUND_REASONS.map((value) => ({ value, label: reasons(value) }))}
      />
    </HandDialog>
  );
}
