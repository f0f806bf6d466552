import type { Machine } from './machine';

export const PAYMENT_METHODS = ['cash', 'card'] as const;

export const PAYMENT_STATES = [
  'pending',
  'authorised',
  'captured',
  'released',
  'refunded',
  'failed',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATES)[number];

export type PaymentCommand = 'authorise' | 'fail' | 'collect' | 'capture' | 'release' | 'refund';

/**
 * A card is authorised at placing, captured at delivery, released or refunded at a cancellation; cash
 * is collected at the door.
 */
export const paymentMachine: Machine<PaymentStatus, PaymentCommand> = {
  name: 'payment',
  initial: 'pending',
  steps: {
    pending: {
      authorise: 'authorised',
      fail: 'failed',
      collect: 'captured',
      release: 'released',
    },
    authorised: { capture: 'captured', release: 'released' },
    captured: { refund: 'refunded' },
    released: {},
    refunded: {},
    failed: {},
  },
};
