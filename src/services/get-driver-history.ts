import { deliveredBy } from '@/db/queries/deliveries';
import { requireRole, type ServiceContext } from './context';

const LIMIT = 100;

/** What a driver has delivered, latest first; money in minor units. */
export async function getDriverHistory(ctx: ServiceContext) {
  const viewer = requireRole(ctx, 'driver');
  const rows = await deliveredBy(ctx.db, viewer.userId, LIMIT);
  return {
    currency: rows[0]?.currency ?? 'EUR',
    total: rows.reduce((sum, row) => sum + row.pay, 0),
    deliveries: rows.map((row) => ({
      ...row,
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
    })),
  };
}
