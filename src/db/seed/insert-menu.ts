import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '@/db/client';
import { menuItems, menuOptionGroups, menuOptions, menuSections } from '@/db/schema';
import { DISH_ALLERGENS } from './allergens';
import { OPTION_GROUPS, type SectionSeed } from './menus';
import type { ShopSeed } from './shops';

const BATCH = 500;

type Rows = {
  sections: (typeof menuSections.$inferInsert)[];
  items: (typeof menuItems.$inferInsert)[];
  groups: (typeof menuOptionGroups.$inferInsert)[];
  options: (typeof menuOptions.$inferInsert)[];
};

async function insertRows(tx: Transaction, rows: Rows): Promise<void> {
  await tx.insert(menuSections).values(rows.sections);
  await tx.insert(menuItems).values(rows.items);
  if (rows.groups.length > 0) await tx.insert(menuOptionGroups).values(rows.groups);
  for (let at = 0; at < rows.options.length; at += BATCH) {
    await tx.insert(menuOptions).values(rows.options.slice(at, at + BATCH));
  }
}

const placeOf = (section: number, item: number): number => section * 100 + item;

/** The same dish costs a little more here, a little less there. */
const priceHere = (price: number, random: () => number): number =>
  Math.round((price * (0.94 + random() * 0.14)) / 10) * 10;

export async function insertMenu(
  tx: Transaction,
  restaurantId: string,
  menu: readonly SectionSeed[],
  random: () => number,
): Promise<void> {
  const rows: Rows = { sections: [], items: [], groups: [], options: [] };
  for (const [sectionPosition, section] of menu.entries()) {
    const sectionId = uuidv7();
    rows.sections.push({
      id: sectionId,
      restaurantId,
      name: section.name,
      position: sectionPosition,
    });
    for (const [itemPosition, dish] of section.dishes.entries()) {
      const itemId = uuidv7();
      rows.items.push({
        id: itemId,
        restaurantId,
        sectionId,
        name: dish.name,
        description: dish.description,
        price: priceHere(dish.price, random),
        soldOut: random() < 0.02,
        allergens: [...(DISH_ALLERGENS[dish.name] ?? [])],
        position: placeOf(sectionPosition, itemPosition),
      });
      for (const [groupPosition, key] of (dish.options ?? []).entries()) {
        const { name, min, max, options } = OPTION_GROUPS[key];
        const groupId = uuidv7();
        rows.groups.push({ id: groupId, itemId, name, min, max, position: groupPosition });
        for (const [position, [optionName, price]] of options.entries()) {
          rows.options.push({ groupId, name: optionName, price, position });
        }
      }
    }
  }
  await insertRows(tx, rows);
}

/** So few are the same everywhere: a customer sees that they run out. */
const SCARCE = 5;

export async function insertProducts(
  tx: Transaction,
  restaurantId: string,
  shelves: ShopSeed['shelves'],
  random: () => number,
): Promise<void> {
  const rows: Rows = { sections: [], items: [], groups: [], options: [] };
  for (const [sectionPosition, shelf] of shelves.entries()) {
    const sectionId = uuidv7();
    rows.sections.push({
      id: sectionId,
      restaurantId,
      name: shelf.name,
      position: sectionPosition,
    });
    for (const [itemPosition, product] of shelf.products.entries()) {
      const { name, unit, price, stock, allergens } = product;
      rows.items.push({
        restaurantId,
        sectionId,
        name,
        unit,
        price: Math.round(price * (0.96 + random() * 0.1)),
        stock: stock > SCARCE ? Math.round(stock * (0.6 + random() * 0.8)) : stock,
        allergens: [...allergens],
        position: placeOf(sectionPosition, itemPosition),
      });
    }
  }
  await insertRows(tx, rows);
}
