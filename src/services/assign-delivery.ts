import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  findDelivery,
  releaseAcceptedOffer,
  stepDelivery,
  updateSearch,
} from '@/db/queries/deliveries';
import { findDriver } from '@/db/queries/drivers';
import { lockDrivers, withdrawPendingOffers } from '@/db/queries/offers';
import type { DeliveryImage } from '@/domain/delivery';
import { conflict, ensured, notFound } from '@/domain/errors';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';

export const UnassignInput = HandsOnInput.extend({ deliveryId: z.uuid() });
export const AssignInput = UnassignInput.extend({ driverId: z.uuid() });
export const RetryDispatchInput = IdempotencyKey.extend({ deliveryId: z.uuid() });

const notNow = (message: string) =>
  conflict({ reason: 'illegal_step', message, hint: 'Look at its present state.' });

export async function knownDelivery(ctx: ServiceContext, deliveryId: string) {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (!delivery) throw notFound('delivery');
  return delivery;
}

async function release(tx: Transaction, deliveryId: string, now: Date): Promise<DeliveryImage> {
  const delivery = await stepDelivery(tx, deliveryId, 'unassign', { nextAttemptAt: now });
  if (!delivery) throw notNow('This delivery can’t be taken from its driver now.');
  await releaseAcceptedOffer(tx, deliveryId, now);
  return delivery;
}

/** A dispatcher gives a delivery to a driver, taking it from another if need be. */
export async function assignDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof AssignInput>,
): Promise<DeliveryImage & HandsOnDone> {
  requireRole(ctx, 'admin');
  const { orderId } = await knownDelivery(ctx, input.deliveryId);
  if (!(await findDriver(ctx.db, input.driverId))) throw notFound('driver');
  const command = { name: 'assign-delivery', request: input };
  const seen = { action: 'assign' as const, orderId, seenVersion: input.seenVersion };
  return runHandsOn(ctx, command, seen, async (tx) => {
    const delivery = ensured(
      await findDelivery(tx, input.deliveryId),
      'the delivery of this order',
    );
    await lockDrivers(tx, [delivery.id], delivery.driverId, input.driverId);
    if (delivery.driverId) await release(tx, delivery.id, ctx.now());
    await withdrawPendingOffers(tx, [delivery.id]);
    const assigned = await stepDelivery(tx, delivery.id, 'assign', { driverId: input.driverId });
    if (!assigned) throw notNow('This delivery can’t be assigned now.');
    return assigned;
  });
}

/** A dispatcher takes a delivery from its driver; others are asked at once. */
export async function unassignDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof UnassignInput>,
): Promise<DeliveryImage & HandsOnDone> {
  requireRole(ctx, 'admin');
  const { orderId } = await knownDelivery(ctx, input.deliveryId);
  const command = { name: 'unassign-delivery', request: input };
  const seen = { action: 'unassign' as const, orderId, seenVersion: input.seenVersion };
  return runHandsOn(ctx, command, seen, (tx) => release(tx, input.deliveryId, ctx.now()));
}

/** Searches for a driver anew, at once: after *no driver*, or instead of waiting. */
export async function retryDispatch(
  ctx: ServiceContext,
  input: z.infer<typeof RetryDispatchInput>,
): Promise<{ deliveryId: string }> {
  requireRole(ctx, 'admin');
  const { orderId } = await knownDelivery(ctx, input.deliveryId);
  const command = { name: 'retry-dispatch', request: input };
  return runOrderCommand(ctx, command, orderId, async (tx) => {
    const delivery = await findDelivery(tx, input.deliveryId);
    const nextAttemptAt = ctx.now();
    if (delivery?.status === 'no_driver') {
      await stepDelivery(tx, delivery.id, 'offer', { nextAttemptAt });
    } else if (delivery?.nextAttemptAt) {
      await updateSearch(tx, delivery.id, { nextAttemptAt });
    } else {
      throw notNow('Nobody is searched for now.');
    }
    return { deliveryId: input.deliveryId };
  });
}
