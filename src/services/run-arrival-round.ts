import { arrivalsToTell, markNear } from '@/db/queries/arrivals';
import { tryLockOrder } from '@/db/queries/order-locks';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { severalAtOnce } from './several-at-once';

const BATCH = 200;

/**
 * Tells who seems to have come to the restaurant or to the door, by the latest position: drivers are
 * asked, and take the step themselves. Several processes may do so at once. Returns how many were told.
 */
export async function runArrivalRound(ctx: ServiceContext): Promise<number> {
  const now = ctx.now();
  let told = 0;
  await severalAtOnce(await arrivalsToTell(ctx.db, now, BATCH), async (arrival) => {
    const done = await runCommand(ctx, { name: 'arrival', request: null }, async (tx) => {
      if (!(await tryLockOrder(tx, arrival.orderId))) return false;
      return markNear(tx, arrival, arrival.near ? now : null);
    });
    if (done) told += 1;
  });
  return told;
}
