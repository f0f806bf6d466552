import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Queryable, Transaction } from '@/db/client';
import {
  arrangeDishes,
  insertDish,
  insertSection,
  lockMenu,
  overwriteDish,
  writeOptions,
} from '@/db/queries/menu-edits';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { sha256 } from '@/domain/digest';
import { conflict, invalid, notFound } from '@/domain/errors';
import type { MenuSection } from '@/domain/menu';
import { type FileProblem, MENU_FORMATS } from '@/domain/menu-file/menu-file';
import {
  type MenuPlan,
  type MenuPreview,
  type PlanStep,
  planMenu,
} from '@/domain/menu-file/plan-menu';
import { readMenuFile } from '@/domain/menu-file/read-menu-file';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const MenuFileInput = z.object({
  restaurantId: z.uuid(),
  format: z.enum(MENU_FORMATS),
  /** The file as it is; its size is judged by what reads it. */
  text: z.string(),
});

type Planned = { menu: MenuSection[]; plan: MenuPlan; fingerprint: string };

/** Of what stands and of what would be done: the same one means the same change of the same menu. */
function fingerprintOf(menu: readonly MenuSection[], plan: MenuPlan): Promise<string> {
  const standing = menu.map(({ id, version, items }) => [
    id,
    version,
    items.map((item) => [item.id, item.version]),
  ]);
  return sha256(JSON.stringify([standing, plan]));
}

async function planOf(
  db: Queryable,
  { restaurantId, format, text }: z.infer<typeof MenuFileInput>,
): Promise<Planned | { problem: FileProblem }> {
  const restaurant = await findRestaurant(db, { id: restaurantId });
  if (!restaurant) throw notFound('restaurant');
  const file = readMenuFile(text, format, restaurant.currency);
  if (file.kind === 'unreadable') return { problem: file.problem };
  const menu = await readMenu(db, restaurantId);
  const plan = planMenu(menu, file, restaurant.currency);
  return { menu, plan, fingerprint: await fingerprintOf(menu, plan) };
}

export const PreviewMenuInput = MenuFileInput;

/** What a file would do to a menu, line by line; changes nothing. */
export async function previewMenuImport(
  ctx: ServiceContext,
  input: z.infer<typeof PreviewMenuInput>,
): Promise<MenuPreview> {
  requireRole(ctx, 'admin');
  const planned = await planOf(ctx.db, input);
  if ('problem' in planned) return { kind: 'unreadable', problem: planned.problem };
  return { kind: 'plan', lines: planned.plan.lines, fingerprint: planned.fingerprint };
}

async function apply(
  tx: Transaction,
  restaurantId: string,
  menu: MenuSection[],
  steps: PlanStep[],
) {
  const sections = new Map(menu.map(({ id, name }) => [name.trim().toLowerCase(), id]));
  const sectionOf = new Map(
    menu.flatMap(({ id, items }) => items.map((item) => [item.id, id] as const)),
  );
  for (const { itemId, section, dish } of steps) {
    const key = section.trim().toLowerCase();
    const sectionId = sections.get(key) ?? uuidv7();
    if (!sections.has(key)) {
      sections.set(key, sectionId);
      await insertSection(tx, { id: sectionId, restaurantId, name: section });
    }
    const { optionGroups, ...columns } = dish;
    const id = itemId ?? uuidv7();
    if (!itemId) await insertDish(tx, { ...columns, id, restaurantId, sectionId });
    else await overwriteDish(tx, id, columns);
    await writeOptions(tx, id, optionGroups);
    const moves = itemId !== null && sectionOf.get(itemId) !== sectionId;
    if (moves) await moveLast(tx, restaurantId, sectionId, id);
  }
}

async function moveLast(tx: Transaction, restaurantId: string, sectionId: string, id: string) {
  const menu = await readMenu(tx, restaurantId);
  const others = menu.find((section) => section.id === sectionId)?.items ?? [];
  await arrangeDishes(tx, sectionId, [...others.map((item) => item.id), id]);
}

export const ImportMenuInput = IdempotencyKey.extend({
  ...MenuFileInput.shape,
  /** That of the preview: what it showed is done, or nothing. */
  fingerprint: z.string().max(64),
});

/** Does exactly what the preview showed, all of it or nothing. */
export async function importMenu(
  ctx: ServiceContext,
  input: z.infer<typeof ImportMenuInput>,
): Promise<{ created: number; changed: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'import-menu', request: input }, async (tx) => {
    await lockMenu(tx, input.restaurantId);
    const planned = await planOf(tx, input);
    if ('problem' in planned) {
      throw invalid({
        reason: 'menu_file_unreadable',
        message: 'This file can’t be read as a menu.',
        hint: 'Look at what the preview says about it.',
      });
    }
    if (planned.fingerprint !== input.fingerprint) {
      throw conflict({
        reason: 'menu_changed',
        message: 'The menu was changed after this preview.',
        hint: 'Look at the new preview and import again; nothing was changed.',
      });
    }
    const { menu, plan } = planned;
    await apply(tx, input.restaurantId, menu, plan.steps);
    const created = plan.steps.filter(({ itemId }) => itemId === null).length;
    return { created, changed: plan.steps.length - created };
  });
}
