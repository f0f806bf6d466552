import { z } from 'zod';
import { findDish, restoreDish as putBack, updateDish } from '@/db/queries/menu-edits';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { overtaken } from './overtaken';

export const RemoveDishInput = IdempotencyKey.extend({
  itemId: z.uuid(),
  version: z.number().int().min(1),
});

/** Takes a dish off the menu; orders that hold it keep it. */
export async function removeDish(
  ctx: ServiceContext,
  input: z.infer<typeof RemoveDishInput>,
): Promise<{ itemId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'remove-dish', request: input }, async (tx) => {
    const { itemId, version } = input;
    const archivedAt = ctx.now();
    const removed = await updateDish(tx, { id: itemId, version }, { archivedAt });
    if (removed === null) throw await overtaken(tx, 'dish', itemId);
    return { itemId };
  });
}

export const RestoreDishInput = IdempotencyKey.extend({ itemId: z.uuid() });

/** Puts a dish back where it was taken from, and its section with it. */
export async function restoreDish(
  ctx: ServiceContext,
  input: z.infer<typeof RestoreDishInput>,
): Promise<{ itemId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'restore-dish', request: input }, async (tx) => {
    const { itemId } = input;
    if (!(await findDish(tx, itemId))) throw notFound('dish');
    await putBack(tx, itemId);
    return { itemId };
  });
}
