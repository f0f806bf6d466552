import { z } from 'zod';
import { stepOrder as step } from '@/db/queries/orders';
import { conflict } from '@/domain/errors';
import { REJECT_REASONS } from '@/domain/order';
import { acceptInTransaction } from './accept-order';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';
import { hurryDelivery } from './hurry-searches';
import { settleOrder } from './settle-order';
import { rewindOrder, unwindOrder } from './unwind-order';

export const StepOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  command: z.enum(['accept', 'reject', 'start', 'finish', 'complete']),
  reason: z.enum(REJECT_REASONS).optional(),
  /** With `accept`: how long the kitchen takes; without, as long as it usually does. */
  prepMinutes: z.number().int().min(1).max(180).optional(),
});

const notNow = (status: string) =>
  conflict({
    reason: 'illegal_step',
    message: `An order that is ${status} can’t take this step.`,
    hint: 'Look at its present state.',
  });

/** The kitchen's steps, its own or taken by an admin on its behalf. Only what is fetched is completed here. */
export async function stepOrder(
  ctx: ServiceContext,
  input: z.infer<typeof StepOrderInput>,
): Promise<{ orderId: string }> {
  const viewer = requireActing(ctx);
  const command = { name: 'step-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    await requireTie(tx, viewer, order.restaurantId, 'order');
    if (input.command === 'accept') {
      await acceptInTransaction(tx, order, 'accept', ctx.now(), input.prepMinutes);
      return { orderId: order.id };
    }
    const by =
      input.command === 'reject'
        ? { reason: input.reason ?? 'other', closedBy: 'restaurant' }
        : undefined;
    if (input.command === 'complete' && order.fulfilment !== 'pickup') throw notNow(order.status);
    if (!(await step(tx, order.id, input.command, by))) throw notNow(order.status);
    if (input.command === 'finish') await hurryDelivery(tx, order.id, ctx.now());
    if (input.command === 'complete') await settleOrder(tx, order, ctx.now());
    if (input.command === 'reject') await unwindOrder(tx, order, { moneyAt: ctx.now() });
    return { orderId: order.id };
  });
}

export const RestoreOrderInput = HandsOnInput.extend({ orderId: z.uuid() });

/** Takes a cancellation back: the order takes again what it gave back, and a driver is searched for. */
export async function restoreOrder(
  ctx: ServiceContext,
  input: z.infer<typeof RestoreOrderInput>,
): Promise<HandsOnDone> {
  requireRole(ctx, 'admin');
  const command = { name: 'restore-order', request: input };
  return runHandsOn(ctx, command, { action: 'restore', ...input }, async (tx, order) => {
    await acceptInTransaction(tx, order, 'restore', ctx.now());
    await rewindOrder(tx, order, ctx.now());
    return {};
  });
}
