import { resumeSearches } from '@/db/queries/deliveries';
import { expireRuns, lockDrivers, runsToExpire } from '@/db/queries/offers';
import { lockFreeOrders } from '@/db/queries/order-locks';
import { runCommand } from './command';
import type { ServiceContext } from './context';

const AT_ONCE = 100;
/** Questions ended in one transaction. */
const TOGETHER = 16;

/** Ends the questions of a zone whose time is up, but for those of orders that somebody else holds; how many offers ran out. */
export async function expireOffers(ctx: ServiceContext, zoneId: string): Promise<number> {
  const due = await runsToExpire(ctx.db, zoneId, ctx.now(), AT_ONCE);
  let expired = 0;
  for (let n = 0; n < due.length; n += TOGETHER) {
    const runs = due.slice(n, n + TOGETHER);
    expired += await runCommand(ctx, { name: 'dispatch', request: null }, async (tx) => {
      const locked = await lockFreeOrders(
        tx,
        runs.flatMap(({ orderIds }) => orderIds),
      );
      const held = runs.filter(({ orderIds }) => orderIds.every((id) => locked.has(id)));
      if (held.length === 0) return 0;
      await lockDrivers(tx, [], ...held.map(({ driverId }) => driverId));
      const ids = held.map(({ runId }) => runId);
      const offers = await expireRuns(tx, ids, ctx.now());
      const deliveryIds = offers.map(({ deliveryId }) => deliveryId);
      await resumeSearches(tx, deliveryIds, ctx.now());
      return offers.length;
    });
  }
  return expired;
}
