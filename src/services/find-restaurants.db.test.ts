import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { menuItems, menuSections, restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { pauseRestaurant, setSoldOut } from './change-restaurant';
import {
  findNearbyRestaurants,
  getRestaurant,
  listRestaurants,
  NearbyInput,
} from './find-restaurants';
import { contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const guest = () => contextOf(db(), 'guest');

type Extra = Partial<typeof restaurants.$inferInsert> & { meters: number; dish?: string };

/** Another restaurant so many metres east of the town's own. */
async function addRestaurant(town: Town, { meters, dish, ...change }: Extra): Promise<string> {
  const [like] = await db().select().from(restaurants).where(eq(restaurants.id, town.restaurantId));
  if (!like) throw new Error('expected the town’s restaurant');
  const id = uuidv7();
  const location = destinationPoint(town.centre, 90, meters);
  await db()
    .insert(restaurants)
    .values({ ...like, id, slug: id, location, ...change });
  if (dish) {
    const sectionId = uuidv7();
    const inside = { restaurantId: id, position: 0 };
    await db()
      .insert(menuSections)
      .values({ ...inside, id: sectionId, name: 'All' });
    await db()
      .insert(menuItems)
      .values({ ...inside, sectionId, name: dish, price: 900 });
  }
  return id;
}

const find = async (town: Town, change: Partial<NearbyInputOf> = {}) => {
  const found = await findNearbyRestaurants(
    guest(),
    NearbyInput.parse({ ...town.centre, ...change }),
  );
  return found.map(({ restaurant }) => restaurant.name);
};
type NearbyInputOf = Parameters<typeof findNearbyRestaurants>[1];

describe('restaurants near a point', () => {
  it('come nearest first, with distance, fee and time to wait', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 3_000, name: 'Third' });
    await addRestaurant(town, { meters: 1_000, name: 'Second' });
    expect(await find(town)).toEqual(['Test Kitchen', 'Second', 'Third']);
    const [own, second, third] = await findNearbyRestaurants(guest(), {
      ...town.centre,
      sort: 'nearest',
    });
    expect(own?.distanceM).toBe(0);
    expect(second?.distanceM).toBeCloseTo(1_000, -1);
    expect(third?.deliveryFee).toBe(400);
    expect(third?.etaMinutes.to).toBeGreaterThan(second?.etaMinutes.to ?? Number.NaN);
  });

  it('are those that deliver there: each by its own radius, to the metre', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 1_500, name: 'Wide', deliveryRadiusM: 1_520 });
    await addRestaurant(town, { meters: 1_500, name: 'Narrow', deliveryRadiusM: 1_480 });
    await addRestaurant(town, { meters: 30_000, name: 'Far', deliveryRadiusM: 100_000 });
    expect((await find(town)).sort()).toEqual(['Test Kitchen', 'Wide']);
  });

  it('that are closed come last, or not at all', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 2_000, name: 'Open' });
    await pauseRestaurant(contextOf(db(), town.admin), {
      ...key(),
      restaurantId: town.restaurantId,
      minutes: 30,
    });
    expect(await find(town)).toEqual(['Open', 'Test Kitchen']);
    expect(await find(town, { openOnly: true })).toEqual(['Open']);
    const all = await findNearbyRestaurants(guest(), { ...town.centre, sort: 'nearest' });
    expect(all[1]).toMatchObject({ open: false });
    expect(Date.parse(all[1]?.opensAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('can be ordered by time and by rating', async () => {
    const town = await makeTown(db(), { prepMinutes: 60 });
    await addRestaurant(town, { meters: 1_000, name: 'Quick', prepMinutes: 10, rating: '3.0' });
    await addRestaurant(town, { meters: 2_000, name: 'Loved', prepMinutes: 30, rating: '4.9' });
    expect(await find(town, { sort: 'fastest' })).toEqual(['Quick', 'Loved', 'Test Kitchen']);
    expect(await find(town, { sort: 'rating' })).toEqual(['Loved', 'Quick', 'Test Kitchen']);
  });

  it.each<[string, string[]]>([
    ['green', ['Green 100% Leaf']],
    ['GREEN', ['Green 100% Leaf']],
    ['ramen', ['Noodle_Bar']],
    ['salads', ['Green 100% Leaf']],
    ['%', ['Green 100% Leaf']],
    ['0% l', ['Green 100% Leaf']],
    ['_', ['Noodle_Bar']],
    ['e_b', ['Noodle_Bar']],
    ['\\', ['Back\\slash']],
    ['100_', []],
    ["'", ["Joe's"]],
    ["'; DROP TABLE restaurants; --", []],
    ["%' OR '1'='1", []],
    ['', ['Back\\slash', 'Green 100% Leaf', "Joe's", 'Noodle_Bar', 'Test Kitchen']],
    ['   ', ['Back\\slash', 'Green 100% Leaf', "Joe's", 'Noodle_Bar', 'Test Kitchen']],
  ])('with “%s” in name, cuisine or a dish: %j', async (q, names) => {
    const town = await makeTown(db());
    const about = { meters: 100, description: '' };
    await addRestaurant(town, { ...about, name: 'Green 100% Leaf', cuisine: 'Salads' });
    await addRestaurant(town, { ...about, name: 'Noodle_Bar', dish: 'Shoyu Ramen' });
    await addRestaurant(town, { ...about, name: 'Back\\slash' });
    await addRestaurant(town, { ...about, name: "Joe's" });
    expect((await find(town, { q })).sort()).toEqual(names);
  });

  it('of one cuisine, exactly', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 100, name: 'Sushi Go', cuisine: 'Sushi' });
    expect(await find(town, { cuisine: 'Sushi' })).toEqual(['Sushi Go']);
    expect(await find(town, { cuisine: "Sushi' OR true --" })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['off the map', { lat: 91 }],
    ['nowhere', { lat: Number.NaN }],
    ['given as text', { lat: '38' }],
    ['looked for with what can’t be stored', { q: 'a\0b' }],
    ['sorted by what there is not', { sort: 'price' }],
  ])('%s are not looked for', (_, change) => {
    const good = { lat: 0, lng: 0 };
    expect(NearbyInput.safeParse(good).success).toBe(true);
    expect(NearbyInput.safeParse({ ...good, ...change }).success).toBe(false);
  });
});

