import type { Told } from './order-story';
import type { OrderWords } from './use-order-words';

export type Ending = { title: string; detail: string; tone: 'good' | 'bad' | 'neutral' };

/** How an order ended, or null while it goes on. */
export function endingOf(told: Told, words: OrderWords): Ending | null {
  const { t, format, reason } = words;
  const { order, delivery } = told;
  const restaurant = order.restaurantName;
  const why = order.reason ? t('ending.reason', { reason: reason(order.reason) }) : '';
  const cost =
    order.cancelFee > 0
      ? t('ending.costs', { fee: format.money(order.cancelFee, order.currency) })
      : t('ending.free');
  const sentences = (...all: string[]) => all.filter(Boolean).join(' ');
  switch (order.status) {
    case 'completed': {
      const at = delivery?.deliveredAt ?? order.closedAt ?? order.promisedTo;
      const time = format.clock(at, order.timeZone);
      const courier = delivery?.driverName;
      const detail =
        order.fulfilment === 'pickup'
          ? t('ending.completed.fetched', { time })
          : courier
            ? t('ending.completed.by', { time, courier })
            : t('ending.completed.detail', { time });
      return { title: t('ending.completed.title'), detail, tone: 'good' };
    }
    case 'rejected':
      return {
        title: t('ending.rejected.title', { restaurant }),
        detail: sentences(why, t('ending.free'), t('ending.rejected.detail')),
        tone: 'bad',
      };
    case 'expired':
      return {
        title: t('ending.expired.title', { restaurant }),
        detail: sentences(t('ending.expired.detail'), t('ending.free')),
        tone: 'bad',
      };
    case 'cancelled':
      return {
        title: t('ending.cancelled.title'),
        detail: sentences(why, cost),
        tone: 'neutral',
      };
    default:
      return null;
  }
}
