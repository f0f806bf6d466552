import type { AdminWords } from '@/components/admin/use-admin-words';
import type { OrderView, TimelineEntry } from '@/domain/views';

const TOLD = [
  'order.placed',
  'order.accepted',
  'order.preparing',
  'order.ready',
  'order.completed',
  'order.rejected',
  'order.cancelled',
  'order.expired',
  'order.restored',
  'order.archived',
  'order.erased',
  'order.updated',
  'order.put_off',
  'order.brought_forward',
  'order.address_changed',
  'order.delayed',
  'order.ready_moved',
  'order.rated',
  'order.tipped',
  'must_see.raised',
  'must_see.sound',
  'must_see.louder',
  'must_see.push',
  'must_see.email',
  'must_see.sms',
  'must_see.dispatcher',
  'must_see.cancel',
  'must_see.acknowledged',
  'must_see.settled',
  'payment.pending',
  'payment.authorised',
  'payment.captured',
  'payment.released',
  'payment.refund_asked',
  'payment.refund_paid',
  'payment.partly_refunded',
  'payment.refunded',
  'payment.failed',
  'delivery.imminent',
  'delivery.stalled',
  'delivery.going_away',
  'delivery.dark',
  'delivery.blocked',
  'delivery.moving_again',
  'share.started',
  'share.ended',
  'delivery.created',
  'delivery.offering',
  'delivery.unassigned',
  'delivery.assigned',
  'delivery.at_pickup',
  'delivery.picked_up',
  'delivery.at_dropoff',
  'delivery.delivered',
  'delivery.no_driver',
  'delivery.cancelled',
  'delivery.restored',
  'delivery.failed',
  'delivery.returning',
  'delivery.returned',
  'offer.made',
  'offer.accepted',
  'offer.declined',
  'offer.expired',
  'offer.withdrawn',
] as const;

const BAD: ReadonlySet<string> = new Set([
  'order.rejected',
  'order.cancelled',
  'order.expired',
  'delivery.no_driver',
  'delivery.failed',
  'delivery.stalled',
  'delivery.going_away',
  'delivery.dark',
  'delivery.blocked',
  'payment.failed',
  'must_see.dispatcher',
  'must_see.cancel',
]);

/** What stands elsewhere: the search in its attempts, the ETA above, messages, notices on a page of their own. */
const NOISE: ReadonlySet<string> = new Set([
  'delivery.updated',
  'order.eta_changed',
  'message.sent',
  'notice.given_up',
  'notice.redriven',
  'notice.discarded',
]);
export const isNoise = (type: string): boolean => NOISE.has(type);

export function eventWords(type: string, { t }: AdminWords): string {
  const told = TOLD.find((each) => each === type);
  return told ? t(`event.${told}`) : type.replace('.', ' ');
}

export const isBad = (type: string): boolean => BAD.has(type);

const PARTS = ['dispatch', 'watch', 'seed', 'ladder'] as const;

/** Who did it: a name where one is known, and a role where it is not. */
export function actorWords(
  { actor }: TimelineEntry,
  view: OrderView,
  me: string,
  { t }: AdminWords,
  admins: ReadonlyMap<string, string>,
  staff: readonly { userId: string; name: string }[] = [],
): string {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'system' && id === 'kitchen') {
    return t('actor.kitchen', { restaurant: view.order.restaurantName });
  }
  if (kind === 'system') return t(`actor.${PARTS.find((part) => part === id) ?? 'system'}`);
  if (kind === 'key') return t('actor.key');
  if (kind === 'database') return t('actor.database', { name: id });
  if (id === me) return t('actor.you');
  if (id === view.order.customerId) return t('actor.customer', { name: view.order.customerName });
  const cook = staff.find(({ userId }) => userId === id);
  if (cook) return t('actor.cook', { name: cook.name, restaurant: view.order.restaurantName });
  const name =
    id === view.delivery?.driverId
      ? view.delivery.driverName
      : view.offers.find(({ driverId }) => driverId === id)?.driverName;
  if (name) return t('actor.driver', { name });
  return admins.get(id) ?? t('actor.dispatcher');
}

/** Why it ended, beside the event that ended it. */
export function whyWords(type: string, view: OrderView, { reason }: AdminWords): string | null {
  const { order, delivery } = view;
  if (['order.rejected', 'order.cancelled'].includes(type) && order.reason) {
    return reason(order.reason);
  }
  if (type === 'delivery.unassigned' && delivery?.handBackReason) {
    return reason(delivery.handBackReason);
  }
  return type === 'delivery.failed' && delivery?.reason ? reason(delivery.reason) : null;
}
