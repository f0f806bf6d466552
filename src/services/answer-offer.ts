import { z } from 'zod';
import { stepDelivery, updateSearch } from '@/db/queries/deliveries';
import {
  acceptPendingRun,
  declinePendingRun,
  deliveriesOfRun,
  findOffer,
  lockDrivers,
  type OfferRow,
  ordersOfRun,
  withdrawPendingOffers,
} from '@/db/queries/offers';
import { DECLINE_REASONS, type DeliveryImage } from '@/domain/delivery';
import { conflict, ensured, notFound } from '@/domain/errors';
import { IdempotencyKey, runOrdersCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const OfferInput = IdempotencyKey.extend({ offerId: z.uuid() });
export const AcceptOfferInput = OfferInput.extend({
  /** Of how many orders the run was made on the driver's screen: nobody agrees to what they don't see. */
  stops: z.number().int().min(1).max(10).optional(),
});
export const DeclineOfferInput = OfferInput.extend({ reason: z.enum(DECLINE_REASONS) });

const gone = () =>
  conflict({
    reason: 'offer_gone',
    message: 'This offer is no longer open: it ran out, was withdrawn, or is answered.',
    hint: 'Wait for the next one.',
  });

const changed = (stops: number) =>
  conflict({
    reason: 'run_changed',
    message: 'An order has left this run.',
    hint: 'Look at what is left of it and decide again.',
    data: { stops },
  });

async function ownRun(ctx: ServiceContext, driverId: string, offerId: string) {
  const offer = await findOffer(ctx.db, offerId);
  if (!offer || offer.driverId !== driverId) throw notFound('offer');
  return { runId: offer.runId, orderIds: await ordersOfRun(ctx.db, offer.runId) };
}

/** The offer that was named has to be among those that were still open. */
function openOffers(offers: readonly OfferRow[], offerId: string): readonly OfferRow[] {
  if (!offers.some(({ id }) => id === offerId)) throw gone();
  return offers;
}

/**
 * The driver takes the run that this offer belongs to: all its orders that are still offered, or none.
 * Of many who try at once, exactly one gets each delivery.
 */
export async function acceptOffer(
  ctx: ServiceContext,
  input: z.infer<typeof AcceptOfferInput>,
): Promise<DeliveryImage> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { runId, orderIds } = await ownRun(ctx, driverId, input.offerId);
  const command = { name: 'accept-offer', request: input };
  return runOrdersCommand(ctx, command, orderIds, async (tx) => {
    await lockDrivers(tx, await deliveriesOfRun(tx, runId), driverId);
    const accepted = await acceptPendingRun(tx, runId, driverId, ctx.now());
    const run = openOffers(accepted, input.offerId);
    if (input.stops !== undefined && input.stops !== run.length) throw changed(run.length);
    const deliveryIds = run.map(({ deliveryId }) => deliveryId);
    const steps = run.map(({ deliveryId, runStop }) =>
      stepDelivery(tx, deliveryId, 'assign', { driverId, runId, runStop }),
    );
    const [deliveries] = await Promise.all([
      Promise.all(steps),
      withdrawPendingOffers(tx, deliveryIds),
    ]);
    const taken = new Map<string, DeliveryImage>();
    for (const [n, { id }] of run.entries()) {
      const delivery = deliveries[n];
      if (!delivery) throw gone();
      taken.set(id, delivery);
    }
    return ensured(taken.get(input.offerId), 'the delivery of the offer that was named');
  });
}

/** The driver says no to the whole run; the next one is asked at once. */
export async function declineOffer(
  ctx: ServiceContext,
  input: z.infer<typeof DeclineOfferInput>,
): Promise<{ offerId: string }> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { runId, orderIds } = await ownRun(ctx, driverId, input.offerId);
  const command = { name: 'decline-offer', request: input };
  return runOrdersCommand(ctx, command, orderIds, async (tx) => {
    const declined = await declinePendingRun(tx, runId, driverId, input.reason);
    for (const { deliveryId } of openOffers(declined, input.offerId)) {
      await updateSearch(tx, deliveryId, { nextAttemptAt: ctx.now() });
    }
    return { offerId: input.offerId };
  });
}
