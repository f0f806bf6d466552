/** The parts that text comes in: one JSON file each. A page gets only those that it needs. */
export const AREAS = [
  'shared',
  'ui',
  'account',
  'discover',
  'restaurant',
  'cart',
  'checkout',
  'order',
  'orders',
  'driver',
  'admin',
  'dispatch',
  'refusals',
  'notices',
  'eta',
  'share',
  'conversation',
  'kitchen',
] as const;

export type Area = (typeof AREAS)[number];
