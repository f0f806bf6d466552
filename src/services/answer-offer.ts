import { z } from 'zod';
import {
  acceptPendingOffer,
  declinePendingOffer,
  findOffer,
  stepDelivery,
  updateSearch,
  withdrawPendingOffers,
} from '@/db/queries/deliveries';
import { DECLINE_REASONS, type DeliveryImage } from '@/domain/delivery';
import { conflict, notFound } from '@/domain/errors';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const AcceptOfferInput = IdempotencyKey.extend({ offerId: z.uuid() });
export const DeclineOfferInput = AcceptOfferInput.extend({ reason: z.enum(DECLINE_REASONS) });

const gone = () =>
  conflict({
    reason: 'offer_gone',
    message: 'This offer is no longer open: it ran out, was withdrawn, or is answered.',
    hint: 'Wait for the next one.',
  });

async function ownOffer(ctx: ServiceContext, driverId: string, offerId: string) {
  const offer = await findOffer(ctx.db, offerId);
  if (!offer || offer.driverId !== driverId) throw notFound('offer');
  return offer;
}

/** The driver takes the delivery. Of many who try at once, exactly one gets it. */
export async function acceptOffer(
  ctx: ServiceContext,
  input: z.infer<typeof AcceptOfferInput>,
): Promise<DeliveryImage> {
  const viewer = requireRole(ctx, 'driver');
  const { orderId } = await ownOffer(ctx, viewer.userId, input.offerId);
  const command = { name: 'accept-offer', request: input };
  return runOrderCommand(ctx, command, orderId, async (tx) => {
    const offer = await acceptPendingOffer(tx, input.offerId, viewer.userId, ctx.now());
    if (!offer) throw gone();
    const delivery = await stepDelivery(tx, offer.deliveryId, 'assign', {
      driverId: viewer.userId,
    });
    if (!delivery) throw gone();
    await withdrawPendingOffers(tx, offer.deliveryId);
    return delivery;
  });
}

/** The driver says no; the next one is asked at once. */
export async function declineOffer(
  ctx: ServiceContext,
  input: z.infer<typeof DeclineOfferInput>,
): Promise<{ offerId: string }> {
  const viewer = requireRole(ctx, 'driver');
  const { orderId } = await ownOffer(ctx, viewer.userId, input.offerId);
  const command = { name: 'decline-offer', request: input };
  return runOrderCommand(ctx, command, orderId, async (tx) => {
    const offer = await declinePendingOffer(tx, input.offerId, viewer.userId, input.reason);
    if (!offer) throw gone();
    await updateSearch(tx, offer.deliveryId, { nextAttemptAt: ctx.now() });
    return { offerId: offer.id };
  });
}
