import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { events, menuItems, orderLines } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import type { Dish } from '@/domain/dish';
import { ensured } from '@/domain/errors';
import { MENU_FORMATS } from '@/domain/menu-file/menu-file';
import { addDish } from './add-dish';
import { moveDish, moveSection } from './arrange-menu';
import { addSection, removeSection, renameSection } from './change-section';
import { editDish } from './edit-dish';
import { exportMenu } from './export-menu';
import { findNearbyRestaurants, NearbyInput } from './find-restaurants';
import { getRestaurantDesk } from './get-restaurant-desk';
import { importMenu, previewMenuImport } from './import-menu';
import { reasonOf, refusalOf } from './refused.testing';
import { removeDish, restoreDish } from './remove-dish';
import { contextOf, key, orderOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const as = (town: Town) => contextOf(db(), town.admin);

const CAKE: Dish = {
  ...{ name: 'Cake', description: 'Round', price: 350, unit: '', allergens: ['eggs'] },
  optionGroups: [
    {
      ...{ name: 'Cream', min: 0, max: 1 },
      options: [{ name: 'With cream', price: 50, soldOut: false }],
    },
  ],
};

const menuOf = (town: Town) => readMenu(db(), town.restaurantId);
const namesOf = async (town: Town) =>
  (await menuOf(town)).map(({ name, items }) => `${name}: ${items.map((each) => each.name)}`);
const dishOf = async (town: Town, id: string) =>
  ensured(
    (await menuOf(town)).flatMap(({ items }) => items).find((each) => each.id === id),
    'the dish',
  );
const sectionOf = async (town: Town) => ensured((await menuOf(town))[0], 'a section');

/** What the log says of a restaurant, without how the town was made. */
async function told(town: Town, work: () => Promise<unknown>) {
  const typesOf = () =>
    db()
      .select({ type: events.type })
      .from(events)
      .where(and(eq(events.streamId, town.restaurantId)))
      .orderBy(events.version);
  const before = (await typesOf()).length;
  await work();
  return (await typesOf()).slice(before).map(({ type }) => type);
}

describe('a menu', () => {
  it('grows by a section and a dish with options, and says so once', async () => {
    const town = await makeTown(db());
    const types = await told(town, async () => {
      const { restaurantId } = town;
      const { sectionId } = await addSection(as(town), { ...key(), restaurantId, name: 'Sweets' });
      await addDish(as(town), { ...key(), sectionId, dish: CAKE, stock: null });
    });
    expect(types).toEqual(['menu.arranged', 'menu_item.added']);
    const cake = ensured((await menuOf(town))[1]?.items[0], 'the cake');
    expect(cake).toMatchObject({ name: 'Cake', price: 350, version: 1, allergens: ['eggs'] });
    expect(cake.optionGroups).toMatchObject([{ name: 'Cream', options: [{ price: 50 }] }]);
  });

  it('changes options without giving those that stay another id', async () => {
    const town = await makeTown(db());
    const before = await dishOf(town, town.dishes.main);
    const [size] = before.optionGroups;
    const { id, name, min, max, options } = ensured(size, 'the sizes');
    const regular = ensured(options[0], 'regular');
    const dish = {
      ...before,
      optionGroups: [
        {
          id,
          name,
          min,
          max,
          options: [
            { ...regular, price: 10 },
            { name: 'Huge', price: 500, soldOut: false },
          ],
        },
      ],
    };
    const types = await told(town, () =>
      editDish(as(town), { ...key(), itemId: before.id, version: 1, dish, stock: null }),
    );
    expect(types).toEqual(['menu_item.edited']);
    const after = await dishOf(town, before.id);
    expect(after.version).toBe(2);
    expect(after.optionGroups).toHaveLength(1);
    expect(after.optionGroups[0]).toMatchObject({
      ...{ id, options: [{ id: regular.id, price: 10 }, { name: 'Huge' }] },
    });
  });

  it('does not take over the options of another dish', async () => {
    const town = await makeTown(db());
    const other = await makeTown(db());
    const dish = structuredClone(CAKE);
    const group = ensured(dish.optionGroups[0], 'a group');
    const option = ensured(group.options[0], 'an option');
    option.id = other.options.extra;
    group.id = (await dishOf(other, other.dishes.main)).optionGroups[1]?.id;
    const itemId = town.dishes.side;
    await editDish(as(town), { ...key(), itemId, version: 1, dish, stock: null });
    expect((await dishOf(other, other.dishes.main)).optionGroups[1]?.options).toHaveLength(1);
    expect((await dishOf(town, itemId)).optionGroups[0]?.options[0]?.id).not.toBe(option.id);
  });

  it('tells the slower of two editors who was faster, and keeps the first', async () => {
    const town = await makeTown(db());
    const itemId = town.dishes.side;
    const rival = contextOf(db(), await makeUser(db(), 'admin', 'Ria Rival'));
    await editDish(rival, { ...key(), itemId, version: 1, dish: CAKE, stock: null });
    const late = { ...CAKE, name: 'Pie' };
    const { reason, data } = await refusalOf(db(), () =>
      editDish(as(town), { ...key(), itemId, version: 1, dish: late, stock: null }),
    );
    expect([reason, data?.who]).toEqual(['edited_meanwhile', 'Ria Rival']);
    expect((await dishOf(town, itemId)).name).toBe('Cake');
  });

  it('says that a dish was edited when its options are changed by hand', async () => {
    const town = await makeTown(db());
    const types = await told(town, () =>
      db().execute(sql`UPDATE menu_options SET price = 1 WHERE id = ${town.options.extra}`),
    );
    expect(types).toEqual(['menu_item.edited']);
    expect((await dishOf(town, town.dishes.main)).version).toBe(2);
  });

  it('does not count stock over what orders have taken meanwhile', async () => {
    const town = await makeTown(db());
    const itemId = town.dishes.side;
    await db().update(menuItems).set({ stock: 9 }).where(eq(menuItems.id, itemId));
    const recount = { seen: 10, to: 30 };
    const edit = { itemId, version: 1, dish: CAKE };
    expect(
      await reasonOf(db(), () => editDish(as(town), { ...key(), ...edit, stock: recount })),
    ).toBe('stock_moved');
    expect(await dishOf(town, itemId)).toMatchObject({ name: 'Side', stock: 9, version: 1 });
    await editDish(as(town), { ...key(), ...edit, stock: { seen: 9, to: 30 } });
    expect(await dishOf(town, itemId)).toMatchObject({ name: 'Cake', stock: 30 });
  });

  it('is put in order by relative moves, told once each', async () => {
    const town = await makeTown(db());
    const { id: sectionId } = await sectionOf(town);
    const { main, side } = town.dishes;
    expect(
      await told(town, () =>
        moveDish(as(town), { ...key(), itemId: side, sectionId, before: main }),
      ),
    ).toEqual(['menu.arranged']);
    expect(await namesOf(town)).toEqual(['All: Side,Main']);
    const { restaurantId } = town;
    const sweets = await addSection(as(town), { ...key(), restaurantId, name: 'Sweets' });
    await moveSection(as(town), { ...key(), sectionId: sweets.sectionId, before: sectionId });
    await moveDish(as(town), {
      ...{ ...key(), itemId: main, sectionId: sweets.sectionId, before: null },
    });
    expect(await namesOf(town)).toEqual(['Sweets: Main', 'All: Side']);
    expect(
      await reasonOf(db(), () =>
        moveDish(as(town), { ...key(), itemId: side, sectionId, before: main }),
      ),
    ).toBe('menu_moved');
  });

  it('lets a dish go and come back, while an order keeps it', async () => {
    const town = await makeTown(db());
    const itemId = town.dishes.side;
    const line = { itemId, quantity: 2, optionIds: [], note: '' };
    const orderId = await placeTestOrder(db(), town, { lines: [line] });
    const search = async () => {
      const found = await findNearbyRestaurants(
        as(town),
        NearbyInput.parse({ ...town.centre, q: 'Side' }),
      );
      return found.places.length;
    };
    expect(await search()).toBe(1);
    const gone = await told(town, () => removeDish(as(town), { ...key(), itemId, version: 1 }));
    expect(gone).toEqual(['menu_item.removed']);
    expect(await namesOf(town)).toEqual(['All: Main']);
    expect(await search()).toBe(0);
    const lines = await db().select().from(orderLines).where(eq(orderLines.orderId, orderId));
    expect(lines).toMatchObject([{ name: 'Side', quantity: 2 }]);
    const order = orderOf(town, { lines: [line] });
    expect(await reasonOf(db(), () => placeTestOrder(db(), town, order))).toBe('item_not_on_menu');
    expect(await reasonOf(db(), () => removeDish(as(town), { ...key(), itemId, version: 2 }))).toBe(
      'edited_meanwhile',
    );
    await restoreDish(as(town), { ...key(), itemId });
    expect(await namesOf(town)).toEqual(['All: Main,Side']);
  });

  it('lets a section go with its dishes, and brings it back with one of them', async () => {
    const town = await makeTown(db());
    const { id: sectionId } = await sectionOf(town);
    await renameSection(as(town), { ...key(), sectionId, version: 1, name: 'Everything' });
    expect(
      await reasonOf(db(), () => removeSection(as(town), { ...key(), sectionId, version: 1 })),
    ).toBe('edited_meanwhile');
    await removeSection(as(town), { ...key(), sectionId, version: 2 });
    expect(await namesOf(town)).toEqual([]);
    const { removed } = await getRestaurantDesk(as(town), { restaurantId: town.restaurantId });
    expect(removed.map(({ name }) => name).sort()).toEqual(['Main', 'Side']);
    await restoreDish(as(town), { ...key(), itemId: town.dishes.main });
    expect(await namesOf(town)).toEqual(['Everything: Main']);
  });

  it('is edited by admins alone', async () => {
    const town = await makeTown(db());
    for (const viewer of [town.customer, await makeUser(db(), 'driver', 'Dee')]) {
      const ctx = contextOf(db(), viewer);
      const itemId = town.dishes.main;
      expect(await reasonOf(db(), () => removeDish(ctx, { ...key(), itemId, version: 1 }))).toBe(
        'role_not_allowed',
      );
      expect(
        await reasonOf(db(), () => getRestaurantDesk(ctx, { restaurantId: town.restaurantId })),
      ).toBe('role_not_allowed');
    }
  });
});

describe('an imported menu', () => {
  const CSV = 'section,dish,price\nAll,Main,11.00\nSweets,Cake,3.50\nAll,Side,free\n';

  it('is what the preview showed, line by line', async () => {
    const town = await makeTown(db());
    const file = { restaurantId: town.restaurantId, format: 'csv' as const, text: CSV };
    const preview = await previewMenuImport(as(town), file);
    if (preview.kind !== 'plan') throw new Error(preview.problem.code);
    expect(preview.lines.map(({ outcome }) => outcome)).toEqual(['changed', 'created', 'refused']);
    expect(await namesOf(town)).toEqual(['All: Main,Side']);
    const { fingerprint } = preview;
    expect(await importMenu(as(town), { ...key(), ...file, fingerprint })).toEqual({
      ...{ created: 1, changed: 1 },
    });
    expect(await namesOf(town)).toEqual(['All: Main,Side', 'Sweets: Cake']);
    const main = await dishOf(town, town.dishes.main);
    expect(main.price).toBe(1_100);
    expect(main.optionGroups).toHaveLength(2);
    expect(
      await reasonOf(db(), () => importMenu(as(town), { ...key(), ...file, fingerprint })),
    ).toBe('menu_changed');
  });

  it('is refused when the menu has changed since, and changes nothing', async () => {
    const town = await makeTown(db());
    const file = { restaurantId: town.restaurantId, format: 'csv' as const, text: CSV };
    const preview = await previewMenuImport(as(town), file);
    if (preview.kind !== 'plan') throw new Error(preview.problem.code);
    await editDish(as(town), {
      ...{ ...key(), itemId: town.dishes.side, version: 1, dish: CAKE, stock: null },
    });
    const { fingerprint } = preview;
    expect(
      await reasonOf(db(), () => importMenu(as(town), { ...key(), ...file, fingerprint })),
    ).toBe('menu_changed');
    expect(await namesOf(town)).toEqual(['All: Main,Cake']);
  });

  it('moves a dish by its id to the end of another section', async () => {
    const town = await makeTown(db());
    const text = `id,section,dish,price\n,New,Cake,3\n${town.dishes.main},New,Main,\n`;
    const file = { restaurantId: town.restaurantId, format: 'csv' as const, text };
    const preview = await previewMenuImport(as(town), file);
    if (preview.kind !== 'plan') throw new Error(preview.problem.code);
    await importMenu(as(town), { ...key(), ...file, fingerprint: preview.fingerprint });
    expect(await namesOf(town)).toEqual(['All: Side', 'New: Cake,Main']);
  });

  it('is one change, of which a broken line is no part: a fault takes all of it back', async () => {
    const town = await makeTown(db());
    const file = { restaurantId: town.restaurantId, format: 'csv' as const, text: CSV };
    const preview = await previewMenuImport(as(town), file);
    if (preview.kind !== 'plan') throw new Error(preview.problem.code);
    await db().execute(
      sql.raw(`ALTER TABLE menu_items ADD CONSTRAINT no_cake
      CHECK (name <> 'Cake' OR restaurant_id <> '${town.restaurantId}')`),
    );
    const { fingerprint } = preview;
    await expect(importMenu(as(town), { ...key(), ...file, fingerprint })).rejects.toThrow();
    expect((await dishOf(town, town.dishes.main)).price).toBe(1_000);
    await db().execute(sql`ALTER TABLE menu_items DROP CONSTRAINT no_cake`);
  });

  it.each(MENU_FORMATS)('comes back from an export as %s without a change', async (format) => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const { text, fileName } = await exportMenu(as(town), { restaurantId, format });
    expect(fileName).toBe(`${town.slug}-menu.${format}`);
    const preview = await previewMenuImport(as(town), { restaurantId, format, text });
    if (preview.kind !== 'plan') throw new Error(preview.problem.code);
    expect(preview.lines.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    const restaurant = ensured(await findRestaurant(db(), { id: restaurantId }), 'it');
    expect(restaurant.version).toBe(1);
  });

  it('is refused for a restaurant that is not there', async () => {
    const town = await makeTown(db());
    const file = { restaurantId: uuidv7(), format: 'csv' as const, text: CSV };
    expect(await reasonOf(db(), () => previewMenuImport(as(town), file))).toBe(
      'restaurant_not_found',
    );
  });
});
