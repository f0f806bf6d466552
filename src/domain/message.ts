import type { Role } from './roles';

/** Who writes about an order; kitchens do not. */
export const WRITERS = ['customer', 'driver', 'admin'] as const satisfies readonly Role[];
export type Writer = (typeof WRITERS)[number];

/** Said with one touch; the words are in the catalogues, under these keys. */
export const QUICK_REPLIES = {
  customer: ['coming_down', 'bell_broken', 'leave_with_neighbour', 'one_moment', 'thanks'],
  driver: ['on_my_way', 'waiting_for_kitchen', 'running_late', 'at_the_door', 'cannot_find'],
  admin: ['looking_into_it', 'courier_found', 'sorry'],
} as const satisfies Record<Writer, readonly string[]>;

/** Said by the platform for an admin who has done something; the words are beside those above. */
export const ANNOUNCEMENTS = ['address_changed'] as const;

export const isQuickReply = (role: Writer, key: string): boolean =>
  QUICK_REPLIES[role].some((known) => known === key);

/** Longest message, characters. */
export const MESSAGE_LENGTH = 500;
/** Messages that one person may send about one order in a minute. */
export const MESSAGES_A_MINUTE = 10;

export type { MessageImage } from './message-image';
