import { isOpenOrder } from '@/domain/order';
import { courierName, type Told } from './order-story';
import type { OrderEta } from './use-order-eta';
import type { OrderWords } from './use-order-words';

export type Said = { title: string; detail: string };

/** A delay with the old and the new time, or null. */
export function delayWords(eta: OrderEta | null, { t }: OrderWords): Said | null {
  if (!eta?.late) return null;
  const { was, soon } = eta.late;
  const detail = soon ? t('delay.soon', { was }) : t('delay.detail', { now: eta.clock, was });
  return { title: t('delay.title'), detail };
}

/** That the courier is about to be there, and what to do, or null. */
export function imminentWords(told: Told, words: OrderWords): Said | null {
  const { order, delivery } = told;
  if (!isOpenOrder(order.status) || delivery?.status !== 'picked_up') return null;
  if (!delivery.imminentAt) return null;
  const { t } = words;
  const key = order.handover === 'at_door' ? 'at_door' : order.pin ? 'in_person' : 'noPin';
  return {
    title: t('imminent.title'),
    detail: t(`imminent.${key}`, { courier: courierName(told, words) }),
  };
}
