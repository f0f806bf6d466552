import type { Queryable } from '@/db/client';
import { isTied } from '@/db/queries/staff';
import { notFound } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { requireRole, type ServiceContext } from './context';

/** Somebody who may act for restaurants: an admin for all, a kitchen for those it is tied to. */
export const requireActing = (ctx: ServiceContext): Viewer => requireRole(ctx, 'admin', 'kitchen');

/** Refuses who may not act for this restaurant; a foreign one looks as if it did not exist. */
export async function requireTie(
  db: Queryable,
  { role, userId }: Viewer,
  restaurantId: string | null,
  what: 'order' | 'restaurant' | 'dish',
): Promise<void> {
  if (role === 'admin') return;
  const tied =
    role === 'kitchen' && restaurantId !== null && (await isTied(db, { restaurantId, userId }));
  if (!tied) throw notFound(what);
}
