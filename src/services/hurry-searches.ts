import type { Transaction } from '@/db/client';
import { deliveryOfOrder, findDelivery, stepDelivery, updateSearch } from '@/db/queries/deliveries';
import { waitingSearchesNear } from '@/db/queries/dispatch';
import { lastFix } from '@/db/queries/drivers';
import { tryLockOrder } from '@/db/queries/order-locks';
import { runCommand } from './command';
import type { ServiceContext } from './context';

/** How far a driver who becomes free is worth a look at once, metres. */
const HURRY_RADIUS_M = 8_000;
const HURRY_LIMIT = 50;

/**
 * Searches that back off near this driver are due now, and those given up on begin anew: they have come
 * online, end a break, or have handed over.
 */
export async function hurrySearches(ctx: ServiceContext, driverId: string): Promise<void> {
  const fix = await lastFix(ctx.db, driverId);
  if (!fix) return;
  const now = ctx.now();
  const waiting = await waitingSearchesNear(ctx.db, fix.at, HURRY_RADIUS_M, now, HURRY_LIMIT);
  for (const { deliveryId, orderId } of waiting) {
    await runCommand(ctx, { name: 'hurry-search', request: null }, async (tx) => {
      if (!(await tryLockOrder(tx, orderId))) return;
      const delivery = await findDelivery(tx, deliveryId);
      if (delivery?.status === 'no_driver') {
        await stepDelivery(tx, deliveryId, 'offer', { nextAttemptAt: now });
      } else if (delivery?.nextAttemptAt) {
        await updateSearch(tx, deliveryId, { nextAttemptAt: now });
      }
    });
  }
}

/** Food that is ready waits for nobody's back-off. */
export async function hurryDelivery(tx: Transaction, orderId: string, now: Date): Promise<void> {
  const delivery = await deliveryOfOrder(tx, orderId);
  if (!delivery?.nextAttemptAt || delivery.nextAttemptAt <= now) return;
  await updateSearch(tx, delivery.id, { nextAttemptAt: now });
}
