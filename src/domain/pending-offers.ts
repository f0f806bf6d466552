import type { LogEvent } from './events';
import type { OfferImage } from './offer';

/** The offers that wait for an answer, after `event`. */
export function applyToOffers(offers: OfferImage[], event: LogEvent): OfferImage[] {
  const { offer } = event.data;
  if (!offer) return offers;
  const others = offers.filter(({ id }) => id !== offer.id);
  return offer.status === 'pending' ? [...others, offer] : others;
}
