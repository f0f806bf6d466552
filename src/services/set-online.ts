import { z } from 'zod';
import {
  countCarried,
  findDelivery,
  ordersWithPendingOfferTo,
  updateSearch,
  withdrawPendingOfferTo,
} from '@/db/queries/deliveries';
import { waitingSearchesNear } from '@/db/queries/dispatch';
import {
  dutiesOf,
  findDriver,
  lastFix,
  upsertPositions,
  setOnline as write,
} from '@/db/queries/drivers';
import { tryLockOrder } from '@/db/queries/orders';
import type { DriverImage } from '@/domain/driver';
import { conflict, ensured, invalid, notFound } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import { checkPosition } from '@/domain/position';
import { IdempotencyKey, runCommand, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { PositionInput } from './report-position';

export const SetOnlineInput = IdempotencyKey.extend({
  online: z.boolean(),
  /** Where the driver is; needed to go online when no position is known yet. */
  position: PositionInput.nullable(),
});

/** How far a driver who comes online is worth a look at once, metres. */
const HURRY_RADIUS_M = 8_000;
const HURRY_LIMIT = 50;

/** Searches that wait near here are due now: somebody has come online. */
async function hurrySearches(ctx: ServiceContext, at: GeoPoint): Promise<void> {
  const now = ctx.now();
  const waiting = await waitingSearchesNear(ctx.db, at, HURRY_RADIUS_M, now, HURRY_LIMIT);
  for (const { deliveryId, orderId } of waiting) {
    await runCommand(ctx, { name: 'hurry-search', request: null }, async (tx) => {
      if (!(await tryLockOrder(tx, orderId))) return;
      const delivery = await findDelivery(tx, deliveryId);
      if (delivery?.nextAttemptAt) await updateSearch(tx, deliveryId, { nextAttemptAt: now });
    });
  }
}

/** An offer to a driver who leaves is withdrawn, and the next one asked. */
async function withdrawOffersTo(ctx: ServiceContext, driverId: string): Promise<void> {
  for (const orderId of await ordersWithPendingOfferTo(ctx.db, driverId)) {
    const command = { name: 'withdraw-offer', request: null };
    await runOrderCommand(ctx, command, orderId, async (tx) => {
      const deliveryId = await withdrawPendingOfferTo(tx, orderId, driverId);
      if (deliveryId) await updateSearch(tx, deliveryId, { nextAttemptAt: ctx.now() });
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
    const duty = (await dutiesOf(tx, [viewer.userId])).get(viewer.userId);
    if (online && position) {
      checkPosition(position, null, ctx.now(), duty?.base);
      await upsertPositions(tx, [{ driverId: viewer.userId, ...position }]);
    }
    if (online && !position && !duty?.last) {
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
  if (online) {
    const fix = ensured(await lastFix(ctx.db, viewer.userId), 'a position of an online driver');
    await hurrySearches(ctx, fix.at);
  } else {
    await withdrawOffersTo(ctx, viewer.userId);
  }
  return driver;
}
