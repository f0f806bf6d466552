import {
  Bike,
  CheckCheck,
  ChefHat,
  type LucideIcon,
  PackageCheck,
  Siren,
  Sparkles,
} from 'lucide-react';
import type { Tone } from '@/components/ui/tone';
import type { MustSeeEvent } from '@/domain/must-see';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

export const COLUMN_IDS = ['attention', 'new', 'preparing', 'ready', 'on_the_way', 'done'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

type ColumnLook = { tone: Tone; icon: LucideIcon };

/** Their words are `admin.column`. */
export const COLUMNS: Readonly<Record<ColumnId, ColumnLook>> = {
  attention: { tone: 'bad', icon: Siren },
  new: { tone: 'info', icon: Sparkles },
  preparing: { tone: 'accent', icon: ChefHat },
  ready: { tone: 'accent', icon: PackageCheck },
  on_the_way: { tone: 'accent', icon: Bike },
  done: { tone: 'good', icon: CheckCheck },
};

/** What each kitchen has not seen for so long that a dispatcher should call it, by order. */
export type ToCall = ReadonlyMap<string, MustSeeEvent>;

/** The one column in which an order stands. */
export function columnOf({ order, delivery }: OrderCard, toCall: ToCall): ColumnId {
  if (toCall.has(order.id)) return 'attention';
  if (delivery?.status === 'failed') return 'attention';
  if (delivery?.status === 'returning') return 'on_the_way';
  if (!isOpenOrder(order.status)) return 'done';
  if (delivery?.status === 'no_driver' || delivery?.stall?.told === 'admin') return 'attention';
  if (delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff') return 'on_the_way';
  if (order.status === 'ready') return 'ready';
  return order.status === 'placed' ? 'new' : 'preparing';
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
    columns[id].sort((a, b) =>
      id === 'done'
        ? (b.order.closedAt ?? '').localeCompare(a.order.closedAt ?? '')
        : a.order.promisedTo.localeCompare(b.order.promisedTo) || a.order.number - b.order.number,
    );
  }
  return columns;
}

export type BoardFilter = { text: string; lateOnly: boolean };

/** Whether every word typed is found in the number or in a name. */
export function passes(card: OrderCard, filter: BoardFilter, offeredTo: string, now: Date) {
  if (filter.lateOnly && !isLate(card, now)) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { order, delivery } = card;
  const names = [
    `#${order.number}`,
    order.restaurantName,
    order.customerName,
    delivery?.driverName ?? '',
    offeredTo,
  ];
  const told = names.join(' ').toLowerCase();
  return words.every((word) => told.includes(word));
}
