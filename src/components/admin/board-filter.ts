import { isDriverless, isLate } from '@/domain/board-columns';
import type { OfferImage } from '@/domain/offer';
import type { OrderCard } from '@/domain/views';

export type BoardFilter = {
  text: string;
  /** Ids; null: all of them. */
  zone: string | null;
  restaurant: string | null;
  driver: string | null;
  lateOnly: boolean;
  driverlessOnly: boolean;
};

export const NO_FILTER: BoardFilter = {
  text: '',
  zone: null,
  restaurant: null,
  driver: null,
  lateOnly: false,
  driverlessOnly: false,
};

const LONGEST_TEXT = 80;
const ID = /^[0-9a-f-]{36}$/;
const id = (value: string | null): string | null => (value && ID.test(value) ? value : null);

/** What the board's address says; what is not understood counts as not there. */
export const readFilter = (params: Pick<URLSearchParams, 'get'>): BoardFilter => ({
  text: (params.get('q') ?? '').slice(0, LONGEST_TEXT),
  zone: id(params.get('zone')),
  restaurant: id(params.get('restaurant')),
  driver: id(params.get('driver')),
  lateOnly: params.get('late') === '1',
  driverlessOnly: params.get('driverless') === '1',
});

/** The board's address with this filter, and the order that is open. */
export function boardAddress(filter: BoardFilter, orderId: string | null): string {
  const params = new URLSearchParams();
  if (filter.text.trim()) params.set('q', filter.text.trim());
  if (filter.zone) params.set('zone', filter.zone);
  if (filter.restaurant) params.set('restaurant', filter.restaurant);
  if (filter.driver) params.set('driver', filter.driver);
  if (filter.lateOnly) params.set('late', '1');
  if (filter.driverlessOnly) params.set('driverless', '1');
  if (orderId) params.set('order', orderId);
  const written = params.toString();
  return written ? `/admin?${written}` : '/admin';
}

/** How many of its parts leave something out. */
export const partsOf = (filter: BoardFilter): number =>
  [
    filter.text.trim(),
    filter.zone,
    filter.restaurant,
    filter.driver,
    filter.lateOnly,
    filter.driverlessOnly,
  ].filter(Boolean).length;

export type FilterContext = {
  now: Date;
  /** The pending offer of each order. */
  offers: ReadonlyMap<string, Pick<OfferImage, 'driverId' | 'driverName'>>;
  /** The zone of each restaurant. */
  zones: ReadonlyMap<string, string>;
};

const told = new WeakMap<OrderCard, string>();

function wordsOf(card: OrderCard): string {
  const known = told.get(card);
  if (known !== undefined) return known;
  const { order, delivery } = card;
  const names = [
    `#${order.number}`,
    order.restaurantName,
    order.customerName,
    delivery?.driverName ?? '',
  ];
  const words = names.join(' ').toLowerCase();
  told.set(card, words);
  return words;
}

/** Tells of a card whether it is shown: every part of the filter, and every word typed, has to hold. */
export function passing(filter: BoardFilter, { now, offers, zones }: FilterContext) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (card: OrderCard): boolean => {
    const { order, delivery } = card;
    if (filter.lateOnly && !isLate(card, now)) return false;
    if (filter.driverlessOnly && !isDriverless(card)) return false;
    if (filter.restaurant && order.restaurantId !== filter.restaurant) return false;
    if (filter.zone && zones.get(order.restaurantId) !== filter.zone) return false;
    if (!filter.driver && words.length === 0) return true;
    const offer = offers.get(order.id);
    if (filter.driver && ![delivery?.driverId, offer?.driverId].includes(filter.driver)) {
      return false;
    }
    const asked = offer?.driverName.toLowerCase() ?? '';
    return words.every((word) => wordsOf(card).includes(word) || asked.includes(word));
  };
}
