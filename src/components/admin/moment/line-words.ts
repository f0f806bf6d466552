import {
  Bell,
  Bike,
  ChefHat,
  CreditCard,
  HandHelping,
  type LucideIcon,
  MessageCircle,
  Radar,
  Route,
} from 'lucide-react';
import type { Attempt } from '@/components/admin/story/attempt-words';
import { attemptWords } from '@/components/admin/story/attempt-words';
import { eventWords, isBad } from '@/components/admin/story/event-words';
import type {
  Ride,
  StoryEntry,
  StoryKind,
  StoryNotice,
  StoryPayment,
  ToldEvent,
} from '@/domain/order-story';
import type { StoryWords } from './use-story-words';

export const KIND_ICONS: Readonly<Record<StoryKind, LucideIcon>> = {
  order: ChefHat,
  delivery: Bike,
  offer: HandHelping,
  dispatch: Radar,
  ride: Route,
  message: MessageCircle,
  notice: Bell,
  payment: CreditCard,
};

export type LineWords = {
  title: string;
  detail: string | null;
  tone: 'plain' | 'bad' | 'quiet';
  /** As it stands in the log; null for what is none of its lines. */
  actor: string | null;
};

/** What the drawer leaves out, and the page tells too. */
const ALSO_TOLD = [
  'delivery.updated',
  'order.eta_changed',
  'order.deleted',
  'message.sent',
  'notice.given_up',
  'notice.redriven',
  'notice.discarded',
] as const;
const QUIET: ReadonlySet<string> = new Set(['delivery.updated', 'order.updated']);
const GIVEN_UP = 'notice.given_up';

function eventLine(event: ToldEvent, timeZone: string, words: StoryWords): LineWords {
  const { story, format } = words;
  const { type, actor } = event;
  const own = ALSO_TOLD.find((each) => each === type);
  const tone = isBad(type) || type === GIVEN_UP ? 'bad' : QUIET.has(type) ? 'quiet' : 'plain';
  const title = own ? story(`event.${own}`) : eventWords(type, words);
  if (event.eta) {
    const [from, to] = [event.eta.from, event.eta.to].map((at) => format.clock(at, timeZone));
    return { title, detail: story('etaWindow', { from: from ?? '', to: to ?? '' }), tone, actor };
  }
  return { title, detail: detailOf(event, words), tone, actor };
}

function detailOf({ type, driverName, reason, message, notice }: ToldEvent, words: StoryWords) {
  if (message) return words.story('said', { text: words.message(message) });
  // What a person or another computer wrote stands as it is.
  if (notice) return reason;
  const named = type.startsWith('offer.') || type === 'delivery.assigned' ? driverName : null;
  const parts = [named, reason && words.reason(reason)].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : null;
}

function rideLine({ driverName: name, from, to, meters }: Ride, words: StoryWords): LineWords {
  const { story, format } = words;
  const time = format.lasting((Date.parse(to) - Date.parse(from)) / 1_000);
  const distance = format.distance(meters);
  return {
    title: story(meters < STOOD_M ? 'stood' : 'rode', { name, distance, time }),
    ...{ detail: null, tone: 'plain', actor: null },
  };
}
/** What a device makes up while it stands still. */
const STOOD_M = 40;

function noticeLine(notice: StoryNotice, timeZone: string, words: StoryWords): LineWords {
  const { story, format } = words;
  const clock = (at: string | null) => (at ? format.seconds(at, timeZone) : '');
  const { sink, recipient, status, attempts, error } = notice;
  const state = {
    waiting: story('notice.waiting', { attempts, time: clock(notice.nextAttemptAt) }),
    sent: story('notice.sent', { attempts, time: clock(notice.sentAt) }),
    dead: story('notice.dead', { attempts }),
    discarded: story('notice.discarded', { reason: notice.discardReason ?? '' }),
  }[status];
  return {
    title: story(`notice.${sink}`, { name: recipient }),
    detail: [state, status === 'sent' ? null : error].filter(Boolean).join(' · '),
    tone: status === 'dead' ? 'bad' : 'plain',
    actor: null,
  };
}

function paymentLine(payment: StoryPayment, { story, format, shared }: StoryWords): LineWords {
  const { purpose, label, provider, currency, amount, refunded, status, error } = payment;
  const card = provider !== 'cash';
  const parts = [
    shared(`payment.${card ? 'card' : 'cash'}.${status}`),
    refunded > 0 ? story('refunded', { sum: format.money(refunded, currency) }) : null,
    error,
  ];
  return {
    title: story(purpose === 'tip' ? 'tipPayment' : 'payment', {
      sum: format.money(amount, currency),
      label: label || story('cash'),
    }),
    detail: parts.filter(Boolean).join(' · '),
    tone: status === 'failed' ? 'bad' : 'plain',
    actor: null,
  };
}

/** One line of the story in words. */
export function lineWords(
  entry: StoryEntry<Attempt>,
  timeZone: string,
  words: StoryWords,
): LineWords {
  switch (entry.what) {
    case 'event':
      return eventLine(entry.event, timeZone, words);
    case 'ride':
      return rideLine(entry.ride, words);
    case 'notice':
      return noticeLine(entry.notice, timeZone, words);
    case 'payment':
      return paymentLine(entry.payment, words);
    case 'attempt': {
      const [title = '', ...others] = attemptWords(entry.attempt, words);
      const bad = entry.attempt.outcome === 'give_up';
      const detail = others.length > 0 ? others.join(' ') : null;
      return { title, detail, tone: bad ? 'bad' : 'plain', actor: null };
    }
  }
}
