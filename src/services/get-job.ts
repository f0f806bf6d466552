import { z } from 'zod';
import { phonesOf, usualWait } from '@/db/queries/jobs';
import { findOrder } from '@/db/queries/orders';
import { mayCall } from '@/domain/audiences';
import { DELIVERY_STATES, isCarried } from '@/domain/delivery';
import { ensured, notFound } from '@/domain/errors';
import { requireRole, type ServiceContext } from './context';
import { ownDelivery } from './step-delivery';

export const GetJobInput = z.object({
  deliveryId: z.uuid(),
  /** The leg that is on the screen: for caches between here and there, not for what may be known. */
  leg: z.enum(DELIVERY_STATES).optional(),
});

/** Fewer pickups than this say nothing about a restaurant. */
const FEWEST_PICKUPS = 5;

/** What a driver may need beside the job itself: whom they may call now, and what waiting is usual. */
export async function getJob(ctx: ServiceContext, input: z.infer<typeof GetJobInput>) {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const delivery = await ownDelivery(ctx, driverId, input.deliveryId);
  if (!isCarried(delivery.status)) throw notFound('delivery');
  const order = ensured(await findOrder(ctx.db, delivery.orderId), 'the order of a delivery');
  const phones = await phonesOf(ctx.db, order.id);
  return {
    customerPhone: mayCall('customer', delivery) ? phones.customer : null,
    restaurantPhone: mayCall('restaurant', delivery) ? phones.restaurant : null,
    usualWaitSeconds: await usualWait(ctx.db, order.restaurantId, FEWEST_PICKUPS),
  };
}
