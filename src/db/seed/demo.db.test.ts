import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { knownAddresses, menuItems, restaurantStaff, restaurants, users, zones } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { DEMO_KITCHEN } from '@/domain/demo';
import { findNearbyRestaurants, listCuisines, NearbyInput } from '@/services/find-restaurants';
import { contextOf } from '@/services/testing';
import { loadCity } from '@/simulation/city';
import { DISH_ALLERGENS } from './allergens';
import { seedDemo } from './demo';
import { MENUS } from './menus';

const database = testDatabase();
const db = () => database.connection.db;
const oldTown = { lat: 37.891095, lng: -29.605547 };
const near = (input: Partial<NearbyInput>) =>
  findNearbyRestaurants(
    contextOf(db(), 'guest'),
    NearbyInput.parse({ ...oldTown, limit: 50, ...input }),
  );

const seed = () => seedDemo(database.url, { ...loadCity(), hashPassword: async () => 'none' });

beforeAll(async () => {
  expect(await seed()).toBe(true);
  expect(await seed()).toBe(false);
});

describe('the demo city', () => {
  it('that is older than one of its sign-ins gets it, and its kitchen', async () => {
    const cook = eq(users.email, 'kitchen@hotfoot.test');
    const ties = () =>
      db()
        .select({ name: restaurants.name })
        .from(users)
        .innerJoin(restaurantStaff, eq(restaurantStaff.userId, users.id))
        .innerJoin(restaurants, eq(restaurants.id, restaurantStaff.restaurantId))
        .where(cook);
    expect(await ties()).toEqual([{ name: DEMO_KITCHEN }]);
    await db().delete(users).where(cook);
    expect(await seed()).toBe(false);
    expect(await ties()).toEqual([{ name: DEMO_KITCHEN }]);
  });

  it('has kitchens and shops, and both deliver to the old town', async () => {
    const { places } = await near({});
    const kinds = new Set(places.map(({ restaurant }) => restaurant.kind));
    expect(kinds).toEqual(new Set(['restaurant', 'grocery', 'pharmacy']));
    const cuisines = await listCuisines(contextOf(db(), 'guest'), oldTown);
    expect(cuisines.length).toBeGreaterThan(10);
  });

  it('can be searched, with slips', async () => {
    for (const [typed, found] of [
      ['margerita', 'Margherita'],
      ['suhsi', 'Salmon poke'],
      ['paracetmol', 'Paracetamol 500 mg'],
      ['tacos', 'Al pastor'],
    ] as const) {
      const { places } = await near({ q: typed });
      const dishes = places.flatMap((place) => place.dishes.map(({ name }) => name));
      expect(dishes, typed).toContain(found);
    }
  });

  it('has products with units, counted; some are few, one is gone', async () => {
    const products = await db().select().from(menuItems).where(sql`stock IS NOT NULL`);
    expect(products.length).toBeGreaterThan(80);
    expect(products.every(({ unit }) => unit !== '')).toBe(true);
    expect(products.some(({ stock }) => stock !== null && stock > 0 && stock <= 3)).toBe(true);
    expect(products.filter(({ stock }) => stock === 0).every(({ soldOut }) => soldOut)).toBe(true);
  });

  it('has a kitchen with a drawn area, kitchens with room for few orders, and taxes', async () => {
    const all = await db().select().from(restaurants);
    expect(all.filter(({ deliveryArea }) => deliveryArea !== null)).toHaveLength(1);
    expect(all.filter(({ slotCapacity }) => slotCapacity > 0)).toHaveLength(3);
    expect(new Set(all.map(({ taxBp }) => taxBp))).toEqual(new Set([1_300, 600]));
  });

  it('has a district where deliveries cost more, and all its doors', async () => {
    const [far] = await db().select().from(zones).where(eq(zones.slug, 'gannet-point'));
    expect(far?.deliverySurcharge).toBe(120);
    const doors = await db().select({ id: knownAddresses.id }).from(knownAddresses);
    expect(doors).toHaveLength(loadCity().addresses.length);
  });

  it('says allergens of dishes that there are', () => {
    const dishes = Object.values(MENUS).flatMap((menu) =>
      menu.flatMap((section) => section.dishes.map(({ name }): string => name)),
    );
    expect(Object.keys(DISH_ALLERGENS).filter((name) => !dishes.includes(name))).toEqual([]);
  });
});
