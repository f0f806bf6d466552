import { isOpenOrder, type OrderStatus } from './order';
import type { OrderCard } from './views';

/** What a share link shows: how it stands and when it comes, nothing of who, where or what. */
export type ShareView = {
  status: OrderStatus;
  deliveryStatus: string | null;
  imminent: boolean;
  etaFrom: string;
  etaTo: string;
  /** The zone in which times are said. */
  timeZone: string;
};

/** The order as a share link may show it, or null when the link is dead. */
export function shareViewOf({ order, delivery }: OrderCard): ShareView | null {
  if (!isOpenOrder(order.status)) return null;
  return {
    status: order.status,
    deliveryStatus: delivery?.status ?? null,
    imminent: Boolean(delivery?.imminentAt),
    etaFrom: order.etaFrom ?? order.promisedFrom,
    etaTo: order.etaTo ?? order.promisedTo,
    timeZone: order.timeZone,
  };
}
