import { updateSearch } from '@/db/queries/deliveries';
import { expireRun, runsToExpire } from '@/db/queries/offers';
import { tryLockOrders } from '@/db/queries/orders';
import { runCommand } from './command';
import type { ServiceContext } from './context';

const AT_ONCE = 100;

/** Ends the questions of a zone whose time is up; how many offers ran out. */
export async function expireOffers(ctx: ServiceContext, zoneId: string): Promise<number> {
  let expired = 0;
  for (const { runId, orderIds } of await runsToExpire(ctx.db, zoneId, ctx.now(), AT_ONCE)) {
    expired += await runCommand(ctx, { name: 'dispatch', request: null }, async (tx) => {
      if (!(await tryLockOrders(tx, orderIds))) return 0;
      const run = await expireRun(tx, runId, ctx.now());
      for (const { deliveryId } of run) {
        await updateSearch(tx, deliveryId, { nextAttemptAt: ctx.now() });
      }
      return run.length;
    });
  }
  return expired;
}
