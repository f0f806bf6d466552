import {
  Bell,
  BellOff,
  Bike,
  Check,
  CheckCheck,
  ChefHat,
  CircleSlash,
  DoorOpen,
  type LucideIcon,
  PackageCheck,
  PackageX,
  RotateCcw,
  Undo2,
  X,
} from 'lucide-react';
import type { Tone } from '@/components/ui/tone';
import type { DeliveryStatus } from '@/domain/delivery';
import type { OrderStatus } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

/** How a state looks and is called, on every screen; `key` is its word among the shared texts. */
export type StatusWord = {
  key: `orderStatus.${OrderStatus}` | `deliveryStatus.${DeliveryStatus}`;
  tone: Tone;
  icon: LucideIcon;
};

export const ORDER_WORDS: Readonly<Record<OrderStatus, StatusWord>> = {
  placed: { key: 'orderStatus.placed', tone: 'info', icon: Bell },
  accepted: { key: 'orderStatus.accepted', tone: 'info', icon: Check },
  preparing: { key: 'orderStatus.preparing', tone: 'accent', icon: ChefHat },
  ready: { key: 'orderStatus.ready', tone: 'accent', icon: PackageCheck },
  completed: { key: 'orderStatus.completed', tone: 'good', icon: CheckCheck },
  rejected: { key: 'orderStatus.rejected', tone: 'bad', icon: X },
  cancelled: { key: 'orderStatus.cancelled', tone: 'neutral', icon: CircleSlash },
  expired: { key: 'orderStatus.expired', tone: 'bad', icon: BellOff },
};

/** Delivery states that say more about the whole than the order's own. */
export const TELLING_WORDS = {
  picked_up: { key: 'deliveryStatus.picked_up', tone: 'accent', icon: Bike },
  at_dropoff: { key: 'deliveryStatus.at_dropoff', tone: 'accent', icon: DoorOpen },
  delivered: { key: 'deliveryStatus.delivered', tone: 'good', icon: CheckCheck },
  failed: { key: 'deliveryStatus.failed', tone: 'bad', icon: PackageX },
  returning: { key: 'deliveryStatus.returning', tone: 'warn', icon: Undo2 },
  returned: { key: 'deliveryStatus.returned', tone: 'neutral', icon: RotateCcw },
} as const satisfies Partial<Record<DeliveryStatus, StatusWord>>;

const isTelling = (status: DeliveryStatus): status is keyof typeof TELLING_WORDS =>
  status in TELLING_WORDS;

/** The one word for an order with its delivery: whichever part is further along. */
export function headlineWord({
  order,
  delivery,
}: Pick<OrderCard, 'order' | 'delivery'>): StatusWord {
  const closed = ['rejected', 'cancelled', 'expired'].includes(order.status);
  return delivery && !closed && isTelling(delivery.status)
    ? TELLING_WORDS[delivery.status]
    : ORDER_WORDS[order.status];
}
