import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { countWrongPin, findDelivery, stepDelivery as step } from '@/db/queries/deliveries';
import { type OrderRow, stepOrder } from '@/db/queries/orders';
import { type DeliveryImage, DRIVER_STEPS, FAIL_REASONS, isCarried } from '@/domain/delivery';
import { conflict, ensured, notFound } from '@/domain/errors';
import { judgeHandover, wrongPin } from '@/domain/handover';
import { ProofInput } from '@/domain/handover-proof';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hurrySearches } from './hurry-searches';
import { settleOrder } from './settle-order';
import { unwindOrder } from './unwind-order';

export const StepDeliveryInput = IdempotencyKey.extend({
  deliveryId: z.uuid(),
  step: z.enum(DRIVER_STEPS),
  /** For the step *deliver* of an order with a PIN. */
  proof: ProofInput.optional(),
});
export const FailDeliveryInput = IdempotencyKey.extend({
  deliveryId: z.uuid(),
  reason: z.enum(FAIL_REASONS),
});

async function ownDelivery(ctx: ServiceContext, driverId: string, deliveryId: string) {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (!delivery || delivery.driverId !== driverId) throw notFound('delivery');
  return delivery;
}

const notNow = (status: string) =>
  conflict({
    reason: 'illegal_step',
    message: `A delivery that is ${status} can’t take this step.`,
    hint: 'Look at the next step on your screen.',
  });

/** Food in the driver's hands is ready, whether or not the kitchen has said so. */
async function markReady(tx: Transaction, order: OrderRow): Promise<void> {
  if (order.status === 'accepted') await stepOrder(tx, order.id, 'start');
  if (order.status !== 'ready') await stepOrder(tx, order.id, 'finish');
}

/** Hands the order over, or counts the wrong PIN: that has to stay, so it is no error yet. */
async function handOver(
  tx: Transaction,
  order: OrderRow,
  input: z.infer<typeof StepDeliveryInput>,
  driverId: string,
  now: Date,
): Promise<DeliveryImage | { wrongPin: number }> {
  const known = ensured(await findDelivery(tx, input.deliveryId), 'the delivery of this order');
  if (known.status !== 'at_dropoff' || known.driverId !== driverId) throw notNow(known.status);
  const verdict = judgeHandover(order, input.proof, known.pinFailures);
  if (verdict.kind === 'refused') throw verdict.refusal;
  if (verdict.kind === 'wrong_pin') {
    await countWrongPin(tx, input.deliveryId);
    return { wrongPin: verdict.left };
  }
  const { proof } = verdict;
  const reason = input.proof?.kind === 'none' ? input.proof.reason : null;
  const delivery = await step(tx, input.deliveryId, 'deliver', { proof, reason }, { driverId });
  if (await stepOrder(tx, order.id, 'complete')) await settleOrder(tx, order, now);
  return ensured(delivery, 'a step that was checked under the lock');
}

/** The driver takes the next step of their delivery. */
export async function stepDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof StepDeliveryInput>,
): Promise<DeliveryImage> {
  const viewer = requireRole(ctx, 'driver');
  const known = await ownDelivery(ctx, viewer.userId, input.deliveryId);
  const command = { name: 'step-delivery', request: input };
  const answer = await runOrderCommand(ctx, command, known.orderId, async (tx, order) => {
    if (input.step === 'deliver') return handOver(tx, order, input, viewer.userId, ctx.now());
    const guard = { driverId: viewer.userId };
    const delivery = await step(tx, input.deliveryId, input.step, {}, guard);
    if (!delivery) {
      const now = await findDelivery(tx, input.deliveryId);
      throw notNow(now?.status ?? known.status);
    }
    if (input.step === 'pick_up') await markReady(tx, order);
    return delivery;
  });
  if ('wrongPin' in answer) throw wrongPin(answer.wrongPin);
  // Whoever has handed over has room: what waits near them is looked at now.
  if (!isCarried(answer.status)) await hurrySearches(ctx, viewer.userId);
  return answer;
}

/** The driver can't hand it over: the order ends, and the food goes back. */
export async function failDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof FailDeliveryInput>,
): Promise<DeliveryImage> {
  const viewer = requireRole(ctx, 'driver');
  const known = await ownDelivery(ctx, viewer.userId, input.deliveryId);
  const command = { name: 'fail-delivery', request: input };
  return runOrderCommand(ctx, command, known.orderId, async (tx, order) => {
    const { reason } = input;
    const guard = { driverId: viewer.userId };
    const delivery = await step(tx, input.deliveryId, 'fail', { reason }, guard);
    if (!delivery) throw notNow(known.status);
    const by = { reason: 'delivery_failed', closedBy: 'driver' };
    if (await stepOrder(tx, order.id, 'cancel', by)) {
      await unwindOrder(tx, order, { foodHasLeft: true, moneyAt: ctx.now() });
    }
    return delivery;
  });
}
