import { z } from 'zod';
import { findDriver, lastFix } from '@/db/queries/drivers';
import { conflict, notFound } from '@/domain/errors';
import { GeoPointSchema } from '@/domain/geo-point';
import { checkPosition, type LastFix } from '@/domain/position';
import { requireRole, type ServiceContext } from './context';

export const PositionInput = z.object({
  at: GeoPointSchema,
  headingDeg: z.number().min(0).max(360).nullable().default(null),
  speedMps: z.number().min(0).max(100).nullable().default(null),
  accuracyM: z.number().min(0).max(10_000).nullable().default(null),
  recordedAt: z.iso.datetime({ offset: true }),
});

type Seen = { online: boolean; last: LastFix; checkedAt: number };

/** How long a driver's duty is taken for granted between two looks at the database. */
const RECHECK_MS = 5_000;
const CACHE_SIZE = 50_000;
const seen = new Map<string, Seen>();

async function look(ctx: ServiceContext, driverId: string): Promise<Seen> {
  const cached = seen.get(driverId);
  const nowMs = ctx.now().getTime();
  if (cached && nowMs - cached.checkedAt < RECHECK_MS) return cached;
  const found = await findDriver(ctx.db, driverId);
  if (!found) throw notFound('driver');
  // What was written lately may be on its way to the database still: the later fix counts.
  const stored = await lastFix(ctx.db, driverId);
  const held = cached?.last ?? null;
  const last =
    held && (!stored || Date.parse(held.recordedAt) > Date.parse(stored.recordedAt))
      ? held
      : stored;
  const fresh = { online: found.driver.online, last, checkedAt: nowMs };
  if (seen.size >= CACHE_SIZE) seen.clear();
  seen.set(driverId, fresh);
  return fresh;
}

/** Takes a driver's fix: checked, then handed to the batch writer. Nothing is logged. */
export async function reportPosition(
  ctx: ServiceContext,
  input: z.infer<typeof PositionInput>,
): Promise<{ recordedAt: string }> {
  const viewer = requireRole(ctx, 'driver');
  const state = await look(ctx, viewer.userId);
  if (!state.online) {
    seen.delete(viewer.userId);
    throw conflict({
      reason: 'off_duty',
      message: 'You are offline: your position is not wanted.',
      hint: 'Go online first.',
    });
  }
  checkPosition(input, state.last, ctx.now());
  state.last = { at: input.at, recordedAt: input.recordedAt };
  ctx.positions.record({ driverId: viewer.userId, ...input });
  return { recordedAt: input.recordedAt };
}
