import type { DriverImage, DriverPosition } from './driver';
import type { LogEvent } from './events';
import { applyToMustSees } from './must-see';
import type { MustSeeImage } from './must-see-image';
import type { OfferImage } from './offer';
import { isOpenOrder } from './order';
import { applyToOffers } from './pending-offers';
import { applyToCards, type OrderCard } from './views';

export type BoardDriver = {
  driver: DriverImage;
  version: number;
  position: DriverPosition | null;
};

export type BoardView = {
  cards: OrderCard[];
  offers: OfferImage[];
  drivers: BoardDriver[];
  /** What kitchens have yet to acknowledge. */
  mustSees: MustSeeImage[];
};

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
    mustSees: applyToMustSees(view.mustSees, event),
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
