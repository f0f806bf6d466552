/**
 * The cards of the built-in test provider. No money moves, and no other number is taken. The numbers
 * pass the usual checksum and belong to nobody.
 */
export const TEST_CARDS = [
  { behaviour: 'approves', number: '4242424242424242' },
  { behaviour: 'declines', number: '4000000000000002' },
  { behaviour: 'lacks_funds', number: '4000000000009995' },
  /** The bank answers seconds later, by webhook. */
  { behaviour: 'approves_later', number: '4000000000003220' },
  { behaviour: 'declines_later', number: '4000000000003238' },
  /** Held at once, and the first captures fail. */
  { behaviour: 'captures_late', number: '4000000000000341' },
] as const;

export type CardBehaviour = (typeof TEST_CARDS)[number]['behaviour'];

export const digitsOf = (typed: string): string => typed.replace(/\D/g, '');

export const behaviourOf = (cardNumber: string): CardBehaviour | null =>
  TEST_CARDS.find(({ number }) => number === digitsOf(cardNumber))?.behaviour ?? null;

export const asBehaviour = (text: string): CardBehaviour =>
  TEST_CARDS.find(({ behaviour }) => behaviour === text)?.behaviour ?? 'declines';

/** Whether a card that says MM/YY is still good at `now`: to the end of that month. */
export function isGoodUntil(expiry: string, now: Date): boolean {
  const [, month, year] = /^(0[1-9]|1[0-2])\s*\/\s*(\d{2})$/.exec(expiry.trim()) ?? [];
  if (!month || !year) return false;
  return Date.UTC(2_000 + Number(year), Number(month), 1) > now.getTime();
}
