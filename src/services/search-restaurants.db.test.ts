import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { menuItems, menuSections, restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { findNearbyRestaurants, NearbyInput } from './find-restaurants';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Made = {
  name: string;
  cuisine?: string;
  dishes?: [name: string, description?: string][];
  meters?: number;
};

async function add(town: Town, { name, cuisine = 'Various', dishes = [], meters = 500 }: Made) {
  const [like] = await db().select().from(restaurants).where(eq(restaurants.id, town.restaurantId));
  if (!like) throw new Error('expected the town’s restaurant');
  const id = uuidv7();
  const sectionId = uuidv7();
  const location = destinationPoint(town.centre, 90, meters);
  await db()
    .insert(restaurants)
    .values({ ...like, id, slug: id, location, name, cuisine });
  await db()
    .insert(menuSections)
    .values({ id: sectionId, restaurantId: id, name: 'All', position: 0 });
  if (dishes.length > 0) {
    await db()
      .insert(menuItems)
      .values(
        dishes.map(([dish, description = ''], position) => ({
          restaurantId: id,
          sectionId,
          name: dish,
          description,
          price: 900,
          position,
        })),
      );
  }
  return id;
}

const search = (town: Town, q: string, change: Partial<NearbyInput> = {}) =>
  findNearbyRestaurants(
    contextOf(db(), 'guest'),
    NearbyInput.parse({ ...town.centre, q, ...change }),
  );

const names = async (town: Town, q: string, change: Partial<NearbyInput> = {}) =>
  (await search(town, q, change)).places.map(({ restaurant }) => restaurant.name);

describe('in one town', () => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(db());
    await db()
      .update(restaurants)
      .set({ name: 'Own Kitchen', cuisine: 'Home cooking' })
      .where(eq(restaurants.id, town.restaurantId));
    await add(town, {
      name: 'Brick & Basil',
      cuisine: 'Pizza',
      dishes: [['Margherita', 'Tomato, fior di latte'], ['Marinara'], ['Crème brûlée']],
    });
    await add(town, {
      name: 'Koi House',
      cuisine: 'Japanese',
      meters: 400,
      dishes: [['Salmon sushi'], ['Spicy tuna roll'], ['Spicy pork bowl'], ['Sushi platter']],
    });
    await add(town, { name: 'Sushi Belfry', cuisine: 'Asian', meters: 900 });
    await add(town, { name: 'Little Osaka', cuisine: 'Sushi', meters: 300 });
    await add(town, { name: 'Casa Maíz', cuisine: 'Mexican', dishes: [['Jalapeño taco']] });
    await add(town, { name: 'Joe’s 100%', cuisine: 'Burgers', dishes: [['Double stack']] });
    await add(town, { name: 'مطعم الأرز', cuisine: 'لبناني', dishes: [['حُمُّص', 'طحينة']] });
    await add(town, { name: 'Far Sushi', cuisine: 'Sushi', meters: 5_100 });
  });

  it.each<[string, string, string[]]>([
    ['a name', 'koi house', ['Koi House']],
    ['a beginning, as it is typed', 'marg', ['Brick & Basil']],
    ['other letters', 'KOI HOUSE', ['Koi House']],
    ['no accents', 'creme brulee', ['Brick & Basil']],
    ['accents where there are none', 'márinàra', ['Brick & Basil']],
    ['letters that stand for others', 'maiz', ['Casa Maíz']],
    ['words of a description', 'fior latte', ['Brick & Basil']],
    ['words of name and dish', 'koi tuna', ['Koi House']],
    ['a left out letter', 'margerita', ['Brick & Basil']],
    ['two swapped letters', 'suhsi', ['Sushi Belfry', 'Little Osaka', 'Koi House']],
    ['a moved letter', 'shusi', ['Sushi Belfry', 'Little Osaka', 'Koi House']],
    ['a wrong letter', 'jalapemo', ['Casa Maíz']],
    ['a doubled letter', 'mexxican', ['Casa Maíz']],
    ['two slips in a long word', 'margharitta', ['Brick & Basil']],
    ['a slip in one of two words', 'spicy tnua', ['Koi House']],
    ['a word that nobody knows beside others', 'zzyzx sushi platter', ['Koi House']],
    ['no apostrophe', 'joes', ['Joe’s 100%']],
    ['a plain apostrophe', "joe's", ['Joe’s 100%']],
    ['numbers', '100', ['Joe’s 100%']],
    ['Arabic without vowels', 'حمص', ['مطعم الأرز']],
    ['Arabic with another alef', 'الارز', ['مطعم الأرز']],
    ['Arabic with a slip', 'لبانني', ['مطعم الأرز']],
    ['nothing that is known', 'zzyzx', []],
    ['only signs', '%', []],
    ['an attack', "'; DROP TABLE restaurants; --", []],
    [
      'the signs of the search itself',
      "sushi:* & | ! <-> ('",
      ['Sushi Belfry', 'Little Osaka', 'Koi House'],
    ],
    ['two letters beside a word', 'sushi be', ['Sushi Belfry']],
    ['a backslash', '\\sushi\\ \\platter\\', ['Koi House']],
    ['too far away', 'far sushi', []],
  ])('%s finds: %s', async (_, q, expected) => {
    expect(await names(town, q)).toEqual(expected);
  });

  it('a name comes before a cuisine, a cuisine before a dish, and the dishes are named', async () => {
    const { places, corrected } = await search(town, 'sushi');
    expect(
      places.map(({ restaurant, dishes }) => [restaurant.name, dishes.map(({ name }) => name)]),
    ).toEqual([
      ['Sushi Belfry', []],
      ['Little Osaka', []],
      ['Koi House', ['Salmon sushi', 'Sushi platter']],
    ]);
    expect(corrected).toEqual([]);
  });

  it('of dishes, those with all the words are named, if there are any', async () => {
    const named = async (q: string) =>
      (await search(town, q)).places.map(({ dishes }) => dishes.map(({ name }) => name));
    expect(await named('spicy tuna')).toEqual([['Spicy tuna roll']]);
    expect(await named('spicy sushi')).toEqual([
      expect.arrayContaining(['Spicy tuna roll', 'Spicy pork bowl']),
    ]);
  });

  it('says what was looked for instead', async () => {
    const { corrected } = await search(town, 'suhsi');
    expect(corrected).toEqual([{ typed: 'suhsi', read: ['sushi'] }]);
  });

  it('can be ordered otherwise, and narrowed down', async () => {
    expect(await names(town, 'sushi', { sort: 'nearest' })).toEqual([
      'Little Osaka',
      'Koi House',
      'Sushi Belfry',
    ]);
    expect(await names(town, 'sushi', { cuisine: 'Japanese' })).toEqual(['Koi House']);
    expect(await names(town, 'sushi', { kind: 'grocery' })).toEqual([]);
  });
});

