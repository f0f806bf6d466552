import { isDispatchers, type MustSeeEvent } from './must-see';
import type { MustSeeImage } from './must-see-image';
import { isOpenOrder } from './order';
import type { OrderCard } from './views';

export const COLUMN_IDS = ['attention', 'new', 'preparing', 'ready', 'on_the_way', 'done'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What each kitchen has not seen for so long that a dispatcher should call it, by order. */
export type ToCall = ReadonlyMap<string, MustSeeEvent>;

export const toCallOf = (mustSees: readonly MustSeeImage[]): ToCall =>
  new Map(mustSees.filter(isDispatchers).map(({ orderId, event }) => [orderId, event]));

/** The one column in which an order stands. */
export const columnOf = (card: OrderCard, toCall: ToCall): ColumnId =>
  toCall.has(card.order.id) ? 'attention' : readOnce(card).column;

function columnByState({ order, delivery }: OrderCard): ColumnId {
  if (delivery?.status === 'failed') return 'attention';
  if (delivery?.status === 'returning') return 'on_the_way';
  if (!isOpenOrder(order.status)) return 'done';
  if (delivery?.status === 'no_driver' || delivery?.stall?.told === 'admin') return 'attention';
  if (delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff') return 'on_the_way';
  if (order.status === 'ready') return 'ready';
  return order.status === 'placed' ? 'new' : 'preparing';
}

type Read = {
  column: ColumnId;
  driverless: 0 | 1 | 2;
  promised: number;
  expected: number;
  closed: number;
};

/** Read once a card: a board of 2,000 is looked through with every batch of events. */
const known = new WeakMap<OrderCard, Read>();

function readOnce(card: OrderCard): Read {
  const before = known.get(card);
  if (before) return before;
  const { promisedTo, delayedAt, etaTo, closedAt } = card.order;
  const read = {
    column: columnByState(card),
    driverless: driverlessByState(card),
    promised: Date.parse(promisedTo),
    // What is delayed counts as late before its time is up.
    expected: delayedAt && etaTo ? Date.parse(etaTo) : 0,
    closed: closedAt ? Date.parse(closedAt) : 0,
  };
  known.set(card, read);
  return read;
}

/** When it is there, as far as is known. */
export const believedAt = (card: OrderCard, now: Date): Date =>
  new Date(Math.max(readOnce(card).expected, now.getTime()));

export function isLate(card: OrderCard, now: Date): boolean {
  const { promised, expected } = readOnce(card);
  return isOpenOrder(card.order.status) && promised < Math.max(expected, now.getTime());
}

/** Whether a delivery is to be carried and nobody has it; those given up first. */
export const driverlessRank = (card: OrderCard): 0 | 1 | 2 => readOnce(card).driverless;

function driverlessByState({ order, delivery }: OrderCard): 0 | 1 | 2 {
  if (!delivery || !isOpenOrder(order.status)) return 2;
  if (delivery.status === 'no_driver') return 0;
  return delivery.status === 'unassigned' || delivery.status === 'offering' ? 1 : 2;
}

export const isDriverless = (card: OrderCard): boolean => driverlessRank(card) < 2;

type Place = { card: OrderCard; rank: number; at: number };

/** Sorted by figures that are looked up once a card, not once a comparison. */
function sorted(cards: readonly OrderCard[], placeOf: (card: OrderCard) => Place): OrderCard[] {
  return cards
    .map(placeOf)
    .sort((a, b) => a.rank - b.rank || a.at - b.at || a.card.order.number - b.card.order.number)
    .map(({ card }) => card);
}

/** What has no driver on top, then what was promised first. */
export const byUrgency = (cards: readonly OrderCard[]): OrderCard[] =>
  sorted(cards, (card) => ({ card, rank: driverlessRank(card), at: readOnce(card).promised }));

/** What was closed last on top. */
const byClosing = (cards: readonly OrderCard[]): OrderCard[] =>
  sorted(cards, (card) => ({ card, rank: 0, at: -readOnce(card).closed }));

export type Columns = Readonly<Record<ColumnId, readonly OrderCard[]>>;

/** The most urgent on top, and of what is done the latest. */
export function columnsOf(cards: readonly OrderCard[], toCall: ToCall): Columns {
  const columns: Record<ColumnId, OrderCard[]> = {
    attention: [],
    new: [],
    preparing: [],
    ready: [],
    on_the_way: [],
    done: [],
  };
  for (const card of cards) columns[columnOf(card, toCall)].push(card);
  for (const id of COLUMN_IDS) {
    columns[id] = id === 'done' ? byClosing(columns[id]) : byUrgency(columns[id]);
  }
  return columns;
}

/** `next`, with the lists of `before` where they hold the same: what shows them need not look again. */
export function sharing(before: Columns, next: Columns): Columns {
  const shared = (id: ColumnId) => (sameList(before[id], next[id]) ? before[id] : next[id]);
  return {
    attention: shared('attention'),
    new: shared('new'),
    preparing: shared('preparing'),
    ready: shared('ready'),
    on_the_way: shared('on_the_way'),
    done: shared('done'),
  };
}

export const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);
