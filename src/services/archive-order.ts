import { z } from 'zod';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { archiveOrder as write } from '@/db/queries/orders';
import { isCarried } from '@/domain/delivery';
import { conflict, notFound } from '@/domain/errors';
import { isOpenOrder } from '@/domain/order';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const ArchiveOrderInput = IdempotencyKey.extend({ orderId: z.uuid() });

const stillOpen = () =>
  conflict({
    reason: 'order_open',
    message: 'This order is not over yet.',
    hint: 'Cancel it first, and wait until its food is back.',
  });

/** Puts an order away: it leaves all lists and stays with all its events, for admins to read. */
export async function archiveOrder(
  ctx: ServiceContext,
  input: z.infer<typeof ArchiveOrderInput>,
): Promise<{ orderId: string }> {
  requireRole(ctx, 'admin');
  const command = { name: 'archive-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (order.archivedAt) throw notFound('order');
    const delivery = await deliveryOfOrder(tx, order.id);
    if (isOpenOrder(order.status) || (delivery && isCarried(delivery.status))) throw stillOpen();
    await write(tx, order.id, ctx.now());
    return { orderId: order.id };
  });
}
