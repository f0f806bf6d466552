import { cashDue, latestHandins } from '@/db/queries/cash';
import { requireRole, type ServiceContext } from './context';

const LATEST = 50;

/** Cash that drivers have collected: what is to be handed in, and what was lately. */
export async function listCash(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  return { due: await cashDue(ctx.db), handedIn: await latestHandins(ctx.db, LATEST) };
}
