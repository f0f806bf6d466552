import { z } from 'zod';
import { GeoPointSchema } from '@/domain/geo-point';
import { checkPosition } from '@/domain/position';
import { requireRole, type ServiceContext } from './context';
import { dutyOf } from './driver-duty';

export const PositionInput = z.object({
  at: GeoPointSchema,
  headingDeg: z.number().min(0).max(360).nullable().default(null),
  speedMps: z.number().min(0).max(100).nullable().default(null),
  accuracyM: z.number().min(0).max(10_000).nullable().default(null),
  recordedAt: z.iso.datetime({ offset: true }),
});

/** Takes a driver's fix: checked, then handed to the batch writer. Nothing is logged. */
export async function reportPosition(
  ctx: ServiceContext,
  input: z.infer<typeof PositionInput>,
): Promise<{ recordedAt: string }> {
  const viewer = requireRole(ctx, 'driver');
  const duty = await dutyOf(ctx, viewer.userId);
  checkPosition(input, duty.last, ctx.now(), duty.base);
  duty.last = { at: input.at, recordedAt: input.recordedAt };
  ctx.positions.record({ driverId: viewer.userId, ...input });
  return { recordedAt: input.recordedAt };
}
