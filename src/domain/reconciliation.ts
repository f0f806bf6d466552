import type { Charge, Due, PaymentCommand, PaymentStatus } from './payment';

/** How our books and a provider's stand to each other on one payment. */

type OurPayment = {
  status: PaymentStatus;
  amount: number;
  captured: number;
  refunded: number;
  due: Due | null;
  dueAmount: number | null;
};

export const MISMATCHES = [
  /** The provider knows another sum. */
  'amount',
  /** We believe that money is held or was taken; the provider has never heard of it. */
  'unknown_to_provider',
  /** The provider took, gave back or let go what we have not asked for. */
  'moved_by_provider',
  /** We believe that it is over; the provider still holds or has the money. */
  'still_held',
] as const;
export type Mismatch = (typeof MISMATCHES)[number];

export type Finding =
  | { kind: 'agree' }
  /** The provider is ahead: our books follow by this step. */
  | { kind: 'follow'; command: PaymentCommand; captured?: number; refunded?: number }
  | { kind: 'mismatch'; mismatch: Mismatch };

const agree: Finding = { kind: 'agree' };
const mismatch = (what: Mismatch): Finding => ({ kind: 'mismatch', mismatch: what });

const isOver = (status: Charge['status']): boolean =>
  status === 'released' || status === 'declined';

function whilePending(charge: Charge): Finding {
  switch (charge.status) {
    case 'pending':
      return agree;
    case 'authorised':
      return { kind: 'follow', command: 'authorise' };
    case 'declined':
      return { kind: 'follow', command: 'fail' };
    case 'released':
      return { kind: 'follow', command: 'release' };
    default:
      return mismatch('moved_by_provider');
  }
}

function whileAuthorised(ours: OurPayment, charge: Charge): Finding {
  if (charge.status === 'authorised') return agree;
  if (charge.status === 'released' && ours.due === 'release') {
    return { kind: 'follow', command: 'release' };
  }
  const asked = ours.due === 'capture' && charge.captured === ours.dueAmount;
  if (charge.status === 'captured' && asked) {
    return { kind: 'follow', command: 'capture', captured: charge.captured };
  }
  return mismatch('moved_by_provider');
}

function whileCaptured(ours: OurPayment, charge: Charge): Finding {
  const taken = charge.status === 'captured' || charge.status === 'refunded';
  if (!taken || charge.captured !== ours.captured) return mismatch('moved_by_provider');
  if (charge.refunded === ours.refunded) return agree;
  const asked = ours.due === 'refund' ? ours.refunded + (ours.dueAmount ?? 0) : null;
  if (charge.refunded !== asked) return mismatch('moved_by_provider');
  const command = charge.refunded === ours.captured ? 'refund' : 'refund_part';
  return { kind: 'follow', command, refunded: charge.refunded };
}

const KNOWN_TO_PROVIDER: ReadonlySet<PaymentStatus> = new Set([
  'authorised',
  'captured',
  'partly_refunded',
  'refunded',
]);

/** Compares one payment; `charge` is null where the provider has none. */
export function compareBooks(ours: OurPayment, charge: Charge | null): Finding {
  if (!charge) {
    return KNOWN_TO_PROVIDER.has(ours.status) ? mismatch('unknown_to_provider') : agree;
  }
  if (charge.amount !== ours.amount && !isOver(charge.status)) return mismatch('amount');
  switch (ours.status) {
    case 'pending':
      return whilePending(charge);
    case 'authorised':
      return whileAuthorised(ours, charge);
    case 'captured':
    case 'partly_refunded':
      return whileCaptured(ours, charge);
    case 'refunded':
      return charge.status === 'refunded' && charge.refunded === ours.refunded
        ? agree
        : mismatch('moved_by_provider');
    case 'released':
    case 'failed':
      return isOver(charge.status) ? agree : mismatch('still_held');
  }
}
