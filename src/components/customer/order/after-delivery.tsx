'use client';

import type { OrderView } from '@/domain/views';
import { RateOrder } from './rate-order';
import { TipAfter } from './tip-after';

/** What is asked once an order has arrived. */
export function AfterDelivery({ view }: { view: OrderView }) {
  return (
    <>
      <RateOrder order={view.order} />
      <TipAfter view={view} />
    </>
  );
}
