import type { Machine } from './machine';

export const PAYMENT_METHODS = ['cash', 'card'] as const;

export const PAYMENT_STATES = [
  'pending',
  'authorised',
  'captured',
  'released',
  'partly_refunded',
  'refunded',
  'failed',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATES)[number];

export type PaymentCommand =
  | 'authorise'
  | 'fail'
  | 'collect'
  | 'capture'
  | 'release'
  | 'refund_part'
  | 'refund';

/**
 * A card is authorised at placing, captured at delivery, released or refunded at a cancellation; cash
 * is collected at the door. What was captured can be given back in parts; `refund` is the last of them.
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
    captured: { refund: 'refunded', refund_part: 'partly_refunded' },
    partly_refunded: { refund_part: 'partly_refunded', refund: 'refunded' },
    released: {},
    refunded: {},
    failed: {},
  },
};

/** How a payment stands at a provider. */
export const CHARGE_STATES = [
  'pending',
  'authorised',
  'declined',
  'released',
  'captured',
  'refunded',
] as const;
export type ChargeStatus = (typeof CHARGE_STATES)[number];

export const DECLINE_CODES = ['declined', 'insufficient_funds'] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

/** A payment in a provider's books, under our id. Money in minor units. */
export type Charge = {
  paymentId: string;
  /** The provider's own number for it. */
  ref: string;
  status: ChargeStatus;
  currency: string;
  amount: number;
  captured: number;
  refunded: number;
  /** As people know it, e.g. "Test card •• 4242". */
  label: string;
  declineCode: DeclineCode | null;
};

/** What we owe a provider next. */
export const DUE = ['capture', 'release', 'refund'] as const;
export type Due = (typeof DUE)[number];