describe('what is found', () => {
  it('follows the menu: new dishes, other names, dishes that are gone', async () => {
    const town = await makeTown(db());
    const id = await add(town, { name: 'Changing', dishes: [['Tagliatelle']] });
    expect(await names(town, 'tagliatelle')).toEqual(['Changing']);
    await db().update(menuItems).set({ name: 'Pappardelle' }).where(eq(menuItems.restaurantId, id));
    expect(await names(town, 'tagliatelle')).toEqual([]);
    expect(await names(town, 'papardele')).toEqual(['Changing']);
    await db().delete(menuItems).where(eq(menuItems.restaurantId, id));
    expect(await names(town, 'pappardelle')).toEqual([]);
    await db().update(restaurants).set({ name: 'Stracciatella' }).where(eq(restaurants.id, id));
    expect(await names(town, 'straciatela')).toEqual(['Stracciatella']);
    await db().delete(restaurants).where(eq(restaurants.id, id));
    expect(await names(town, 'stracciatella')).toEqual([]);
  });

  it('follows the restaurant’s place and area', async () => {
    const town = await makeTown(db());
    const id = await add(town, { name: 'Wanderer' });
    await db()
      .update(restaurants)
      .set({ location: destinationPoint(town.centre, 0, 6_000) })
      .where(eq(restaurants.id, id));
    expect(await names(town, 'wanderer')).toEqual([]);
    await db().update(restaurants).set({ deliveryRadiusM: 6_100 }).where(eq(restaurants.id, id));
    expect(await names(town, 'wanderer')).toEqual(['Wanderer']);
  });

  it('is what was typed where that is known, but here only what is near', async () => {
    const here = await makeTown(db());
    const there = await makeTown(db());
    await add(here, { name: 'Ramen Bar' });
    await add(there, { name: 'Raman Spectroscopy' });
    expect(await names(there, 'raman')).toEqual(['Raman Spectroscopy']);
    const found = await search(here, 'raman');
    expect(found.places.map(({ restaurant }) => restaurant.name)).toEqual(['Ramen Bar']);
    expect(found.corrected).toEqual([{ typed: 'raman', read: expect.arrayContaining(['ramen']) }]);
  });

  it('shows a closed place by its name first, other closed ones last', async () => {
    const town = await makeTown(db());
    const closed = await add(town, { name: 'Udon Hall', meters: 100 });
    const alsoClosed = await add(town, { name: 'B', dishes: [['Udon soup']], meters: 100 });
    await add(town, { name: 'C', dishes: [['Udon salad']], meters: 900 });
    for (const id of [closed, alsoClosed]) {
      await db()
        .update(restaurants)
        .set({ pausedUntil: new Date(Date.now() + 3_600_000) })
        .where(eq(restaurants.id, id));
    }
    expect(await names(town, 'udon')).toEqual(['Udon Hall', 'C', 'B']);
    expect(await names(town, 'udon', { openOnly: true })).toEqual(['C']);
  });

  it('is not forgotten when two menus of one restaurant change at once', async () => {
    const town = await makeTown(db());
    const id = await add(town, { name: 'Busy', dishes: [['First']] });
    const [section] = await db()
      .select()
      .from(menuSections)
      .where(eq(menuSections.restaurantId, id));
    if (!section) throw new Error('expected a section');
    const words = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot', 'Golf', 'Hotel'];
    await Promise.all(
      words.map((name, position) =>
        db()
          .insert(menuItems)
          .values({ restaurantId: id, sectionId: section.id, name, price: 1, position }),
      ),
    );
    for (const word of words) expect(await names(town, word), word).toEqual(['Busy']);
  });

  it('costs no event: only what screens show does', async () => {
    const town = await makeTown(db());
    const count = async () =>
      (await db().execute(sql`SELECT FROM events WHERE stream_id = ${town.restaurantId}`)).length;
    const before = await count();
    await db()
      .update(menuItems)
      .set({ description: 'New words' })
      .where(eq(menuItems.id, town.dishes.main));
    expect(await count()).toBe(before + 1);
  });
});
