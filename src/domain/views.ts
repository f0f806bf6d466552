import type { DeliveryImage } from './delivery';
import { isCarried } from './delivery';
import type { DriverImage, DriverPosition } from './driver';
import type { LogEvent } from './events';
import type { MessageImage } from './message';
import type { OfferImage } from './offer';
import { isOpenOrder, type OrderImage, type OrderLine } from './order';

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

export type DriverView = {
  driver: DriverImage;
  driverVersion: number;
  offers: OfferImage[];
  /** Deliveries that the driver carries now, in the order in which they were assigned. */
  jobs: OrderCard[];
  /** What was said about these since they were assigned, oldest first. */
  messages: MessageImage[];
  /** Earned since midnight in the zone's time, minor units, and by which: none counts twice. */
  earnedToday: { amount: number; currency: string; deliveryIds: string[] };
};

export type BoardDriver = {
  driver: DriverImage;
  version: number;
  position: DriverPosition | null;
};

export type BoardView = { cards: OrderCard[]; offers: OfferImage[]; drivers: BoardDriver[] };

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

function cardOf(event: LogEvent): OrderCard | null {
  const { order, delivery } = event.data;
  if (event.stream !== 'order' || !order) return null;
  return {
    order,
    delivery: delivery ?? null,
    versions: { order: event.version, delivery: delivery ? event.version : 0 },
  };
}

function applyToCards(cards: OrderCard[], event: LogEvent): OrderCard[] {
  if (event.stream !== 'order') return cards;
  if (event.type === 'order.deleted') {
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

function applyToOffers(offers: OfferImage[], event: LogEvent): OfferImage[] {
  const { offer } = event.data;
  if (!offer) return offers;
  const others = offers.filter(({ id }) => id !== offer.id);
  return offer.status === 'pending' ? [...others, offer] : others;
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
const inTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

function applyToMessages(messages: MessageImage[], message: MessageImage | undefined) {
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

function applyToJobs({ jobs, driver }: DriverView, event: LogEvent): OrderCard[] {
  const assignedAt = ({ delivery }: OrderCard) => delivery?.assignedAt ?? '1970-01-01';
  return applyToCards(jobs, event)
    .filter(({ delivery }) => delivery?.driverId === driver.id && isCarried(delivery.status))
    .sort((a, b) => inTime(assignedAt(a), assignedAt(b)));
}

/** A driver reads what was said about a delivery while it is theirs. */
function messagesAbout(jobs: readonly OrderCard[], messages: MessageImage[]): MessageImage[] {
  return messages.filter(({ orderId, sentAt }) => {
    const job = jobs.find(({ order }) => order.id === orderId);
    return job?.delivery?.assignedAt && inTime(sentAt, job.delivery.assignedAt) >= 0;
  });
}

export function applyToDriverView(view: DriverView, event: LogEvent): DriverView {
  const { driver, delivery: changed } = event.data;
  if (driver && driver.id === view.driver.id) {
    return event.version > view.driverVersion
      ? { ...view, driver, driverVersion: event.version }
      : view;
  }
  const delivered =
    changed?.status === 'delivered' &&
    changed.driverId === view.driver.id &&
    !view.earnedToday.deliveryIds.includes(changed.id);
  const { amount, deliveryIds } = view.earnedToday;
  const jobs = applyToJobs(view, event);
  return {
    ...view,
    offers: applyToOffers(view.offers, event),
    jobs,
    messages: messagesAbout(jobs, applyToMessages(view.messages, event.data.message)),
    ...(delivered && {
      earnedToday: {
        ...view.earnedToday,
        amount: amount + (changed.pay ?? 0),
        deliveryIds: [...deliveryIds, changed.id],
      },
    }),
  };
}

/** How long a finished order stays on the board, minutes. */
export const BOARD_KEEPS_MINUTES = 30;

export function applyToBoardView(view: BoardView, event: LogEvent): BoardView {
  const { driver } = event.data;
  if (driver && event.stream === 'driver') {
    const known = view.drivers.find((entry) => entry.driver.id === driver.id);
    if (known && known.version >= event.version) return view;
    const entry = { driver, version: event.version, position: known?.position ?? null };
    const others = view.drivers.filter((other) => other.driver.id !== driver.id);
    return { ...view, drivers: [...others, entry] };
  }
  return {
    ...view,
    cards: applyToCards(view.cards, event),
    offers: applyToOffers(view.offers, event),
  };
}

/** Drops finished orders that have stood on the board long enough. */
export function tidyBoard(view: BoardView, now: Date): BoardView {
  const oldest = now.getTime() - BOARD_KEEPS_MINUTES * 60_000;
  const cards = view.cards.filter(
    ({ order }) =>
      isOpenOrder(order.status) || !order.closedAt || new Date(order.closedAt).getTime() > oldest,
  );
  return cards.length === view.cards.length ? view : { ...view, cards };
}