describe('a restaurant', () => {
  it('is shown with its menu in order, and what it means for a point', async () => {
    const town = await makeTown(db());
    const page = await getRestaurant(guest(), {
      slug: town.slug,
      at: destinationPoint(town.centre, 0, 1_500),
    });
    expect(page).toMatchObject({ open: true, opensAt: null });
    expect(page.nearby?.distanceM).toBeCloseTo(1_500, -1);
    const [section] = page.menu;
    expect(section?.items.map(({ name, price }) => [name, price])).toEqual([
      ['Main', 1_000],
      ['Side', 500],
    ]);
    const groups = section?.items[0]?.optionGroups ?? [];
    expect(groups.map(({ name, min, max }) => [name, min, max])).toEqual([
      ['Size', 1, 1],
      ['Extras', 0, 1],
    ]);
    expect(groups[0]?.options.map(({ name }) => name)).toEqual(['Regular', 'Large']);
  });

  it('is paused for a while, and opened again', async () => {
    const town = await makeTown(db());
    const admin = contextOf(db(), town.admin);
    const pause = (minutes: number | null) =>
      pauseRestaurant(admin, { ...key(), restaurantId: town.restaurantId, minutes });
    const { pausedUntil } = await pause(20);
    const listed = async () =>
      (await listRestaurants(admin)).find(({ restaurant }) => restaurant.id === town.restaurantId);
    expect(await listed()).toMatchObject({ open: false });
    expect((await getRestaurant(guest(), { slug: town.slug })).opensAt).toBe(pausedUntil);
    await pause(null);
    expect(await listed()).toMatchObject({ open: true });
  });

  it('takes a dish off the menu until it is back', async () => {
    const town = await makeTown(db());
    const admin = contextOf(db(), town.admin);
    const soldOut = async () => {
      const { menu } = await getRestaurant(guest(), { slug: town.slug });
      return menu[0]?.items.map((item) => item.soldOut);
    };
    await setSoldOut(admin, { ...key(), itemId: town.dishes.side, soldOut: true });
    expect(await soldOut()).toEqual([false, true]);
    await setSoldOut(admin, { ...key(), itemId: town.dishes.side, soldOut: false });
    expect(await soldOut()).toEqual([false, false]);
  });
});
