import { readDirectory } from '@/db/queries/directory';
import type { Directory } from '@/domain/directory';
import { requireRole, type ServiceContext } from './context';

/** Zones, restaurants and drivers by name, for a dispatcher who looks for one. */
export async function getDirectory(ctx: ServiceContext): Promise<Directory> {
  requireRole(ctx, 'admin');
  return readDirectory(ctx.db);
}
