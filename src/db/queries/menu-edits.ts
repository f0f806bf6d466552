import { and, asc, desc, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { menuItems, menuOptionGroups, menuOptions, menuSections } from '@/db/schema';
import type { DishOptionGroup } from '@/domain/dish';
import { ensured } from '@/domain/errors';

/** Takes all of a menu, in the order in which orders take their dishes. */
export async function lockMenu(tx: Transaction, restaurantId: string): Promise<void> {
  await tx
    .select({ id: menuSections.id })
    .from(menuSections)
    .where(eq(menuSections.restaurantId, restaurantId))
    .orderBy(asc(menuSections.id))
    .for('no key update');
  await tx
    .select({ id: menuItems.id })
    .from(menuItems)
    .where(eq(menuItems.restaurantId, restaurantId))
    .orderBy(asc(menuItems.id))
    .for('no key update');
}

export async function findSection(db: Queryable, sectionId: string) {
  const [row] = await db
    .select({ id: menuSections.id, restaurantId: menuSections.restaurantId })
    .from(menuSections)
    .where(and(eq(menuSections.id, sectionId), isNull(menuSections.archivedAt)));
  return row ?? null;
}

export async function findDish(db: Queryable, itemId: string) {
  const [row] = await db
    .select({
      restaurantId: menuItems.restaurantId,
      sectionId: menuItems.sectionId,
      archivedAt: menuItems.archivedAt,
    })
    .from(menuItems)
    .where(eq(menuItems.id, itemId));
  return row ?? null;
}

export async function insertSection(
  tx: Transaction,
  section: { id: string; restaurantId: string; name: string },
): Promise<void> {
  const { restaurantId } = section;
  await tx.insert(menuSections).values({
    ...section,
    position: sql`(SELECT coalesce(max(position), -1) + 1 FROM menu_sections
      WHERE restaurant_id = ${restaurantId})`,
  });
}

type Seen = { id: string; version: number };

export async function renameSection(
  tx: Transaction,
  { id, version }: Seen,
  name: string,
): Promise<boolean> {
  const rows = await tx
    .update(menuSections)
    .set({ name })
    .where(
      and(
        eq(menuSections.id, id),
        eq(menuSections.version, version),
        isNull(menuSections.archivedAt),
      ),
    )
    .returning({ id: menuSections.id });
  return rows.length === 1;
}

/** The section and all its dishes leave the menu. */
export async function archiveSection(
  tx: Transaction,
  { id, version }: Seen,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(menuSections)
    .set({ archivedAt: at })
    .where(
      and(
        eq(menuSections.id, id),
        eq(menuSections.version, version),
        isNull(menuSections.archivedAt),
      ),
    )
    .returning({ id: menuSections.id });
  if (rows.length === 0) return false;
  await tx
    .update(menuItems)
    .set({ archivedAt: at })
    .where(and(eq(menuItems.sectionId, id), isNull(menuItems.archivedAt)));
  return true;
}

type DishColumns = Omit<
  typeof menuItems.$inferInsert,
  'id' | 'restaurantId' | 'sectionId' | 'position' | 'version' | 'changedBy'
>;

/** Last in its section. */
export async function insertDish(
  tx: Transaction,
  dish: DishColumns & { id: string; restaurantId: string; sectionId: string },
): Promise<void> {
  const { sectionId } = dish;
  await tx.insert(menuItems).values({
    ...dish,
    position: sql`(SELECT coalesce(max(position), -1) + 1 FROM menu_items
      WHERE section_id = ${sectionId})`,
  });
}

/** Compare-and-set: the new version, which goes up even where only options change, or null. */
export async function updateDish(
  tx: Transaction,
  { id, version }: Seen,
  change: Partial<DishColumns>,
): Promise<number | null> {
  const [row] = await tx
    .update(menuItems)
    .set({ ...change, version: version + 1 })
    .where(and(eq(menuItems.id, id), eq(menuItems.version, version), isNull(menuItems.archivedAt)))
    .returning({ version: menuItems.version });
  return row?.version ?? null;
}

/** For those who hold the menu's lock. */
export async function overwriteDish(
  tx: Transaction,
  id: string,
  change: Partial<DishColumns>,
): Promise<void> {
  await tx
    .update(menuItems)
    .set({ ...change, version: sql`${menuItems.version} + 1` })
    .where(eq(menuItems.id, id));
}

/** Compare-and-set of what is left: orders may have taken some of it meanwhile. */
export async function setStock(
  tx: Transaction,
  id: string,
  { seen, to }: { seen: number | null; to: number | null },
): Promise<boolean> {
  const rows = await tx
    .update(menuItems)
    .set({ stock: to })
    .where(and(eq(menuItems.id, id), sql`${menuItems.stock} IS NOT DISTINCT FROM ${seen}::int`))
    .returning({ id: menuItems.id });
  return rows.length === 1;
}

/** Back on the menu, with its section; last in it. False when it was not off. */
export async function restoreDish(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx
    .update(menuItems)
    .set({
      archivedAt: null,
      position: sql`(SELECT coalesce(max(i.position), -1) + 1 FROM menu_items i
        WHERE i.section_id = ${menuItems.sectionId})`,
    })
    .where(and(eq(menuItems.id, id), isNotNull(menuItems.archivedAt)))
    .returning({ sectionId: menuItems.sectionId });
  if (!row) return false;
  await tx
    .update(menuSections)
    .set({ archivedAt: null })
    .where(and(eq(menuSections.id, row.sectionId), isNotNull(menuSections.archivedAt)));
  return true;
}

const REMOVED_SHOWN = 50;

/** Dishes that have left the menu, the latest first. */
export async function removedDishes(db: Queryable, restaurantId: string) {
  return db
    .select({ id: menuItems.id, name: menuItems.name, section: menuSections.name })
    .from(menuItems)
    .innerJoin(menuSections, eq(menuSections.id, menuItems.sectionId))
    .where(and(eq(menuItems.restaurantId, restaurantId), isNotNull(menuItems.archivedAt)))
    .orderBy(desc(menuItems.archivedAt), asc(menuItems.id))
    .limit(REMOVED_SHOWN);
}

/** Writes the order of these dishes, and that they are in this section. */
export async function arrangeDishes(
  tx: Transaction,
  sectionId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    UPDATE menu_items i SET section_id = ${sectionId}, position = wanted.n - 1
    FROM unnest(${sql.param([...ids])}::uuid[]) WITH ORDINALITY AS wanted (id, n)
    WHERE i.id = wanted.id
      AND (i.section_id, i.position) IS DISTINCT FROM (${sectionId}::uuid, (wanted.n - 1)::int)`);
}

export async function arrangeSections(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    UPDATE menu_sections s SET position = wanted.n - 1
    FROM unnest(${sql.param([...ids])}::uuid[]) WITH ORDINALITY AS wanted (id, n)
    WHERE s.id = wanted.id AND s.position <> wanted.n - 1`);
}

