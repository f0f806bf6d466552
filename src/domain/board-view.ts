import type { DriverImage, DriverPosition } from './driver';
import type { LogEvent } from './events';
import { isGone } from './is-gone';
import { applyToMustSees } from './must-see';
import type { MustSeeImage } from './must-see-image';
import type { OfferImage } from './offer';
import { isOpenOrder } from './order';
import { applyToCard as cardAfter, cardOf, type OrderCard } from './views';

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

/** The view after these events; what they do not change stays the very same object. */
export function applyToBoardView(view: BoardView, events: readonly LogEvent[]): BoardView {
  const cards = new Entries(view.cards, ({ order }) => order.id);
  const offers = new Entries(view.offers, ({ id }) => id);
  const drivers = new Entries(view.drivers, ({ driver }) => driver.id);
  for (const event of events) {
    const { driver, offer } = event.data;
    if (event.stream === 'order') applyToCard(cards, event);
    if (offer?.status === 'pending') offers.put(offer);
    else if (offer) offers.drop(offer.id);
    if (event.stream !== 'driver' || !driver) continue;
    const known = drivers.get(driver.id);
    if (known && known.version >= event.version) continue;
    drivers.put({ driver, version: event.version, position: known?.position ?? null });
  }
  const mustSees = events.reduce(applyToMustSees, view.mustSees);
  const changed = cards.changed || offers.changed || drivers.changed || mustSees !== view.mustSees;
  return changed
    ? { cards: cards.list(), offers: offers.list(), drivers: drivers.list(), mustSees }
    : view;
}

function applyToCard(cards: Entries<OrderCard>, event: LogEvent): void {
  if (isGone(event)) {
    cards.drop(event.streamId);
    return;
  }
  const known = cards.get(event.streamId);
  const card = known ? cardAfter(known, event) : cardOf(event);
  if (card) cards.put(card);
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

/** A list while much changes in it, found by key. */
class Entries<T> {
  readonly #before: T[];
  readonly #byKey: Map<string, T>;
  readonly #keyOf: (entry: T) => string;
  changed = false;

  constructor(before: T[], keyOf: (entry: T) => string) {
    this.#before = before;
    this.#keyOf = keyOf;
    this.#byKey = new Map(before.map((entry) => [keyOf(entry), entry]));
  }

  get(key: string): T | undefined {
    return this.#byKey.get(key);
  }

  put(entry: T): void {
    const key = this.#keyOf(entry);
    if (this.#byKey.get(key) === entry) return;
    this.#byKey.set(key, entry);
    this.changed = true;
  }

  drop(key: string): void {
    if (this.#byKey.delete(key)) this.changed = true;
  }

  /** The list as it was while nothing has changed. */
  list(): T[] {
    return this.changed ? [...this.#byKey.values()] : this.#before;
  }
}
