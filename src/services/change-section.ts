import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  archiveSection,
  findSection,
  insertSection,
  lockMenu,
  renameSection as writeName,
} from '@/db/queries/menu-edits';
import { findRestaurant } from '@/db/queries/restaurants';
import { MenuName } from '@/domain/dish';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { overtaken } from './overtaken';

export const AddSectionInput = IdempotencyKey.extend({ restaurantId: z.uuid(), name: MenuName });

/** A new section at the end of a menu. */
export async function addSection(
  ctx: ServiceContext,
  input: z.infer<typeof AddSectionInput>,
): Promise<{ sectionId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'add-section', request: input }, async (tx) => {
    const { restaurantId, name } = input;
    if (!(await findRestaurant(tx, { id: restaurantId }))) throw notFound('restaurant');
    const id = uuidv7();
    await insertSection(tx, { id, restaurantId, name });
    return { sectionId: id };
  });
}

const SeenSection = IdempotencyKey.extend({
  sectionId: z.uuid(),
  version: z.number().int().min(1),
});

export const RenameSectionInput = SeenSection.extend({ name: MenuName });

export async function renameSection(
  ctx: ServiceContext,
  input: z.infer<typeof RenameSectionInput>,
): Promise<{ sectionId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'rename-section', request: input }, async (tx) => {
    const { sectionId, version, name } = input;
    const renamed = await writeName(tx, { id: sectionId, version }, name);
    if (!renamed) throw await overtaken(tx, 'section', sectionId);
    return { sectionId };
  });
}

export const RemoveSectionInput = SeenSection;

/** Takes a section off the menu with all that is in it; its dishes can be put back one by one. */
export async function removeSection(
  ctx: ServiceContext,
  input: z.infer<typeof RemoveSectionInput>,
): Promise<{ sectionId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'remove-section', request: input }, async (tx) => {
    const { sectionId, version } = input;
    const section = await findSection(tx, sectionId);
    if (!section) throw notFound('section');
    await lockMenu(tx, section.restaurantId);
    const removed = await archiveSection(tx, { id: sectionId, version }, ctx.now());
    if (!removed) throw await overtaken(tx, 'section', sectionId);
    return { sectionId };
  });
}
