import type { LogEvent } from './events';
import type { MustSeeEvent } from './must-see';
import type { Role } from './roles';
import type { OrderCard } from './views';

/** What a customer is told about an order, each kind switchable. */
export const CUSTOMER_NOTICE_KINDS = [
  'accepted',
  'on_the_way',
  'arriving',
  'delivered',
  'delayed',
  'stopped',
  'message',
] as const;
/** And what a driver is told whose page is in the background: where these go can be switched. */
export const SWITCHED_NOTICE_KINDS = [...CUSTOMER_NOTICE_KINDS, 'offer'] as const;
export type SwitchedNoticeKind = (typeof SWITCHED_NOTICE_KINDS)[number];
/** And a kitchen that does not look: its ladder says whether and how. */
export const NOTICE_KINDS = [...SWITCHED_NOTICE_KINDS, 'must_see'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a person in this role can switch. */
export const noticeKindsOf = (role: Role): readonly SwitchedNoticeKind[] =>
  ({ customer: CUSTOMER_NOTICE_KINDS, driver: ['offer'] as const, admin: [], kitchen: [] })[role];

export const NOTICE_CHANNELS = ['page', 'push', 'email'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** Where each kind goes unless a person says otherwise. */
export type NoticeDefaults = Readonly<Record<SwitchedNoticeKind, readonly NoticeChannel[]>>;

export const NOTICE_DEFAULTS: NoticeDefaults = {
  accepted: ['page'],
  on_the_way: ['page', 'push'],
  arriving: ['page', 'push'],
  delivered: ['page', 'email'],
  delayed: ['page', 'push'],
  stopped: ['page', 'push', 'email'],
  message: ['page', 'push'],
  offer: ['push'],
};

/** The ways that lead outside the page; an offer is over before a mail is read. */
export const waysOut = (kind: NoticeKind): readonly ('push' | 'email')[] =>
  kind === 'offer' ? ['push'] : ['push', 'email'];

export type NoticeSetting = { kind: NoticeKind; channel: NoticeChannel; enabled: boolean };

/** Whether a kind goes to a channel: by what the person has switched, else by what holds for all. */
export function isWanted(
  settings: readonly NoticeSetting[],
  kind: NoticeKind,
  channel: NoticeChannel,
  byDefault: NoticeDefaults = NOTICE_DEFAULTS,
): boolean {
  const chosen = settings.find((each) => each.kind === kind && each.channel === channel);
  const usual: Partial<Record<NoticeKind, readonly NoticeChannel[]>> = byDefault;
  return chosen?.enabled ?? usual[kind]?.includes(channel) ?? false;
}

/** A notice before it is put into words: `text` is its key in the catalogues. */
export type NoticeContent = {
  kind: NoticeKind;
  text: string;
  orderId: string;
  orderNumber: number;
  restaurant: string;
  driver: string;
  /** When it is believed to come, and the zone to say it in. */
  etaFrom: string;
  etaTo: string;
  timeZone: string;
  /** Why it stopped: a reason's key. Or what was said: a quick reply's key, or the words. */
  reason: string | null;
  quick: string | null;
  body: string;
  /** Where it leads, where that is not the order’s page. */
  path?: string;
  /** Of an offer: what it pays, minor units, and until when it can be answered. */
  offer?: { tag: string; pay: number; currency: string; expiresAt: string; orders: number };
};

type Told = { kind: NoticeKind; text: string; quick?: string | null; body?: string };

function tellingOf(event: LogEvent, { order, delivery }: OrderCard): Told | null {
  switch (event.type) {
    case 'order.accepted':
    case 'order.restored':
      return { kind: 'accepted', text: 'accepted' };
    case 'order.delayed':
      return { kind: 'delayed', text: 'delayed' };
    case 'order.ready':
      return order.fulfilment === 'pickup' ? { kind: 'arriving', text: 'ready_at_counter' } : null;
    case 'delivery.picked_up':
      return { kind: 'on_the_way', text: 'on_the_way' };
    case 'delivery.imminent':
      return { kind: 'arriving', text: 'imminent' };
    case 'delivery.at_dropoff':
      return { kind: 'arriving', text: 'at_the_door' };
    case 'order.completed':
      return { kind: 'delivered', text: 'delivered' };
    case 'order.rejected':
      return { kind: 'stopped', text: 'rejected' };
    case 'order.expired':
      return { kind: 'stopped', text: 'expired' };
    case 'order.cancelled':
      // Who cancels knows it.
      return order.closedBy === 'customer' ? null : { kind: 'stopped', text: 'cancelled' };
    case 'message.sent': {
      const { message } = event.data;
      if (!message || message.senderRole === 'customer') return null;
      const text = message.senderRole === 'driver' && delivery ? 'message' : 'message_from_staff';
      return { kind: 'message', text, quick: message.quick, body: message.body };
    }
    default:
      return null;
  }
}

const firstName = (name: string | null | undefined): string => name?.split(' ')[0] ?? '';

/** What this event tells the order's customer, or null. `card` is the order as it stands after it. */
export function noticeOf(event: LogEvent, card: OrderCard): NoticeContent | null {
  const told = tellingOf(event, card);
  if (!told) return null;
  const { order, delivery } = card;
  return {
    ...{ kind: told.kind, text: told.text },
    ...{ orderId: order.id, orderNumber: order.number, restaurant: order.restaurantName },
    driver: firstName(delivery?.driverName),
    etaFrom: order.etaFrom ?? order.promisedFrom,
    etaTo: order.etaTo ?? order.promisedTo,
    timeZone: order.timeZone,
    reason: order.reason,
    quick: told.quick ?? null,
    body: told.body ?? '',
  };
}

/** What an offer tells the driver whom it is made to, or null. */
export function offerNoticeOf(
  event: LogEvent,
  { order }: OrderCard,
): { userId: string; content: NoticeContent } | null {
  const { offer } = event.data;
  // One question, however many orders it is about: told with the first of them.
  if (event.type !== 'offer.made' || offer?.runStop !== 1) return null;
  const { pay, currency, expiresAt, runId, runSize } = offer;
  const told: Told =
    runSize > 1 ? { kind: 'offer', text: 'offer_run' } : { kind: 'offer', text: 'offer' };
  const content: NoticeContent = {
    ...told,
    ...{ orderId: order.id, orderNumber: order.number, restaurant: offer.restaurantName },
    driver: firstName(offer.driverName),
    ...{ etaFrom: order.promisedFrom, etaTo: order.promisedTo, timeZone: order.timeZone },
    ...{ reason: null, quick: null, body: '' },
    offer: { tag: `offer-${runId}`, pay, currency, expiresAt, orders: runSize },
  };
  return { userId: offer.driverId, content };
}

/** What a kitchen that has not acknowledged something is told outside the page. */
export function mustSeeNotice(
  event: MustSeeEvent,
  order: {
    id: string;
    number: number;
    restaurantName: string;
    restaurantSlug: string;
    promisedFrom: Date;
    promisedTo: Date;
    timeZone: string;
  },
): NoticeContent {
  const texts = {
    placed: { text: 'kitchen_placed' },
    cancelled: { text: 'kitchen_cancelled' },
    delayed: { text: 'kitchen_delayed' },
  } as const;
  return {
    kind: 'must_see',
    ...texts[event],
    ...{ orderId: order.id, orderNumber: order.number, restaurant: order.restaurantName },
    driver: '',
    etaFrom: order.promisedFrom.toISOString(),
    etaTo: order.promisedTo.toISOString(),
    timeZone: order.timeZone,
    ...{ reason: null, quick: null, body: '' },
    path: `/kitchen/${order.restaurantSlug}`,
  };
}

/** Attempts before a notice is given up, and the wait before the next one, seconds. */
export const NOTICE_ATTEMPTS = 8;

/** Exponential back-off with full jitter; `random` in [0, 1). */
export const noticeBackoffSeconds = (attempts: number, random: number): number =>
  Math.min(3_600, 5 * 2 ** attempts) * random + 1;

/** A notice that nobody needs any more: the moment has passed. Minutes after the event. */
const STALE_AFTER_MINUTES: Readonly<Record<NoticeChannel | 'sms', number>> = {
  page: 1,
  push: 30,
  email: 24 * 60,
  sms: 30,
};

export const isStale = (
  channel: NoticeChannel | 'sms',
  createdAt: Date,
  now: Date,
  offer?: NoticeContent['offer'],
): boolean =>
  (offer !== undefined && new Date(offer.expiresAt) <= now) ||
  now.getTime() - createdAt.getTime() > STALE_AFTER_MINUTES[channel] * 60_000;
