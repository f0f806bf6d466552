import { z } from 'zod';
import { findOrder } from '@/db/queries/orders';
import { paymentOfOrder } from '@/db/queries/payments';
import { notFound } from '@/domain/errors';
import { requireRole, type ServiceContext } from './context';
import { cardProvider } from './payment-provider';

export const GetTipOptionsInput = z.object({ orderId: z.uuid() });

/** How a tip can be given afterwards: by card at all, and by which card the order was paid. */
export async function getTipOptions(
  ctx: ServiceContext,
  { orderId }: z.infer<typeof GetTipOptionsInput>,
): Promise<{ byCard: boolean; paidWith: string | null }> {
  const viewer = requireRole(ctx, 'customer');
  const order = await findOrder(ctx.db, orderId);
  if (order?.customerId !== viewer.userId) throw notFound('order');
  const payment = await paymentOfOrder(ctx.db, orderId);
  const byCard = cardProvider(ctx) !== null;
  return { byCard, paidWith: byCard && payment?.method === 'card' ? payment.label : null };
}
