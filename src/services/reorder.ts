import { z } from 'zod';
import { findCard, linesOfOrder } from '@/db/queries/orders';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import { type Reorder, reorderLines } from '@/domain/reorder';
import type { RestaurantImage } from '@/domain/restaurant';
import { requireRole, type ServiceContext } from './context';

export const ReorderInput = z.object({ orderId: z.uuid() });

type OrderedAgain = Reorder & {
  restaurant: RestaurantImage;
  open: boolean;
  opensAt: string | null;
};

/** What one's own old order would be now: the lines for a cart, and what has changed since. */
export async function reorder(
  ctx: ServiceContext,
  { orderId }: z.infer<typeof ReorderInput>,
): Promise<OrderedAgain> {
  const viewer = requireRole(ctx, 'customer');
  const order = (await findCard(ctx.db, orderId))?.order;
  if (order?.customerId !== viewer.userId) throw notFound('order');
  const restaurant = await findRestaurant(ctx.db, { id: order.restaurantId });
  if (!restaurant) throw notFound('restaurant');
  const lines = await linesOfOrder(ctx.db, orderId);
  const now = ctx.now();
  const open = isOpenAt(restaurant, now);
  return {
    ...reorderLines(await readMenu(ctx.db, restaurant.id), lines),
    restaurant,
    open,
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
  };
}
