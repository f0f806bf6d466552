import { isOpenOrder } from './order';
import type { OrderCard } from './views';

export const COLUMN_IDS = ['attention', 'new', 'preparing', 'ready', 'on_the_way', 'done'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** A restaurant that has not answered for this long should be called, minutes. */
export const ANSWER_PATIENCE_MIN = 3;

const minutesSince = (at: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(at)) / 60_000);

/** The one column in which an order stands. */
export function columnOf({ order, delivery }: OrderCard, now: Date): ColumnId {
  if (delivery?.status === 'failed') return 'attention';
  if (delivery?.status === 'returning') return 'on_the_way';
  if (!isOpenOrder(order.status)) return 'done';
  if (delivery?.status === 'no_driver' || delivery?.stall?.told === 'admin') return 'attention';
  if (delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff') return 'on_the_way';
  if (order.status === 'ready') return 'ready';
  if (order.status !== 'placed') return 'preparing';
  return minutesSince(order.placedAt, now) >= ANSWER_PATIENCE_MIN ? 'attention' : 'new';
}

/** When it is there, as far as is known: what is delayed counts as late before its time is up. */
export const believedAt = ({ order }: OrderCard, now: Date): Date => {
  const believed = new Date(order.delayedAt && order.etaTo ? order.etaTo : now);
  return believed > now ? believed : now;
};

export const isLate = (card: OrderCard, now: Date): boolean =>
  isOpenOrder(card.order.status) && new Date(card.order.promisedTo) < believedAt(card, now);

export type Columns = Readonly<Record<ColumnId, OrderCard[]>>;

/** The most urgent on top: what was promised first, and of what is done the latest. */
export function columnsOf(cards: readonly OrderCard[], now: Date): Columns {
  const columns: Record<ColumnId, OrderCard[]> = {
    attention: [],
    new: [],
    preparing: [],
    ready: [],
    on_the_way: [],
    done: [],
  };
  for (const card of cards) columns[columnOf(card, now)].push(card);
  for (const id of COLUMN_IDS) {
    columns[id].sort((a, b) =>
      id === 'done'
        ? (b.order.closedAt ?? '').localeCompare(a.order.closedAt ?? '')
        : a.order.promisedTo.localeCompare(b.order.promisedTo) || a.order.number - b.order.number,
    );
  }
  return columns;
}
