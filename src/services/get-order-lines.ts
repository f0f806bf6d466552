import { z } from 'zod';
import { findOrder, linesOfOrder } from '@/db/queries/orders';
import { notFound } from '@/domain/errors';
import type { OrderLine } from '@/domain/order';
import { requireActing, requireTie } from './act-for-restaurant';
import type { ServiceContext } from './context';

export const GetOrderLinesInput = z.object({ orderId: z.uuid() });

/** What is to be cooked. */
export async function getOrderLines(
  ctx: ServiceContext,
  { orderId }: z.infer<typeof GetOrderLinesInput>,
): Promise<OrderLine[]> {
  const viewer = requireActing(ctx);
  const order = await findOrder(ctx.db, orderId);
  if (!order) throw notFound('order');
  await requireTie(ctx.db, viewer, order.restaurantId, 'order');
  return linesOfOrder(ctx.db, orderId);
}
