import type { RefusalWords } from '@/trpc/refusal';

/** The parts of the page in which something can stand in the way. */
type Part = 'where' | 'when' | 'dishes' | 'promo' | 'payment' | 'sum';

const PARTS: Readonly<Record<string, Part>> = {
  restaurant_closed: 'when',
  kitchen_full: 'when',
  slot_full: 'when',
  slot_unavailable: 'when',
  arrives_later: 'when',
  address_out_of_radius: 'where',
  pickup_not_offered: 'where',
  below_minimum: 'dishes',
  price_changed: 'dishes',
};

const BEGINNINGS: readonly [string, Part][] = [
  ['item_', 'dishes'],
  ['option', 'dishes'],
  ['promo_', 'promo'],
  ['card_', 'payment'],
  ['payment_', 'payment'],
];

/** Where on the page a refusal belongs. */
export const partOf = (reason: string): Part =>
  PARTS[reason] ?? BEGINNINGS.find(([start]) => reason.startsWith(start))?.[1] ?? 'sum';

/** The first thing that is in the way in this part. */
export const problemIn = (problems: readonly RefusalWords[], part: Part): RefusalWords | null =>
  problems.find(({ reason }) => partOf(reason) === part) ?? null;

/** Nobody knows whether the order has arrived: it must be sent again as it was. */
export const isUnsure = (refused: RefusalWords | null): boolean => refused?.code === 'offline';
