import { z } from 'zod';
import { countCarried } from '@/db/queries/deliveries';
import { changeDriver, findDriver, lockDriver } from '@/db/queries/drivers';
import type { DriverImage } from '@/domain/driver';
import { conflict, ensured, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hurrySearches } from './hurry-searches';
import { PositionInput } from './report-position';
import { takePosition, withdrawOffersTo } from './set-online';

export const SetBreakInput = IdempotencyKey.extend({
  onBreak: z.boolean(),
  /** Where the driver is, at the end of a break. */
  position: PositionInput.nullable(),
});

/** A break keeps the shift and brings no offers; its end is considered at once, as coming online is. */
export async function setBreak(
  ctx: ServiceContext,
  input: z.infer<typeof SetBreakInput>,
): Promise<DriverImage> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { onBreak, position } = input;
  const driver = await runCommand(ctx, { name: 'set-break', request: input }, async (tx) => {
    const before = await lockDriver(tx, driverId);
    if (!before) throw notFound('driver');
    if (!before.online) {
      throw conflict({
        reason: 'off_duty_break',
        message: 'You are offline: there is no shift to take a break from.',
        hint: 'Go online first.',
      });
    }
    if (onBreak && (await countCarried(tx, driverId)) > 0) {
      throw conflict({
        reason: 'break_while_carrying',
        message: 'You carry a delivery: somebody waits for it.',
        hint: 'Take your break when it is done.',
      });
    }
    if (!onBreak) await takePosition(ctx, tx, driverId, position);
    if (onBreak !== (before.breakSince !== null)) {
      await changeDriver(tx, driverId, { breakSince: onBreak ? ctx.now() : null });
    }
    return ensured(await findDriver(tx, driverId), 'a driver that is locked').driver;
  });
  if (!onBreak && position) ctx.positions.record({ driverId, ...position });
  if (onBreak) await withdrawOffersTo(ctx, driverId);
  else await hurrySearches(ctx, driverId);
  return driver;
}
