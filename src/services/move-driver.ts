import { z } from 'zod';
import { changeDriver, lockDriver } from '@/db/queries/drivers';
import { isZoneInUse } from '@/db/queries/zones';
import { conflict, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const MoveDriverInput = IdempotencyKey.extend({ userId: z.uuid(), zoneId: z.uuid() });

/** A driver works in another zone from now on; not in the middle of a shift. */
export async function moveDriver(
  ctx: ServiceContext,
  input: z.infer<typeof MoveDriverInput>,
): Promise<{ userId: string; zoneId: string }> {
  requireRole(ctx, 'admin');
  const { userId, zoneId } = input;
  return runCommand(ctx, { name: 'move-driver', request: input }, async (tx) => {
    if (!(await isZoneInUse(tx, zoneId))) throw notFound('zone');
    const driver = await lockDriver(tx, userId);
    if (!driver) throw notFound('driver');
    if (driver.online) {
      throw conflict({
        reason: 'driver_online',
        message: 'This driver is at work.',
        hint: 'Move them when they are offline.',
      });
    }
    await changeDriver(tx, userId, { zoneId });
    return { userId, zoneId };
  });
}
