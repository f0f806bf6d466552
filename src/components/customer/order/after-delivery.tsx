'use client';

import type { OrderView } from '@/domain/views';
import { withTexts } from '@/i18n/later-texts';
import { RateOrder } from './rate-order';
import { TipAfter } from './tip-after';

/** What is asked once an order has arrived. */
export const AfterDelivery = withTexts(['order', 'checkout'], Asked);

function Asked({ view }: { view: OrderView }) {
  return (
    <>
      <RateOrder order={view.order} />
      <TipAfter view={view} />
    </>
  );
}
