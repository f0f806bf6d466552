import { z } from 'zod';
import { setAutoAccept as writeAutoAccept } from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runCommand } from './command';
import type { ServiceContext } from './context';

export const SetAutoAcceptInput = IdempotencyKey.extend({
  restaurantId: z.uuid(),
  autoAccept: z.boolean(),
});

/** Whether orders placed from now on are accepted, started and finished by the clock. */
export async function setAutoAccept(
  ctx: ServiceContext,
  input: z.infer<typeof SetAutoAcceptInput>,
): Promise<{ autoAccept: boolean }> {
  const viewer = requireActing(ctx);
  const { restaurantId, autoAccept } = input;
  return runCommand(ctx, { name: 'set-auto-accept', request: input }, async (tx) => {
    await requireTie(tx, viewer, restaurantId, 'restaurant');
    if (!(await writeAutoAccept(tx, restaurantId, autoAccept))) throw notFound('restaurant');
    return { autoAccept };
  });
}
