import type { DeliveryImage } from './delivery';
import type { LogEvent } from './events';
import { isGone } from './is-gone';
import type { MessageImage } from './message';
import type { OfferImage } from './offer';
import type { OrderImage, OrderLine } from './order';

/**
 * The views that screens show, and how one event changes each. A view starts as a snapshot and is
 * kept right by events; an event that the view already contains (by stream version) changes nothing.
 */

/** An order with its delivery; `versions` are the stream versions that each part was taken at. */
export type OrderCard = {
  order: OrderImage;
  delivery: DeliveryImage | null;
  versions: { order: number; delivery: number };
};

export type TimelineEntry = { type: string; at: string; actor: string };

/** One order in full, for whoever may see it. */
export type OrderView = OrderCard & {
  lines: OrderLine[];
  /** Offers of this delivery; empty for all but admins. */
  offers: OfferImage[];
  /** What was said about it, oldest first. */
  messages: MessageImage[];
  timeline: (TimelineEntry & { version: number })[];
};

/** A customer's orders, latest first. */
export type CustomerView = { cards: OrderCard[] };

/** The card after `event`: the same object when the event brings nothing new. */
export function applyToCard(card: OrderCard, event: LogEvent): OrderCard {
  if (event.stream !== 'order' || event.streamId !== card.order.id) return card;
  const { order, delivery } = event.data;
  const newOrder = order && event.version > card.versions.order;
  const newDelivery = delivery && event.version > card.versions.delivery;
  if (!newOrder && !newDelivery) return card;
  return {
    ...card,
    order: newOrder ? order : card.order,
    delivery: newDelivery ? delivery : card.delivery,
    versions: {
      order: newOrder ? event.version : card.versions.order,
      delivery: newDelivery ? event.version : card.versions.delivery,
    },
  };
}

/** The card that an event tells of without any before it, or null when it does not tell enough. */
export function cardOf(event: LogEvent): OrderCard | null {
  const { order, delivery } = event.data;
  if (event.stream !== 'order' || !order) return null;
  return {
    order,
    delivery: delivery ?? null,
    versions: { order: event.version, delivery: delivery ? event.version : 0 },
  };
}

export function applyToCards(cards: OrderCard[], event: LogEvent): OrderCard[] {
  if (event.stream !== 'order') return cards;
  if (isGone(event)) {
    return cards.filter((card) => card.order.id !== event.streamId);
  }
  const index = cards.findIndex((card) => card.order.id === event.streamId);
  const known = cards[index];
  if (!known) {
    const card = cardOf(event);
    return card ? [card, ...cards] : cards;
  }
  const changed = applyToCard(known, event);
  return changed === known ? cards : cards.with(index, changed);
}

/** All offers by the time at which they were made; an offer that is decided stays so. */
function applyToAllOffers(offers: OfferImage[], offer: OfferImage | undefined): OfferImage[] {
  const known = offers.find(({ id }) => id === offer?.id);
  if (!offer || (known && known.status !== 'pending')) return offers;
  return [...offers.filter((other) => other !== known), offer].sort((a, b) =>
    inTime(a.createdAt, b.createdAt),
  );
}

/** A session with another time zone writes times with another offset: compared as moments. */
export const inTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

export function applyToMessages(messages: MessageImage[], message: MessageImage | undefined) {
  if (!message || messages.some(({ id }) => id === message.id)) return messages;
  return [...messages, message].sort((a, b) => inTime(a.sentAt, b.sentAt));
}

export function applyToOrderView(view: OrderView, event: LogEvent): OrderView {
  if (event.stream !== 'order' || event.streamId !== view.order.id) return view;
  if (view.timeline.some(({ version }) => version === event.version)) return view;
  const { type, at, actor, version } = event;
  return {
    ...view,
    ...applyToCard(view, event),
    offers: applyToAllOffers(view.offers, event.data.offer),
    messages: applyToMessages(view.messages, event.data.message),
    timeline: [...view.timeline, { type, at, actor, version }].sort(
      (a, b) => a.version - b.version,
    ),
  };
}

export function applyToCustomerView(view: CustomerView, event: LogEvent): CustomerView {
  return { cards: applyToCards(view.cards, event) };
}
