import { z } from 'zod';
import { tryLockOrder } from '@/db/queries/order-locks';
import { stepOrder, uncollectedOrders } from '@/db/queries/orders';
import { conflict, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { settleOrder } from './settle-order';

export const CollectOrderInput = IdempotencyKey.extend({ orderId: z.uuid() });

/** What is ready at the counter for so long has been fetched, hours. */
const FORGOTTEN_AFTER_HOURS = 3;
const BATCH = 100;

/** The customer has fetched their order at the counter. */
export async function collectOrder(
  ctx: ServiceContext,
  input: z.infer<typeof CollectOrderInput>,
): Promise<{ orderId: string }> {
  const viewer = requireRole(ctx, 'customer');
  const command = { name: 'collect-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (order.customerId !== viewer.userId) throw notFound('order');
    if (order.fulfilment !== 'pickup' || !(await stepOrder(tx, order.id, 'complete'))) {
      throw conflict({
        reason: 'not_ready_to_collect',
        message: 'This order does not wait at the counter.',
        hint: 'Look at its present state.',
      });
    }
    await settleOrder(tx, order, ctx.now());
    return { orderId: order.id };
  });
}

/** Completes what was fetched without a word. Returns how many orders that were. */
export async function completeForgotten(ctx: ServiceContext): Promise<number> {
  const now = ctx.now();
  const before = new Date(now.getTime() - FORGOTTEN_AFTER_HOURS * 3_600_000);
  let completed = 0;
  for (const orderId of await uncollectedOrders(ctx.db, before, BATCH)) {
    const done = await runCommand(ctx, { name: 'housekeeping', request: null }, async (tx) => {
      const order = await tryLockOrder(tx, orderId);
      if (!order || !(await stepOrder(tx, orderId, 'complete'))) return false;
      await settleOrder(tx, order, now);
      return true;
    });
    if (done) completed += 1;
  }
  return completed;
}
