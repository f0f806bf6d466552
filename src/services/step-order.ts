import { z } from 'zod';
import { stepOrder as step } from '@/db/queries/orders';
import { conflict } from '@/domain/errors';
import { REJECT_REASONS } from '@/domain/order';
import { acceptInTransaction } from './accept-order';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const StepOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  command: z.enum(['accept', 'reject', 'start', 'finish']),
  reason: z.enum(REJECT_REASONS).optional(),
});

/** The kitchen's steps, taken by an admin on its behalf. */
export async function stepOrder(
  ctx: ServiceContext,
  input: z.infer<typeof StepOrderInput>,
): Promise<{ orderId: string }> {
  requireRole(ctx, 'admin');
  const command = { name: 'step-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (input.command === 'accept') {
      await acceptInTransaction(tx, order, 'accept');
      return { orderId: order.id };
    }
    const by =
      input.command === 'reject'
        ? { reason: input.reason ?? 'other', closedBy: 'restaurant' }
        : undefined;
    if (!(await step(tx, order.id, input.command, by))) {
      throw conflict({
        reason: 'illegal_step',
        message: `An order that is ${order.status} can’t take this step.`,
        hint: 'Look at its present state.',
      });
    }
    return { orderId: order.id };
  });
}

export const RestoreOrderInput = IdempotencyKey.extend({ orderId: z.uuid() });

/** Takes a cancellation back: the order is accepted again and a driver searched for anew. */
export async function restoreOrder(
  ctx: ServiceContext,
  input: z.infer<typeof RestoreOrderInput>,
): Promise<{ orderId: string }> {
  requireRole(ctx, 'admin');
  const command = { name: 'restore-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    await acceptInTransaction(tx, order, 'restore');
    return { orderId: order.id };
  });
}
