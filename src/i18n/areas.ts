import type { Messages } from 'next-intl';

/** The parts that text comes in: one JSON file each. A page gets only those that it needs. */
export const AREAS = [
  'shared',
  'ui',
  'account',
  'accountMails',
  'address',
  'discover',
  'restaurant',
  'cart',
  'checkout',
  'order',
  'orders',
  'driver',
  'admin',
  'board',
  'dispatch',
  'reasons',
  'refusals',
  'notices',
  'eta',
  'share',
  'conversation',
  'analytics',
  'story',
  'log',
  'handsOn',
  'desk',
  'people',
  'zones',
  'polygon',
  'settings',
  'apiKeys',
  'kitchen',
  'webhooks',
] as const;

export type Area = (typeof AREAS)[number];

/** An area, or what lies under one of its keys: `order.who`. */
export type Texts =
  | Area
  | { [Each in keyof Messages]: `${Each}.${keyof Messages[Each] & string}` }[keyof Messages];
