import { z } from 'zod';
import { countCarried } from '@/db/queries/deliveries';
import { insertDriver, lockDriver, setOnline } from '@/db/queries/drivers';
import { setRole } from '@/db/queries/people';
import { VEHICLES } from '@/domain/driver';
import { conflict } from '@/domain/errors';
import { ROLES } from '@/domain/roles';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { lockForChange } from './lock-for-change';
import { withdrawOffersTo } from './set-online';
import { zoneForDriver } from './sign-up';

export const ChangeRoleInput = IdempotencyKey.extend({
  userId: z.uuid(),
  expectedVersion: z.number().int().min(1),
  role: z.enum(ROLES),
});

/** Gives somebody another role. Their sessions end: no page stays open that belongs to the old one. */
export async function changeRole(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeRoleInput>,
): Promise<{ userId: string }> {
  const admin = requireRole(ctx, 'admin');
  const { userId, role } = input;
  await runCommand(ctx, { name: 'change-role', request: input }, async (tx) => {
    await lockForChange(tx, admin, input);
    const driver = await lockDriver(tx, userId);
    if (driver && role !== 'driver') {
      if ((await countCarried(tx, userId)) > 0) {
        throw conflict({
          reason: 'driver_carries',
          message: 'This driver still carries a delivery.',
          hint: 'Give it to another driver, or wait until it is done.',
        });
      }
      await setOnline(tx, userId, false, ctx.now());
    }
    await setRole(tx, userId, role);
    if (!driver && role === 'driver') {
      const [vehicle] = VEHICLES;
      await insertDriver(tx, { userId, zoneId: await zoneForDriver(tx), vehicle });
    }
  });
  if (role !== 'driver') await withdrawOffersTo(ctx, userId);
  return { userId };
}
