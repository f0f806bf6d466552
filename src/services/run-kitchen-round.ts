import { dueKitchenSteps } from '@/db/queries/kitchen-steps';
import { tryLockOrder } from '@/db/queries/order-locks';
import { stepOrder } from '@/db/queries/orders';
import { Refusal } from '@/domain/errors';
import { acceptInTransaction, awaitsPayment } from './accept-order';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { hurryDelivery } from './hurry-searches';
import { severalAtOnce } from './several-at-once';
import { unwindOrder } from './unwind-order';

/** An order whose money no bank holds ends after this long, minutes. */
const UNPAID_MINUTES = 10;
const BATCH = 100;

/**
 * Steps the orders of restaurants that accept by themselves, on a timer from their preparation time,
 * and ends orders that are not paid for. Returns how many steps were taken.
 */
export async function runKitchenRound(ctx: ServiceContext): Promise<number> {
  const now = ctx.now();
  const unpaid = new Date(now.getTime() - UNPAID_MINUTES * 60_000);
  let taken = 0;
  const due = await dueKitchenSteps(ctx.db, now, unpaid, BATCH);
  await severalAtOnce(due, async ({ orderId, command }) => {
    const stepped = await runCommand(ctx, { name: 'kitchen', request: null }, async (tx) => {
      const order = await tryLockOrder(tx, orderId);
      if (!order) return false;
      if (command === 'accept') {
        await acceptInTransaction(tx, order, 'accept', now);
        return true;
      }
      if (command !== 'expire') {
        if (!(await stepOrder(tx, orderId, command))) return false;
        if (command === 'finish') await hurryDelivery(tx, orderId, now);
        return true;
      }
      // The bank may have said yes in the meantime.
      if (!awaitsPayment(order)) return false;
      const by = { reason: 'payment_failed', closedBy: 'platform' };
      if (!(await stepOrder(tx, orderId, command, by))) return false;
      await unwindOrder(tx, order, { moneyAt: now });
      return true;
    }).catch((error: unknown) => {
      // Somebody stepped it between the look and the lock.
      if (error instanceof Refusal && error.code === 'conflict') return false;
      throw error;
    });
    if (stepped) taken += 1;
  });
  return taken;
}
