import { z } from 'zod';
import { lockDriver, setOnline } from '@/db/queries/drivers';
import { tryLockOrder } from '@/db/queries/order-locks';
import { setBlocked } from '@/db/queries/people';
import { carriedDeliveries, tellStall } from '@/db/queries/watches';
import { mayHandBack } from '@/domain/delivery';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { lockForChange } from './lock-for-change';
import { reoffer } from './run-stall-round';
import { withdrawOffersTo } from './set-online';

const PersonInput = IdempotencyKey.extend({
  userId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
});

export const BlockPersonInput = PersonInput.extend({
  reason: Text.trim().min(1, 'Say why, for the next admin.').max(300),
});
export const UnblockPersonInput = PersonInput;

/**
 * What a driver who may not work any more held: questions are taken back, what is not picked up goes to
 * others, what is in their bag is a dispatcher's from now on.
 */
async function takeWorkFrom(ctx: ServiceContext, driverId: string): Promise<void> {
  await withdrawOffersTo(ctx, driverId);
  const carried = (await carriedDeliveries(ctx.db)).filter((row) => row.driverId === driverId);
  for (const row of carried) {
    if (mayHandBack(row.status)) {
      await reoffer(ctx, row);
      continue;
    }
    await runCommand(ctx, { name: 'block-person', request: null }, async (tx) => {
      if (!(await tryLockOrder(tx, row.orderId))) return;
      const since = ctx.now().getTime() / 1_000;
      await tellStall(tx, row, { kind: 'blocked', since, told: 'admin' });
    });
  }
}

/** Shuts somebody out at once: no sign-in, no session, no open socket, and for a driver no work. */
export async function blockPerson(
  ctx: ServiceContext,
  input: z.infer<typeof BlockPersonInput>,
): Promise<{ userId: string }> {
  const admin = requireRole(ctx, 'admin');
  const { userId, reason } = input;
  await runCommand(ctx, { name: 'block-person', request: input }, async (tx) => {
    await lockForChange(tx, admin, input);
    await setBlocked(tx, userId, { at: ctx.now(), reason });
    if (await lockDriver(tx, userId)) await setOnline(tx, userId, false, ctx.now());
  });
  await takeWorkFrom(ctx, userId);
  return { userId };
}

/** Lets somebody in again. They sign in anew. */
export async function unblockPerson(
  ctx: ServiceContext,
  input: z.infer<typeof UnblockPersonInput>,
): Promise<{ userId: string }> {
  const admin = requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'unblock-person', request: input }, async (tx) => {
    await lockForChange(tx, admin, input);
    await setBlocked(tx, input.userId, null);
    return { userId: input.userId };
  });
}
