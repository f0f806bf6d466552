import { z } from 'zod';
import { cashDue, insertHandin } from '@/db/queries/cash';
import { lockDriver } from '@/db/queries/drivers';
import { conflict, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const SettleCashInput = IdempotencyKey.extend({
  driverId: z.uuid(),
  currency: z.string().length(3),
  /** What was counted, and stood on the screen: minor units. */
  expectedAmount: z.number().int().min(1),
});

/** A driver has handed in all the cash that they collected; an admin has counted it. */
export async function settleCash(
  ctx: ServiceContext,
  input: z.infer<typeof SettleCashInput>,
): Promise<{ handinId: string }> {
  const { userId: adminId } = requireRole(ctx, 'admin');
  const { driverId, currency, expectedAmount } = input;
  return runCommand(ctx, { name: 'settle-cash', request: input }, async (tx) => {
    if (!(await lockDriver(tx, driverId))) throw notFound('driver');
    const due = (await cashDue(tx, driverId)).find((each) => each.currency === currency);
    const amount = due?.amount ?? 0;
    if (amount !== expectedAmount) {
      throw conflict({
        reason: 'cash_changed',
        message: 'The cash to hand in is another sum by now.',
        hint: 'Look at the new sum, count again, and settle that.',
        data: { amount, currency },
      });
    }
    const handinId = await insertHandin(tx, {
      ...{ driverId, adminId, currency, amount, at: ctx.now() },
    });
    return { handinId };
  });
}
