'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { mayRate, type OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';
import { RATING_ID } from './rating-id';
import { StarChoice } from './star-choice';
import { useOrderWords } from './use-order-words';

const COMMENT_LENGTH = 500;

/** What the customer thinks of food and delivery; thanks once they have said so. */
export function RateOrder({ order }: { order: OrderImage }) {
  const { t } = useOrderWords();
  const now = useNow(60);
  if (!order.ratedAt && !mayRate(order, now)) return null;
  return (
    <Card id={RATING_ID} tabIndex={-1} className="mt-6 scroll-mt-20 p-4 outline-none">
      <h2 className="text-base">{t(order.ratedAt ? 'rate.thanks' : 'rate.title')}</h2>
      {order.ratedAt ? <Given order={order} /> : <RatingForm order={order} />}
    </Card>
  );
}

function Given({ order }: { order: OrderImage }) {
  const { t, format } = useOrderWords();
  const food = format.number(order.foodRating ?? 0);
  return (
    <div role="status" className="mt-1.5 flex gap-2.5 text-quiet text-sm">
      <CircleCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good-ink" />
      <div>
        <p>
          {order.deliveryRating === null
            ? t('rate.given', { food })
            : t('rate.givenBoth', { food, delivery: format.number(order.deliveryRating) })}
        </p>
        {order.ratingComment && (
          <p dir="auto" className="mt-1 text-pretty">
            {t('lines.note', { note: order.ratingComment })}
          </p>
        )}
      </div>
    </div>
  );
}

function RatingForm({ order }: { order: OrderImage }) {
  const { t } = useOrderWords();
  const [food, setFood] = useState<number | null>(null);
  const [delivery, setDelivery] = useState<number | null>(null);
  const [comment, setComment] = useState('');
  const [asked, setAsked] = useState(false);
  const rate = useAction(trpc.orders.rate.useMutation());
  const brought = order.fulfilment === 'delivery';
  const complete = food !== null && (!brought || delivery !== null);
  const begun = food !== null || delivery !== null;

  function send() {
    if (food === null || !complete) return setAsked(true);
    rate.run({
      orderId: order.id,
      food,
      delivery: brought ? delivery : null,
      comment: comment.trim(),
    });
  }

  return (
    <form
      className="mt-1"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <StarChoice label={t('rate.food')} value={food} onChange={setFood} />
      {brought && <StarChoice label={t('rate.delivery')} value={delivery} onChange={setDelivery} />}
      {begun && (
        <div className="mt-3 flex animate-rise flex-col gap-3">
          <Field label={t('rate.comment')} aside={t('rate.optional')}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={COMMENT_LENGTH}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
              />
            )}
          </Field>
          {asked && !complete && (
            <p role="alert" className="text-bad-ink text-sm">
              {t('rate.choose')}
            </p>
          )}
          <Button type="submit" variant="primary" full loading={rate.pending}>
            {t('rate.send')}
          </Button>
        </div>
      )}
    </form>
  );
}
