import { cashDue } from '@/db/queries/cash';
import { deliveredBy } from '@/db/queries/deliveries';
import { findDriver } from '@/db/queries/drivers';
import { notFound } from '@/domain/errors';
import { requireRole, type ServiceContext } from './context';

const LIMIT = 100;

/** What a driver has delivered, latest first, what it paid, and what is to be handed in of it. */
export async function getDriverHistory(ctx: ServiceContext) {
  const viewer = requireRole(ctx, 'driver');
  const found = await findDriver(ctx.db, viewer.userId);
  if (!found) throw notFound('driver');
  const rows = await deliveredBy(ctx.db, viewer.userId, LIMIT);
  return {
    currency: rows[0]?.currency ?? 'EUR',
    total: rows.reduce((sum, row) => sum + row.pay, 0),
    rating: found.driver.rating,
    ratingCount: found.driver.ratingCount,
    cash: (await cashDue(ctx.db, viewer.userId)).map(({ currency, amount, orders, since }) => ({
      ...{ currency, amount, orders, since },
    })),
    deliveries: rows.map((row) => ({
      ...row,
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
    })),
  };
}