async function groupsOf(tx: Transaction, itemId: string): Promise<Set<string>> {
  const rows = await tx
    .select({ id: menuOptionGroups.id })
    .from(menuOptionGroups)
    .where(eq(menuOptionGroups.itemId, itemId));
  return new Set(rows.map(({ id }) => id));
}

async function optionsOf(tx: Transaction, groupId: string): Promise<Set<string>> {
  const rows = await tx
    .select({ id: menuOptions.id })
    .from(menuOptions)
    .where(eq(menuOptions.groupId, groupId));
  return new Set(rows.map(({ id }) => id));
}

const kept = (id: string | undefined, among: Set<string>) => (id && among.has(id) ? id : null);

/** The options of a dish become these; ids that the dish does not have are not taken over. */
export async function writeOptions(
  tx: Transaction,
  itemId: string,
  groups: readonly DishOptionGroup[],
): Promise<void> {
  const standing = await groupsOf(tx, itemId);
  const keptGroups = groups.flatMap(({ id }) => kept(id, standing) ?? []);
  await tx
    .delete(menuOptionGroups)
    .where(and(eq(menuOptionGroups.itemId, itemId), notInArray(menuOptionGroups.id, keptGroups)));
  for (const [position, { id, name, min, max, options }] of groups.entries()) {
    const columns = { itemId, name, min, max, position };
    await writeGroupOptions(tx, await writeGroup(tx, kept(id, standing), columns), options);
  }
}

async function writeGroupOptions(
  tx: Transaction,
  groupId: string,
  options: DishOptionGroup['options'],
): Promise<void> {
  const standing = await optionsOf(tx, groupId);
  const keptOptions = options.flatMap(({ id }) => kept(id, standing) ?? []);
  await tx
    .delete(menuOptions)
    .where(and(eq(menuOptions.groupId, groupId), notInArray(menuOptions.id, keptOptions)));
  for (const [position, { id, name, price, soldOut }] of options.entries()) {
    const columns = { groupId, name, price, soldOut, position };
    const optionId = kept(id, standing);
    if (optionId) await tx.update(menuOptions).set(columns).where(eq(menuOptions.id, optionId));
    else await tx.insert(menuOptions).values(columns);
  }
}

async function writeGroup(
  tx: Transaction,
  id: string | null,
  columns: Omit<typeof menuOptionGroups.$inferInsert, 'id'>,
): Promise<string> {
  if (id) {
    await tx.update(menuOptionGroups).set(columns).where(eq(menuOptionGroups.id, id));
    return id;
  }
  const [row] = await tx
    .insert(menuOptionGroups)
    .values(columns)
    .returning({ id: menuOptionGroups.id });
  return ensured(row, 'the group that has just been written').id;
}
