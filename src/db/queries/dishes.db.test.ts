import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { menuItems, restaurants } from '@/db/schema';
import { seedDemo } from '@/db/seed/demo';
import { testDatabase } from '@/db/testing/test-database';
import { ensured } from '@/domain/errors';
import type { PricedDish } from '@/domain/pricing';
import { loadCity } from '@/simulation/city';
import { readDishes, readMenu } from './restaurants';

const database = testDatabase();
const db = () => database.connection.db;

beforeAll(async () => {
  await seedDemo(database.url, { ...loadCity(), hashPassword: async () => 'none' });
});

const byId = (dishes: readonly PricedDish[]) =>
  dishes
    .map(({ id, name, price, soldOut, stock, optionGroups }) => ({
      ...{ id, name, price, soldOut, stock, optionGroups },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const menuOf = async (restaurantId: string) =>
  (await readMenu(db(), restaurantId)).flatMap(({ items }) => items);

describe('the dishes of an order', () => {
  it('are those of the menu, whichever are asked for', async () => {
    const places = await db().select({ id: restaurants.id }).from(restaurants);
    let withOptions = 0;
    for (const { id } of places) {
      const menu = await menuOf(id);
      const dishes = await readDishes(
        db(),
        id,
        menu.map((item) => item.id),
      );
      expect(byId(dishes)).toEqual(byId(menu));
      withOptions += dishes.filter(({ optionGroups }) => optionGroups.length > 0).length;
    }
    expect(withOptions).toBeGreaterThan(0);
  });

  it('are no others than were asked for, of no other restaurant, and none that was put away', async () => {
    const [here, elsewhere] = await db().select({ id: restaurants.id }).from(restaurants).limit(2);
    const { id } = ensured(here, 'a restaurant');
    const [first, second] = await menuOf(id);
    const wanted = [ensured(first, 'a dish').id, ensured(second, 'another dish').id];
    const read = async (of: string, ids: string[]) =>
      (await readDishes(db(), of, ids)).map((dish) => dish.id).sort();
    expect(await read(id, wanted)).toEqual([...wanted].sort());
    expect(await read(ensured(elsewhere, 'another restaurant').id, wanted)).toEqual([]);
    const [gone = '', left = ''] = wanted;
    await db().update(menuItems).set({ archivedAt: new Date() }).where(eq(menuItems.id, gone));
    expect(await read(id, wanted)).toEqual([left]);
  });
});
