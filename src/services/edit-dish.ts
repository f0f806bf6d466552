import { z } from 'zod';
import { setStock, updateDish, writeOptions } from '@/db/queries/menu-edits';
import { DishSchema, Stock } from '@/domain/dish';
import { conflict } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { overtaken } from './overtaken';

export const EditDishInput = IdempotencyKey.extend({
  itemId: z.uuid(),
  version: z.number().int().min(1),
  dish: DishSchema,
  /** Where it is counted anew: what was seen, since orders take of it, and what it is; null: not counted. */
  stock: z.object({ seen: Stock, to: Stock }).nullable(),
});

/** Changes what a dish is, and its options. */
export async function editDish(
  ctx: ServiceContext,
  input: z.infer<typeof EditDishInput>,
): Promise<{ itemId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'edit-dish', request: input }, async (tx) => {
    const { itemId, version, stock } = input;
    const { optionGroups, ...columns } = input.dish;
    const edited = await updateDish(tx, { id: itemId, version }, columns);
    if (edited === null) throw await overtaken(tx, 'dish', itemId);
    await writeOptions(tx, itemId, optionGroups);
    if (stock && !(await setStock(tx, itemId, stock))) {
      throw conflict({
        reason: 'stock_moved',
        message: 'Orders have taken some of this meanwhile.',
        hint: 'Look at how many are left now and count again.',
      });
    }
    return { itemId };
  });
}
