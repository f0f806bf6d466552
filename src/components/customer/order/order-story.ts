import type { OrderCard } from '@/domain/views';
import type { OrderWords } from './use-order-words';

export type Told = Pick<OrderCard, 'order' | 'delivery'>;

/** The first name of whoever carries it, or a word for them. */
export const courierName = ({ delivery }: Told, { t }: Pick<OrderWords, 't'>): string =>
  delivery?.driverName ?? t('courier');

/** From the counter to the door: the courier has the food. */
export const isCarrying = ({ delivery }: Told): boolean =>
  delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff';

/** Nothing has begun yet of an order for a later slot. */
export const isScheduled = ({ order }: Told, now: Date): boolean =>
  order.slotFrom !== null &&
  new Date(order.slotFrom) > now &&
  (order.status === 'placed' || order.status === 'accepted');

type Sentence = { title: string; detail: string };

/** Who has the order at this moment, in a sentence. */
export function whoHasIt(told: Told, words: OrderWords, now: Date): Sentence {
  const { t } = words;
  const { order } = told;
  const restaurant = order.restaurantName;
  const courier = courierName(told, words);
  switch (order.status) {
    case 'placed':
      return { title: t('who.placed.title', { restaurant }), detail: t('who.placed.detail') };
    case 'completed': {
      const detail = order.fulfilment === 'pickup' ? 'who.fetched.detail' : 'who.completed.detail';
      return { title: t('who.completed.title'), detail: t(detail, { courier }) };
    }
    case 'rejected':
    case 'expired':
    case 'cancelled':
      return { title: t('who.ended.title'), detail: t('who.ended.detail') };
    default:
      break;
  }
  if (isScheduled(told, now)) {
    return { title: t('who.scheduled.title', { restaurant }), detail: t('who.scheduled.detail') };
  }
  return order.fulfilment === 'pickup' ? atCounter(told, words) : onTheWay(told, words);
}

function atCounter({ order }: Told, { t }: OrderWords): Sentence {
  const restaurant = order.restaurantName;
  return order.status === 'ready'
    ? {
        title: t('who.counter.ready', { restaurant }),
        detail: t('who.counter.readyDetail', { address: order.pickupAddress }),
      }
    : { title: t('who.counter.working', { restaurant }), detail: t('who.counter.workingDetail') };
}

function onTheWay(told: Told, words: OrderWords): Sentence {
  const { t, reason } = words;
  const { order, delivery } = told;
  const restaurant = order.restaurantName;
  const courier = courierName(told, words);
  const ready = order.status === 'ready';
  switch (delivery?.status) {
    case 'picked_up':
      return { title: t('who.pickedUp.title', { courier }), detail: t('who.pickedUp.detail') };
    case 'at_dropoff':
      return {
        title: t('who.atDoor.title', { courier }),
        detail: t(order.handover === 'at_door' ? 'who.leavesIt.detail' : 'who.atDoor.detail'),
      };
    case 'at_pickup':
      return {
        title: t('who.atPickup.title', { courier, restaurant }),
        detail: t(ready ? 'who.atPickup.taking' : 'who.atPickup.waiting'),
      };
    case 'assigned':
      return {
        title: t('who.assigned.title', { restaurant }),
        detail: t('who.assigned.detail', { courier }),
      };
    case 'failed':
    case 'returning':
      return {
        title: t('who.failed.title'),
        detail: delivery.reason
          ? t('who.failed.why', { reason: reason(delivery.reason), restaurant })
          : t('who.failed.detail', { restaurant }),
      };
    case 'returned':
      return { title: t('who.returned.title', { restaurant }), detail: t('who.returned.detail') };
    case 'no_driver':
      return { title: t('who.noDriver.title'), detail: t('who.noDriver.detail') };
    default:
      return {
        title: t(ready ? 'who.searching.ready' : 'who.searching.working', { restaurant }),
        detail: t('who.searching.detail'),
      };
  }
}
