import { z } from 'zod';
import { dropShare, shareToken } from '@/db/queries/shares';
import { conflict, notFound } from '@/domain/errors';
import { isOpenOrder } from '@/domain/order';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { randomToken } from './random-token';

export const ShareOrderInput = IdempotencyKey.extend({ orderId: z.uuid() });

/** 192 bits: nobody guesses it. */
const TOKEN_BYTES = 24;

/** A link's token that shows status and ETA of one's own order to whoever has it, while it is open. */
export async function shareOrder(
  ctx: ServiceContext,
  input: z.infer<typeof ShareOrderInput>,
): Promise<{ token: string }> {
  const viewer = requireRole(ctx, 'customer');
  const command = { name: 'share-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (order.customerId !== viewer.userId) throw notFound('order');
    if (!isOpenOrder(order.status)) {
      throw conflict({
        reason: 'order_closed',
        message: 'This order is closed: there is nothing to follow any more.',
        hint: 'Share the next one.',
      });
    }
    const fresh = randomToken(TOKEN_BYTES);
    return { token: await shareToken(tx, order.id, fresh) };
  });
}

/** Ends the link before its time. */
export async function unshareOrder(
  ctx: ServiceContext,
  input: z.infer<typeof ShareOrderInput>,
): Promise<{ orderId: string }> {
  const viewer = requireRole(ctx, 'customer');
  const command = { name: 'unshare-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (order.customerId !== viewer.userId) throw notFound('order');
    await dropShare(tx, order.id);
    return { orderId: order.id };
  });
}
