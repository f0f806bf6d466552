import { admins } from '@/db/queries/users';
import { requireRole, type ServiceContext } from './context';

/** Everybody who dispatches: whose hand it was is said by name. */
export async function listAdmins(ctx: ServiceContext): Promise<{ id: string; name: string }[]> {
  requireRole(ctx, 'admin');
  return admins(ctx.db);
}
