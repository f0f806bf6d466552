import type { FixOutcome } from '@/domain/fix-frame';
import { judgeFix, type PositionReport } from '@/domain/position';
import { requireRole, type ServiceContext } from './context';
import { dutyOf } from './driver-duty';

/**
 * Takes what a driver's device has recorded, oldest first, and says of each fix what became of it. Only
 * the newest fresh one moves the driver; those before it, and those kept while there was no network,
 * go to the history. `null` stands for a fix that could not be read.
 */
export async function reportPositions(
  ctx: ServiceContext,
  fixes: readonly (PositionReport | null)[],
): Promise<FixOutcome[]> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const duty = await dutyOf(ctx, driverId);
  const nowMs = ctx.now().getTime();
  const outcomes = fixes.map((fix): FixOutcome => {
    if (!fix) return 'position_unreadable';
    const outcome = judgeFix(fix, duty, nowMs);
    if (outcome === 'live' || outcome === 'history') duty.last = fix;
    return outcome;
  });
  const newest = outcomes.lastIndexOf('live');
  return outcomes.map((outcome, n): FixOutcome => {
    const fix = fixes[n];
    if (!fix || (outcome !== 'live' && outcome !== 'history')) return outcome;
    const use = n === newest ? 'live' : 'history';
    ctx.positions.record({ driverId, ...fix }, use);
    return use;
  });
}
