import { BellRing, type LucideIcon, Radar } from 'lucide-react';
import { reasonWords } from '@/components/shared/reason-words';
import { DELIVERY_WORDS, ORDER_WORDS } from '@/components/shared/status-words';
import { ageWords } from '@/components/shared/time-words';
import type { Tone } from '@/components/ui/tone';
import type { OfferImage } from '@/domain/offer';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { radiusWords } from './radius-words';

export type CardWords = { text: string; tone: Tone; icon: LucideIcon };

const firstName = (name: string | null | undefined): string => name?.split(' ')[0] ?? 'The driver';

const secondsUntil = (at: string, now: Date): number =>
  Math.max(0, Math.floor((new Date(at).getTime() - now.getTime()) / 1_000));

function searchWords(nextAttemptAt: string | null, radiusM: number | null, now: Date): string {
  const radius = radiusM ? `Searching, radius ${radiusWords(radiusM)}` : 'Searching';
  if (!nextAttemptAt) return radius;
  const seconds = secondsUntil(nextAttemptAt, now);
  return seconds > 0 ? `${radius}, next try in ${seconds} s` : `${radius}, trying now`;
}

/** What goes on with the driver of an order, in a few words. */
export function driverWords(card: OrderCard, offer: OfferImage | null, now: Date): CardWords {
  const { order, delivery } = card;
  const name = firstName(delivery?.driverName);
  if (!isOpenOrder(order.status)) return endWords(card);
  if (!delivery) {
    return {
      text: `Waiting for an answer for ${ageWords(order.placedAt, now)}`,
      tone: 'warn',
      icon: BellRing,
    };
  }
  if (offer && (delivery.status === 'offering' || delivery.status === 'unassigned')) {
    const seconds = secondsUntil(offer.expiresAt, now);
    return {
      text: `Offering to ${firstName(offer.driverName)}, ${seconds} s`,
      tone: 'warn',
      icon: BellRing,
    };
  }
  const { tone, icon } = DELIVERY_WORDS[delivery.status];
  switch (delivery.status) {
    case 'unassigned':
    case 'offering':
      return {
        text: searchWords(delivery.nextAttemptAt, delivery.radiusM, now),
        tone: 'warn',
        icon: Radar,
      };
    case 'no_driver':
      return { text: 'No driver found', tone, icon };
    case 'assigned':
      return { text: `${name}, to the pickup`, tone, icon };
    case 'at_pickup':
      return { text: `${name}, at the pickup`, tone, icon };
    case 'picked_up':
      return { text: `${name}, on the way`, tone, icon };
    case 'at_dropoff':
      return { text: `${name}, at the door`, tone, icon };
    default:
      return { text: DELIVERY_WORDS[delivery.status].word, tone, icon };
  }
}

function endWords({ order, delivery }: OrderCard): CardWords {
  const name = firstName(delivery?.driverName);
  if (delivery?.status === 'failed') {
    const { tone, icon } = DELIVERY_WORDS.failed;
    const why = delivery.reason ? `: ${reasonWords(delivery.reason).toLowerCase()}` : '';
    return { text: `${name} can’t deliver${why}`, tone, icon };
  }
  if (delivery?.status === 'returning') {
    return { ...DELIVERY_WORDS.returning, text: `${name} brings it back` };
  }
  if (order.status === 'completed') {
    return { ...DELIVERY_WORDS.delivered, text: `Delivered by ${name}` };
  }
  const { word, tone, icon } = ORDER_WORDS[order.status];
  const why = order.reason && order.status !== 'expired' ? `: ${reasonWords(order.reason)}` : '';
  return { text: `${word}${why}`, tone, icon };
}

/** Whether the words change with every second. */
export const isTicking = ({ order, delivery }: OrderCard): boolean =>
  isOpenOrder(order.status) &&
  (delivery === null || delivery.status === 'offering' || delivery.status === 'unassigned');
