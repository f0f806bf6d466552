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
import { type ColumnId, isLate } from '@/domain/board-columns';
import type { OrderCard } from '@/domain/views';

export {
  ANSWER_PATIENCE_MIN,
  believedAt,
  COLUMN_IDS,
  type ColumnId,
  type Columns,
  columnOf,
  columnsOf,
  isLate,
} from '@/domain/board-columns';

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
