import { BellRing, type LucideIcon, Radar, Store, TriangleAlert } from 'lucide-react';
import { DELIVERY_WORDS } from '@/components/shared/delivery-words';
import { ORDER_WORDS } from '@/components/shared/status-words';
import type { Tone } from '@/components/ui/tone';
import type { OfferImage } from '@/domain/offer';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { firstName } from './first-name';
import type { AdminWords } from './use-admin-words';

export type CardWords = { text: string; tone: Tone; icon: LucideIcon };

const secondsUntil = (at: string, now: Date): number =>
  Math.max(0, Math.floor((new Date(at).getTime() - now.getTime()) / 1_000));

/** A countdown in seconds, however long: it changes with each of them. */
const secondsWords = ({ shared, format }: AdminWords, seconds: number): string =>
  shared('time.seconds', { count: format.number(seconds) });

const driverName = ({ delivery }: OrderCard, { t }: AdminWords): string =>
  delivery?.driverName ? firstName(delivery.driverName) : t('theDriver');

function searchWords({ order, delivery }: OrderCard, now: Date, words: AdminWords): string {
  const { t, format } = words;
  const { timeZone } = order;
  const radiusM = delivery?.radiusM;
  const search = radiusM
    ? t('card.searchingRadius', { radius: format.distance(radiusM) })
    : t('card.searching');
  if (delivery?.planned) {
    return t('card.planned', {
      name: firstName(delivery.planned.driverName),
      time: format.clock(delivery.planned.leaveAt, timeZone),
    });
  }
  if (!delivery?.nextAttemptAt) return search;
  const seconds = secondsUntil(delivery.nextAttemptAt, now);
  return seconds > 0
    ? t('card.nextTry', { search, age: secondsWords(words, seconds) })
    : t('card.tryingNow', { search });
}

/** The search, and why the driver before gave it back. */
function searchAfterHandBack(card: OrderCard, now: Date, words: AdminWords): string {
  const search = searchWords(card, now, words);
  const why = card.delivery?.handBackReason;
  return why ? words.t('card.handedBack', { search, reason: words.reason(why) }) : search;
}

/** What goes on with the driver of an order, in a few words. */
export function driverWords(
  card: OrderCard,
  offer: OfferImage | null,
  now: Date,
  words: AdminWords,
): CardWords {
  const { order, delivery } = card;
  const { t, shared, format } = words;
  if (!isOpenOrder(order.status)) return endWords(card, words);
  if (!delivery && order.fulfilment === 'pickup' && order.status !== 'placed') {
    return { text: t('story.counter'), tone: 'neutral', icon: Store };
  }
  if (!delivery) {
    const text = t('card.waiting', { age: format.age(order.placedAt, now) });
    return { text, tone: 'warn', icon: BellRing };
  }
  if (offer && (delivery.status === 'offering' || delivery.status === 'unassigned')) {
    const text = t('card.offering', {
      name: firstName(offer.driverName),
      age: secondsWords(words, secondsUntil(offer.expiresAt, now)),
    });
    return { text, tone: 'warn', icon: BellRing };
  }
  const { key, tone, icon } = DELIVERY_WORDS[delivery.status];
  const name = driverName(card, words);
  if (delivery.stall) {
    const { kind, since, told } = delivery.stall;
    const text = t(`card.stall.${kind}`, { name, age: format.age(since, now) });
    return { text, tone: told === 'admin' ? 'bad' : 'warn', icon: TriangleAlert };
  }
  switch (delivery.status) {
    case 'unassigned':
    case 'offering':
      return { text: searchAfterHandBack(card, now, words), tone: 'warn', icon: Radar };
    case 'no_driver':
      return { text: t('card.noDriver'), tone, icon };
    case 'assigned':
      return { text: t('card.toPickup', { name }), tone, icon };
    case 'at_pickup':
      return { text: t('card.atPickup', { name }), tone, icon };
    case 'picked_up':
      return { text: t('card.onTheWay', { name }), tone, icon };
    case 'at_dropoff':
      return { text: t('card.atTheDoor', { name }), tone, icon };
    default:
      return { text: shared(key), tone, icon };
  }
}

function endWords(card: OrderCard, words: AdminWords): CardWords {
  const { order, delivery } = card;
  const { t, shared, reason } = words;
  const name = driverName(card, words);
  if (delivery?.status === 'failed') {
    const { tone, icon } = DELIVERY_WORDS.failed;
    const text = delivery.reason
      ? t('card.cannotDeliverWhy', { name, reason: reason(delivery.reason).toLowerCase() })
      : t('card.cannotDeliver', { name });
    return { text, tone, icon };
  }
  if (delivery?.status === 'returning') {
    const { tone, icon } = DELIVERY_WORDS.returning;
    return { text: t('card.bringsBack', { name }), tone, icon };
  }
  if (order.status === 'completed') {
    const { tone, icon } = DELIVERY_WORDS.delivered;
    return { text: t('card.deliveredBy', { name }), tone, icon };
  }
  const { key, tone, icon } = ORDER_WORDS[order.status];
  const state = shared(key);
  const why = order.reason && order.status !== 'expired' ? reason(order.reason) : null;
  return { text: why ? t('card.endedWhy', { state, reason: why }) : state, tone, icon };
}

/** Whether the words change with every second. */
export const isTicking = ({ order, delivery }: OrderCard): boolean =>
  isOpenOrder(order.status) &&
  (delivery === null || delivery.status === 'offering' || delivery.status === 'unassigned');
