import { z } from 'zod';
import {
  arrangeDishes,
  arrangeSections,
  findDish,
  findSection,
  lockMenu,
} from '@/db/queries/menu-edits';
import { readMenu } from '@/db/queries/restaurants';
import { conflict, notFound } from '@/domain/errors';
import { placed } from '@/domain/menu-order';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const menuMoved = () =>
  conflict({
    reason: 'menu_moved',
    message: 'The menu is not in the order that you saw any more.',
    hint: 'Look at it as it is now and move it again.',
  });

export const MoveDishInput = IdempotencyKey.extend({
  itemId: z.uuid(),
  sectionId: z.uuid(),
  /** The dish that it comes before; null: last in the section. */
  before: z.uuid().nullable(),
});

/** Moves a dish within its section or into another one. */
export async function moveDish(
  ctx: ServiceContext,
  input: z.infer<typeof MoveDishInput>,
): Promise<{ itemId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'move-dish', request: input }, async (tx) => {
    const { itemId, sectionId, before } = input;
    const dish = await findDish(tx, itemId);
    if (!dish) throw notFound('dish');
    await lockMenu(tx, dish.restaurantId);
    const menu = await readMenu(tx, dish.restaurantId);
    const target = menu.find(({ id }) => id === sectionId);
    const isThere = menu.some(({ items }) => items.some(({ id }) => id === itemId));
    const order =
      target && isThere
        ? placed(
            target.items.map(({ id }) => id),
            itemId,
            before,
          )
        : null;
    if (!order) throw menuMoved();
    await arrangeDishes(tx, sectionId, order);
    return { itemId };
  });
}

export const MoveSectionInput = IdempotencyKey.extend({
  sectionId: z.uuid(),
  /** The section that it comes before; null: last. */
  before: z.uuid().nullable(),
});

export async function moveSection(
  ctx: ServiceContext,
  input: z.infer<typeof MoveSectionInput>,
): Promise<{ sectionId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'move-section', request: input }, async (tx) => {
    const { sectionId, before } = input;
    const section = await findSection(tx, sectionId);
    if (!section) throw notFound('section');
    await lockMenu(tx, section.restaurantId);
    const menu = await readMenu(tx, section.restaurantId);
    const order = placed(
      menu.map(({ id }) => id),
      sectionId,
      before,
    );
    if (!order) throw menuMoved();
    await arrangeSections(tx, order);
    return { sectionId };
  });
}
