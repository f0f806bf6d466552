import { describe, expect, it } from 'vitest';
import {
  CHARGE_STATES,
  type Charge,
  type ChargeStatus,
  type Due,
  PAYMENT_STATES,
  type PaymentStatus,
  paymentMachine,
} from './payment';
import { compareBooks } from './reconciliation';

const AMOUNT = 1_000;
/** Given back of it before. */
const PART = 400;

const ours = (status: PaymentStatus, due: Due | null = null, dueAmount: number | null = null) => ({
  status,
  due,
  dueAmount,
  amount: AMOUNT,
  captured: ['captured', 'partly_refunded', 'refunded'].includes(status) ? AMOUNT : 0,
  refunded: status === 'refunded' ? AMOUNT : status === 'partly_refunded' ? PART : 0,
});

const theirs = (status: ChargeStatus, change: Partial<Charge> = {}): Charge => ({
  paymentId: 'payment',
  ref: 'ref',
  status,
  currency: 'EUR',
  amount: AMOUNT,
  captured: status === 'captured' || status === 'refunded' ? AMOUNT : 0,
  refunded: status === 'refunded' ? AMOUNT : 0,
  label: '',
  declineCode: null,
  ...change,
});

const say = (finding: ReturnType<typeof compareBooks>): string => {
  if (finding.kind === 'follow') return `follow: ${finding.command}`;
  return finding.kind === 'mismatch' ? finding.mismatch : 'agree';
};

describe('our books beside a provider’s', () => {
  const rows: [PaymentStatus, Due | null, Record<ChargeStatus | 'none', string>][] = [
    [
      'pending',
      null,
      {
        none: 'agree',
        pending: 'agree',
        authorised: 'follow: authorise',
        declined: 'follow: fail',
        released: 'follow: release',
        captured: 'moved_by_provider',
        refunded: 'moved_by_provider',
      },
    ],
    [
      'authorised',
      null,
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'agree',
        declined: 'moved_by_provider',
        released: 'moved_by_provider',
        captured: 'moved_by_provider',
        refunded: 'moved_by_provider',
      },
    ],
    [
      'authorised',
      'release',
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'agree',
        declined: 'moved_by_provider',
        released: 'follow: release',
        captured: 'moved_by_provider',
        refunded: 'moved_by_provider',
      },
    ],
    [
      'authorised',
      'capture',
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'agree',
        declined: 'moved_by_provider',
        released: 'moved_by_provider',
        captured: 'follow: capture',
        refunded: 'moved_by_provider',
      },
    ],
    [
      'captured',
      null,
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'moved_by_provider',
        declined: 'moved_by_provider',
        released: 'moved_by_provider',
        captured: 'agree',
        refunded: 'moved_by_provider',
      },
    ],
    [
      'captured',
      'refund',
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'moved_by_provider',
        declined: 'moved_by_provider',
        released: 'moved_by_provider',
        captured: 'agree',
        refunded: 'follow: refund',
      },
    ],
    [
      'released',
      null,
      {
        none: 'agree',
        pending: 'still_held',
        authorised: 'still_held',
        declined: 'agree',
        released: 'agree',
        captured: 'still_held',
        refunded: 'still_held',
      },
    ],
    [
      'failed',
      null,
      {
        none: 'agree',
        pending: 'still_held',
        authorised: 'still_held',
        declined: 'agree',
        released: 'agree',
        captured: 'still_held',
        refunded: 'still_held',
      },
    ],
    [
      'refunded',
      null,
      {
        none: 'unknown_to_provider',
        pending: 'moved_by_provider',
        authorised: 'moved_by_provider',
        declined: 'moved_by_provider',
        released: 'moved_by_provider',
        captured: 'moved_by_provider',
        refunded: 'agree',
      },
    ],
  ];

  it.each(rows)('%s, due: %s', (status, due, expected) => {
    const payment = ours(status, due, due === 'release' ? null : AMOUNT);
    expect(say(compareBooks(payment, null))).toBe(expected.none);
    for (const state of CHARGE_STATES) {
      expect(say(compareBooks(payment, theirs(state))), state).toBe(expected[state]);
    }
  });

  it('are compared to the cent', () => {
    expect(say(compareBooks(ours('authorised'), theirs('authorised', { amount: 999 })))).toBe(
      'amount',
    );
    const part = theirs('captured', { captured: 400 });
    expect(say(compareBooks(ours('authorised', 'capture', AMOUNT), part))).toBe(
      'moved_by_provider',
    );
    expect(say(compareBooks(ours('authorised', 'capture', 400), part))).toBe('follow: capture');
    expect(say(compareBooks(ours('captured'), part))).toBe('moved_by_provider');
    const back = theirs('captured', { refunded: 300 });
    expect(say(compareBooks(ours('captured', 'refund', 300), back))).toBe('follow: refund_part');
    expect(say(compareBooks(ours('captured', 'refund', 301), back))).toBe('moved_by_provider');
    expect(say(compareBooks(ours('captured'), back))).toBe('moved_by_provider');
  });

  it.each<[number, number | null, string]>([
    [PART, null, 'agree'],
    [PART, 100, 'agree'],
    [PART + 100, 100, 'follow: refund_part'],
    [AMOUNT, AMOUNT - PART, 'follow: refund'],
    [PART + 100, null, 'moved_by_provider'],
    [PART + 100, 200, 'moved_by_provider'],
    // What is told late is of before the part that we know of already.
    [0, 100, 'moved_by_provider'],
  ])('of which a part was given back: theirs %i, owed %s', (refunded, owed, expected) => {
    const status = refunded === AMOUNT ? 'refunded' : 'captured';
    const payment = ours('partly_refunded', owed === null ? null : 'refund', owed);
    expect(say(compareBooks(payment, theirs(status, { captured: AMOUNT, refunded })))).toBe(
      expected,
    );
  });

  it('follow only by steps that the machine allows', () => {
    for (const status of PAYMENT_STATES) {
      for (const due of [null, 'capture', 'release', 'refund'] as const) {
        for (const state of CHARGE_STATES) {
          const finding = compareBooks(ours(status, due, AMOUNT), theirs(state));
          if (finding.kind === 'follow') {
            expect(paymentMachine.steps[status][finding.command]).toBeDefined();
          }
        }
      }
    }
  });
});
