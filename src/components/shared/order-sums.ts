import type { OrderImage } from '@/domain/order';

export type SumPart = { key: 'dishes' | 'discount' | 'delivery' | 'tax' | 'tip'; amount: number };
export type AfterPart = { key: 'tipAfter' | 'cancelFee'; amount: number };

/** The parts that add up to an order's total, and what came after it; those of nothing left out. */
export function sumsOf(order: OrderImage): { parts: SumPart[]; after: AfterPart[] } {
  const parts: SumPart[] = [
    { key: 'dishes', amount: order.subtotal },
    { key: 'discount', amount: -order.discount },
    { key: 'delivery', amount: order.deliveryFee },
    { key: 'tax', amount: order.taxIncluded ? 0 : order.tax },
    { key: 'tip', amount: order.tip },
  ];
  const after: AfterPart[] = [
    { key: 'tipAfter', amount: order.tipAfter },
    { key: 'cancelFee', amount: order.cancelFee },
  ];
  return {
    parts: parts.filter(({ amount }) => amount !== 0),
    after: after.filter(({ amount }) => amount !== 0),
  };
}
