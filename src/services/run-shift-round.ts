import { countCarried } from '@/db/queries/deliveries';
import {
  changeDriver,
  doneAfterShift,
  endedShifts,
  lockDriver,
  nextShiftEnd,
  setOnline,
} from '@/db/queries/drivers';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { withdrawOffersTo } from './set-online';

export type ShiftReport = {
  ended: number;
  wentOffline: number;
  /** When the next shift ends, or null. */
  nextDueAt: Date | null;
};

const command = { name: 'end-shift', request: null };

/** No more offers from now on, unless the driver has put the end off in the meantime. */
async function endShift(ctx: ServiceContext, driverId: string): Promise<boolean> {
  const ended = await runCommand(ctx, command, async (tx) => {
    const driver = await lockDriver(tx, driverId);
    if (!driver?.online || !driver.shiftEndsAt || driver.shiftEndsAt > ctx.now()) return false;
    await changeDriver(tx, driverId, { shiftOver: true });
    return true;
  });
  if (ended) await withdrawOffersTo(ctx, driverId);
  return ended;
}

/** Whoever has handed over the last delivery of an ended shift is offline. */
async function goOffline(ctx: ServiceContext, driverId: string): Promise<boolean> {
  return runCommand(ctx, command, async (tx) => {
    const driver = await lockDriver(tx, driverId);
    if (!driver?.shiftOver || (await countCarried(tx, driverId)) > 0) return false;
    return setOnline(tx, driverId, false, ctx.now());
  });
}

/** Ends the shifts whose time is up. May run anywhere, several at once. */
export async function runShiftRound(ctx: ServiceContext): Promise<ShiftReport> {
  const report: ShiftReport = { ended: 0, wentOffline: 0, nextDueAt: null };
  for (const driverId of await endedShifts(ctx.db, ctx.now())) {
    if (await endShift(ctx, driverId)) report.ended += 1;
  }
  for (const driverId of await doneAfterShift(ctx.db)) {
    if (await goOffline(ctx, driverId)) report.wentOffline += 1;
  }
  report.nextDueAt = await nextShiftEnd(ctx.db);
  return report;
}
