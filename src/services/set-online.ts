import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { countCarried, updateSearch } from '@/db/queries/deliveries';
import {
  changeDriver,
  type DriverRow,
  dutiesOf,
  findDriver,
  lockDriver,
  upsertPositions,
  setOnline as write,
} from '@/db/queries/drivers';
import { runsAskedOf, withdrawRun } from '@/db/queries/offers';
import { type DriverImage, VEHICLE_CAPACITY, VEHICLES } from '@/domain/driver';
import { conflict, ensured, invalid, notFound } from '@/domain/errors';
import { checkPosition } from '@/domain/position';
import { checkShiftEnd } from '@/domain/shift';
import { IdempotencyKey, runCommand, runOrdersCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hurrySearches } from './hurry-searches';
import { PositionInput } from './report-position';

export const SetOnlineInput = IdempotencyKey.extend({
  online: z.boolean(),
  /** Where the driver is; needed to go online when no position is known yet. */
  position: PositionInput.nullable(),
  /** Left out: the one of the last time. */
  vehicle: z.enum(VEHICLES, 'A bike, a scooter or a car.').optional(),
  /** When the shift ends by itself; null: with the switch; left out: as it stands. */
  until: z.iso.datetime({ offset: true }).nullish(),
});
type SetOnlineInput = z.infer<typeof SetOnlineInput>;

/** An offer to a driver who leaves is withdrawn, and the next one asked. */
export async function withdrawOffersTo(ctx: ServiceContext, driverId: string): Promise<void> {
  for (const { runId, orderIds } of await runsAskedOf(ctx.db, driverId)) {
    const command = { name: 'withdraw-offer', request: null };
    await runOrdersCommand(ctx, command, orderIds, async (tx) => {
      for (const { deliveryId } of await withdrawRun(tx, runId)) {
        await updateSearch(tx, deliveryId, { nextAttemptAt: ctx.now() });
      }
    });
  }
}

/** Takes where the driver says they are; refused when nobody knows at all. */
export async function takePosition(
  ctx: ServiceContext,
  tx: Transaction,
  driverId: string,
  position: SetOnlineInput['position'],
): Promise<void> {
  const duty = (await dutiesOf(tx, [driverId])).get(driverId);
  if (position) {
    checkPosition(position, null, ctx.now(), duty?.base);
    await upsertPositions(tx, [{ driverId, ...position }]);
  } else if (!duty?.last) {
    throw invalid({
      reason: 'position_unknown',
      message: 'We don’t know where you are.',
      hint: 'Allow this page to use your location, then go online.',
    });
  }
}

/** Another vehicle brings its own room; it has to hold what is carried already. */
async function changeVehicle(tx: Transaction, driver: DriverRow, input: SetOnlineInput) {
  const { vehicle } = input;
  if (!vehicle || vehicle === driver.vehicle) return null;
  const capacity = VEHICLE_CAPACITY[vehicle];
  if ((await countCarried(tx, driver.userId)) > capacity) {
    throw conflict({
      reason: 'vehicle_too_small',
      message: 'You carry more than this vehicle holds.',
      hint: 'Finish a delivery first, then change.',
    });
  }
  return { vehicle, capacity };
}

/** A driver begins or ends work. Offline is refused while something is carried. */
export async function setOnline(ctx: ServiceContext, input: SetOnlineInput): Promise<DriverImage> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { online, position, until } = input;
  if (online && until) checkShiftEnd(new Date(until), ctx.now());
  const driver = await runCommand(ctx, { name: 'set-online', request: input }, async (tx) => {
    const before = await lockDriver(tx, driverId);
    if (!before) throw notFound('driver');
    if (online) {
      await takePosition(ctx, tx, driverId, position);
      const change = await changeVehicle(tx, before, input);
      await write(tx, driverId, true, ctx.now());
      if (change) await changeDriver(tx, driverId, change);
      if (until !== undefined) {
        const shiftEndsAt = until === null ? null : new Date(until);
        await changeDriver(tx, driverId, { shiftEndsAt, shiftOver: false });
      }
    } else {
      if ((await countCarried(tx, driverId)) > 0) {
        throw conflict({
          reason: 'delivery_open',
          message: 'You still carry a delivery.',
          hint: 'Finish it, or ask a dispatcher to take it over.',
        });
      }
      await write(tx, driverId, false, ctx.now());
    }
    const found = await findDriver(tx, driverId);
    return ensured(found, 'a driver that is locked').driver;
  });
  if (online && position) ctx.positions.record({ driverId, ...position });
  if (online) await hurrySearches(ctx, driverId);
  else await withdrawOffersTo(ctx, driverId);
  return driver;
}
