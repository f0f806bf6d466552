'use client';

import { HandCoins } from 'lucide-react';
import { useState } from 'react';
import { CardForm, type CardToken } from '@/components/customer/checkout/card-form';
import { partOf } from '@/components/customer/checkout/problems';
import { TipChoice } from '@/components/customer/checkout/tip-choice';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { mayTip } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { useOrderWords } from './use-order-words';

/** Minor units. */
const TIPS = [100, 200, 400];

/** A tip for whoever brought it, by card; thanks once it is given. */
export function TipAfter({ view: { order, delivery } }: { view: OrderView }) {
  const { t, format } = useOrderWords();
  const now = useNow(60);
  const may = mayTip(order, now);
  const { data: options } = trpc.orders.tipOptions.useQuery(
    { orderId: order.id },
    { enabled: may, staleTime: Number.POSITIVE_INFINITY },
  );
  const driver = delivery?.driverName ?? '';
  if (order.tipAfter > 0) {
    return (
      <Card role="status" className="mt-4 flex items-start gap-2.5 p-4 text-sm">
        <HandCoins aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good-ink" />
        {t('tipAfter.given', { amount: format.money(order.tipAfter, order.currency), driver })}
      </Card>
    );
  }
  if (!may || !options?.byCard) return null;
  return (
    <Card className="mt-4 p-4">
      <h2 className="text-base">{t('tipAfter.title', { driver })}</h2>
      <p className="mt-1 mb-3 text-quiet text-sm">{t('tipAfter.detail')}</p>
      <TipForm orderId={order.id} currency={order.currency} paidWith={options.paidWith} />
    </Card>
  );
}

type TipFormProps = { orderId: string; currency: string; paidWith: string | null };

function TipForm({ orderId, currency, paidWith }: TipFormProps) {
  const { t, format } = useOrderWords();
  const [tip, setTip] = useState(0);
  const [card, setCard] = useState<CardToken | null>(null);
  const [other, setOther] = useState(paidWith === null);
  const give = useAction(trpc.orders.tip.useMutation(), {
    onRefused: ({ reason, code }) => {
      // A card that was refused is not asked again; one that got no answer is.
      if (code === 'offline' || code === 'unavailable' || partOf(reason) !== 'payment') return;
      setCard(null);
      setOther(true);
    },
  });
  const { refusal } = give;
  const label = card?.label ?? paidWith;
  return (
    <>
      <TipChoice amounts={TIPS} currency={currency} tip={tip} onTip={setTip} />
      {refusal && (
        <p role="alert" className="mt-3 text-bad-ink text-sm">
          {refusal.message} {refusal.hint}
        </p>
      )}
      {tip > 0 && (
        <div className="mt-4 animate-rise">
          {other && !card ? (
            <CardForm onCard={setCard} />
          ) : (
            <>
              <p className="numerals mb-3 flex items-center justify-between gap-3 text-sm">
                <bdi>{label}</bdi>
                <Button
                  size="sm"
                  onClick={() => {
                    setCard(null);
                    setOther(true);
                  }}
                >
                  {t('tipAfter.otherCard')}
                </Button>
              </p>
              <Button
                variant="primary"
                full
                loading={give.pending}
                onClick={() => give.run({ orderId, amount: tip, token: card?.token ?? null })}
              >
                {t('tipAfter.give', { amount: format.money(tip, currency) })}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  );
}
