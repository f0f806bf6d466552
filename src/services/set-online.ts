import { z } from 'zod';
import { countCarried, updateSearch } from '@/db/queries/deliveries';
import { findDriver, lastFix, upsertPositions, setOnline as write } from '@/db/queries/drivers';
import { runsAskedOf, withdrawRun } from '@/db/queries/offers';
import type { DriverImage } from '@/domain/driver';
import { conflict, invalid, notFound } from '@/domain/errors';
import { checkPosition } from '@/domain/position';
import { IdempotencyKey, runCommand, runOrdersCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hurrySearches } from './hurry-searches';
import { PositionInput } from './report-position';

export const SetOnlineInput = IdempotencyKey.extend({
  online: z.boolean(),
  /** Where the driver is; needed to go online when no position is known yet. */
  position: PositionInput.nullable(),
});

/** An offer to a driver who leaves is withdrawn, and the next one asked. */
async function withdrawOffersTo(ctx: ServiceContext, driverId: string): Promise<void> {
  for (const { runId, orderIds } of await runsAskedOf(ctx.db, driverId)) {
    const command = { name: 'withdraw-offer', request: null };
    await runOrdersCommand(ctx, command, orderIds, async (tx) => {
      for (const { deliveryId } of await withdrawRun(tx, runId)) {
        await updateSearch(tx, deliveryId, { nextAttemptAt: ctx.now() });
      }
    });
  }
}

/** A driver begins or ends work. Offline is refused while something is carried. */
export async function setOnline(
  ctx: ServiceContext,
  input: z.infer<typeof SetOnlineInput>,
): Promise<DriverImage> {
  const viewer = requireRole(ctx, 'driver');
  const { online, position } = input;
  const driver = await runCommand(ctx, { name: 'set-online', request: input }, async (tx) => {
    const last = await lastFix(tx, viewer.userId);
    if (online && position) {
      checkPosition(position, null, ctx.now());
      await upsertPositions(tx, [{ driverId: viewer.userId, ...position }]);
    }
    if (online && !position && !last) {
      throw invalid({
        reason: 'position_unknown',
        message: 'We don’t know where you are.',
        hint: 'Allow this page to use your location, then go online.',
      });
    }
    if (!online && (await countCarried(tx, viewer.userId)) > 0) {
      throw conflict({
        reason: 'delivery_open',
        message: 'You still carry a delivery.',
        hint: 'Finish it, or ask a dispatcher to take it over.',
      });
    }
    await write(tx, viewer.userId, online, ctx.now());
    const found = await findDriver(tx, viewer.userId);
    if (!found) throw notFound('driver');
    return found.driver;
  });
  if (online && position) ctx.positions.record({ driverId: viewer.userId, ...position });
  if (online) await hurrySearches(ctx, viewer.userId);
  else await withdrawOffersTo(ctx, viewer.userId);
  return driver;
}
