import {
  Bell,
  BellOff,
  Bike,
  Check,
  CheckCheck,
  ChefHat,
  CircleDashed,
  CircleSlash,
  DoorOpen,
  type LucideIcon,
  PackageCheck,
  PackageX,
  Radar,
  RotateCcw,
  Store,
  Undo2,
  UserCheck,
  UserX,
  X,
} from 'lucide-react';
import type { Tone } from '@/components/ui/tone';
import type { DeliveryStatus } from '@/domain/delivery';
import type { OrderStatus } from '@/domain/order';
import type { OrderCard } from '@/domain/views';

/** How a state looks and is called, on every screen. */
export type StatusWord = { word: string; tone: Tone; icon: LucideIcon };

export const ORDER_WORDS: Readonly<Record<OrderStatus, StatusWord>> = {
  placed: { word: 'Placed', tone: 'info', icon: Bell },
  accepted: { word: 'Accepted', tone: 'info', icon: Check },
  preparing: { word: 'Preparing', tone: 'accent', icon: ChefHat },
  ready: { word: 'Ready', tone: 'accent', icon: PackageCheck },
  completed: { word: 'Completed', tone: 'good', icon: CheckCheck },
  rejected: { word: 'Rejected', tone: 'bad', icon: X },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: CircleSlash },
  expired: { word: 'Unanswered', tone: 'bad', icon: BellOff },
};

export const DELIVERY_WORDS: Readonly<Record<DeliveryStatus, StatusWord>> = {
  unassigned: { word: 'Waiting', tone: 'neutral', icon: CircleDashed },
  offering: { word: 'Searching', tone: 'warn', icon: Radar },
  assigned: { word: 'Assigned', tone: 'info', icon: UserCheck },
  at_pickup: { word: 'At pickup', tone: 'info', icon: Store },
  picked_up: { word: 'On the way', tone: 'accent', icon: Bike },
  at_dropoff: { word: 'At the door', tone: 'accent', icon: DoorOpen },
  delivered: { word: 'Delivered', tone: 'good', icon: CheckCheck },
  no_driver: { word: 'No driver', tone: 'bad', icon: UserX },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: CircleSlash },
  failed: { word: 'Failed', tone: 'bad', icon: PackageX },
  returning: { word: 'Returning', tone: 'warn', icon: Undo2 },
  returned: { word: 'Returned', tone: 'neutral', icon: RotateCcw },
};

/** Delivery states that say more about the whole than the order's own. */
const TELLING: ReadonlySet<DeliveryStatus> = new Set([
  'picked_up',
  'at_dropoff',
  'delivered',
  'failed',
  'returning',
  'returned',
]);

/** The one word for an order with its delivery: whichever part is further along. */
export function headlineWord({
  order,
  delivery,
}: Pick<OrderCard, 'order' | 'delivery'>): StatusWord {
  const closed = ['rejected', 'cancelled', 'expired'].includes(order.status);
  return delivery && !closed && TELLING.has(delivery.status)
    ? DELIVERY_WORDS[delivery.status]
    : ORDER_WORDS[order.status];
}
