import type { DECLINE_REASONS, FAIL_REASONS } from '@/domain/delivery';
import type { CANCEL_REASONS, REJECT_REASONS } from '@/domain/order';

type Words<Reasons extends readonly string[]> = Readonly<Record<Reasons[number], string>>;

export const CANCEL_WORDS: Words<typeof CANCEL_REASONS> = {
  changed_mind: 'Changed my mind',
  too_slow: 'It takes too long',
  wrong_address: 'The address is wrong',
  restaurant_problem: 'A problem at the restaurant',
  no_driver: 'No driver was found',
  delivery_failed: 'It could not be delivered',
  duplicate: 'Ordered twice',
  other: 'Something else',
};

export const REJECT_WORDS: Words<typeof REJECT_REASONS> = {
  too_busy: 'The kitchen is too busy',
  closing: 'The kitchen is closing',
  item_unavailable: 'A dish is not available',
  other: 'Something else',
};

export const FAIL_WORDS: Words<typeof FAIL_REASONS> = {
  customer_absent: 'Nobody was at the door',
  wrong_address: 'The address was wrong',
  refused: 'The order was refused at the door',
  accident: 'An accident on the way',
  other: 'Something else',
};

export const DECLINE_WORDS: Words<typeof DECLINE_REASONS> = {
  too_far: 'Too far',
  on_break: 'On a break',
  vehicle_problem: 'Trouble with the vehicle',
  end_of_shift: 'End of the shift',
  other: 'Something else',
};

const ALL: Readonly<Record<string, string>> = {
  ...DECLINE_WORDS,
  ...FAIL_WORDS,
  ...REJECT_WORDS,
  ...CANCEL_WORDS,
};

/** Any reason in words; one that no table knows is shown as it stands. */
export const reasonWords = (reason: string): string => ALL[reason] ?? reason.replaceAll('_', ' ');
