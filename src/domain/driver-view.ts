import { isCarried } from './delivery';
import type { DriverImage } from './driver';
import type { LogEvent } from './events';
import type { MessageImage } from './message';
import type { OfferImage, OfferStatus } from './offer';
import { applyToOffers } from './pending-offers';
import { inRunOrder } from './run';
import { applyToCards, applyToMessages, inTime, type OrderCard } from './views';
import { localDay } from './wall-clock';

/** By what was delivered since midnight in the zone's time; pay in minor units, tips included. */
export type EarnedToday = {
  currency: string;
  timeZone: string;
  deliveries: { id: string; pay: number; deliveredAt: string }[];
};

/** What of it counts at `now`: a screen may stay open over midnight. */
export const earnedBy = (earned: EarnedToday, now: Date): EarnedToday => {
  const dayOf = (at: Date) => localDay(at, earned.timeZone);
  const today = dayOf(now);
  const deliveries = earned.deliveries.filter(
    ({ deliveredAt }) => dayOf(new Date(deliveredAt)) === today,
  );
  return { ...earned, deliveries };
};

/** Minor units. */
export const sumEarned = ({ deliveries }: Pick<EarnedToday, 'deliveries'>): number =>
  deliveries.reduce((sum, { pay }) => sum + pay, 0);

export type DriverView = {
  driver: DriverImage;
  driverVersion: number;
  offers: OfferImage[];
  /** How the latest of them ended, on whichever of the driver's screens. */
  lastAnswer: { offerId: string; status: OfferStatus } | null;
  /** Deliveries that the driver carries now, as they were taken on and are handed over. */
  jobs: OrderCard[];
  /** What was said about these since they were assigned, oldest first. */
  messages: MessageImage[];
  earnedToday: EarnedToday;
};

function applyToJobs({ jobs, driver }: DriverView, event: LogEvent): OrderCard[] {
  return applyToCards(jobs, event)
    .filter(({ delivery }) => delivery?.driverId === driver.id && isCarried(delivery.status))
    .sort(inRunOrder);
}

/** A driver reads what was said about a delivery while it is theirs. */
function messagesAbout(jobs: readonly OrderCard[], messages: MessageImage[]): MessageImage[] {
  return messages.filter(({ orderId, sentAt }) => {
    const job = jobs.find(({ order }) => order.id === orderId);
    return job?.delivery?.assignedAt && inTime(sentAt, job.delivery.assignedAt) >= 0;
  });
}

/** A delivery counts from the moment it is done; a tip that is given later is added to its pay. */
function applyToEarned({ earnedToday, driver }: DriverView, event: LogEvent): EarnedToday {
  const changed = event.data.delivery;
  if (changed?.status !== 'delivered' || changed.driverId !== driver.id) return earnedToday;
  const others = earnedToday.deliveries.filter(({ id }) => id !== changed.id);
  const known = others.length < earnedToday.deliveries.length;
  if (!known && event.type !== 'delivery.delivered') return earnedToday;
  const { id, pay, deliveredAt } = changed;
  const counted = { id, pay: pay ?? 0, deliveredAt: deliveredAt ?? event.at };
  return { ...earnedToday, deliveries: [...others, counted] };
}

function lastAnswerOf({ lastAnswer, driver }: DriverView, { data: { offer } }: LogEvent) {
  return offer && offer.driverId === driver.id && offer.status !== 'pending'
    ? { offerId: offer.id, status: offer.status }
    : lastAnswer;
}

export function applyToDriverView(view: DriverView, event: LogEvent): DriverView {
  const { driver } = event.data;
  if (driver && driver.id === view.driver.id) {
    return event.version > view.driverVersion
      ? { ...view, driver, driverVersion: event.version }
      : view;
  }
  const jobs = applyToJobs(view, event);
  return {
    ...view,
    offers: applyToOffers(view.offers, event),
    lastAnswer: lastAnswerOf(view, event),
    jobs,
    messages: messagesAbout(jobs, applyToMessages(view.messages, event.data.message)),
    earnedToday: applyToEarned(view, event),
  };
}
