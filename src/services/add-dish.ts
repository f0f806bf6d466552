import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findSection, insertDish, writeOptions } from '@/db/queries/menu-edits';
import { DishSchema, Stock } from '@/domain/dish';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const AddDishInput = IdempotencyKey.extend({
  sectionId: z.uuid(),
  dish: DishSchema,
  /** Null: not counted. */
  stock: Stock,
});

/** A new dish at the end of a section. */
export async function addDish(
  ctx: ServiceContext,
  input: z.infer<typeof AddDishInput>,
): Promise<{ itemId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'add-dish', request: input }, async (tx) => {
    const { sectionId, stock } = input;
    const section = await findSection(tx, sectionId);
    if (!section) throw notFound('section');
    const { optionGroups, ...columns } = input.dish;
    const { restaurantId } = section;
    const id = uuidv7();
    await insertDish(tx, { ...columns, id, restaurantId, sectionId, stock });
    await writeOptions(tx, id, optionGroups);
    return { itemId: id };
  });
}
