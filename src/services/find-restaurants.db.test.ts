import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { menuItems, menuSections, restaurants, zones } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { ALWAYS_OPEN } from '@/domain/opening-hours';
import { NEARBY_SORTS } from '@/domain/restaurant';
import { pauseRestaurant, setSoldOut } from './change-restaurant';
import {
  findNearbyRestaurants,
  getRestaurant,
  listCuisines,
  listRestaurants,
  NearbyInput,
} from './find-restaurants';
import { quoteOrder } from './quote-order';
import { cartOf, contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const guest = () => contextOf(db(), 'guest');

type Extra = Partial<typeof restaurants.$inferInsert> & { meters?: number; dishes?: string[] };

/** Another restaurant so many metres east of the town's own. */
async function addRestaurant(town: Town, { meters = 0, dishes, ...change }: Extra) {
  const [like] = await db().select().from(restaurants).where(eq(restaurants.id, town.restaurantId));
  if (!like) throw new Error('expected the town’s restaurant');
  const id = uuidv7();
  const location = destinationPoint(town.centre, 90, meters);
  await db()
    .insert(restaurants)
    .values({ ...like, id, slug: id, location, ...change });
  if (dishes) {
    const sectionId = uuidv7();
    const inside = { restaurantId: id, position: 0 };
    await db()
      .insert(menuSections)
      .values({ ...inside, id: sectionId, name: 'All' });
    await db()
      .insert(menuItems)
      .values(dishes.map((name) => ({ ...inside, sectionId, name, price: 900 })));
  }
  return id;
}

const page = (at: GeoPoint, change: Partial<NearbyInput> = {}) =>
  findNearbyRestaurants(guest(), NearbyInput.parse({ ...at, ...change }));

const find = async (town: Town, change: Partial<NearbyInput> = {}) =>
  (await page(town.centre, change)).places.map(({ restaurant }) => restaurant.name);

describe('restaurants near a point', () => {
  it('come nearest first, with distance, fee and time to wait', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 3_000, name: 'Third' });
    await addRestaurant(town, { meters: 1_000, name: 'Second' });
    expect(await find(town)).toEqual(['Test Kitchen', 'Second', 'Third']);
    const [own, second, third] = (await page(town.centre)).places;
    expect(own?.distanceM).toBe(0);
    expect(second?.distanceM).toBeCloseTo(1_000, -1);
    expect(third?.deliveryFee).toBe(400);
    expect(third?.etaMinutes.to).toBeGreaterThan(second?.etaMinutes.to ?? Number.NaN);
  });

  it('cost more to a door in a zone with a surcharge', async () => {
    const town = await makeTown(db());
    await db().update(zones).set({ deliverySurcharge: 150 }).where(eq(zones.id, town.zoneId));
    const [own] = (await page(town.centre)).places;
    expect(own?.deliveryFee).toBe(350);
    const inside = await getRestaurant(guest(), { slug: town.slug, at: town.centre });
    expect(inside.nearby?.deliveryFee).toBe(350);
    const outside = destinationPoint(town.centre, 0, 200_000);
    const far = await getRestaurant(guest(), { slug: town.slug, at: outside });
    expect(far.nearby?.deliveryFee).toBe(200 + 199 * 100);
  });

  it('that are closed come last, or not at all', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 2_000, name: 'Open' });
    await pauseRestaurant(contextOf(db(), town.admin), {
      ...key(),
      restaurantId: town.restaurantId,
      minutes: 30,
    });
    for (const sort of ['nearest', 'fastest', 'rating', 'fee'] as const) {
      expect(await find(town, { sort })).toEqual(['Open', 'Test Kitchen']);
      expect(await find(town, { sort, openOnly: true })).toEqual(['Open']);
    }
    const [, closed] = (await page(town.centre)).places;
    expect(closed).toMatchObject({ open: false });
    expect(Date.parse(closed?.opensAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('can be ordered by time, by rating and by fee', async () => {
    const town = await makeTown(db(), { prepMinutes: 60 });
    await addRestaurant(town, { meters: 1_000, name: 'Quick', prepMinutes: 10, rating: '3.0' });
    await addRestaurant(town, { meters: 2_000, name: 'Loved', prepMinutes: 30, rating: '4.9' });
    await addRestaurant(town, {
      meters: 3_000,
      name: 'Cheap',
      prepMinutes: 70,
      deliveryFeeBase: 0,
      deliveryFeePerKm: 60,
    });
    expect(await find(town, { sort: 'fastest' })).toEqual([
      'Quick',
      'Loved',
      'Test Kitchen',
      'Cheap',
    ]);
    expect(await find(town, { sort: 'rating' })).toEqual([
      'Loved',
      'Quick',
      'Test Kitchen',
      'Cheap',
    ]);
    expect(await find(town, { sort: 'fee' })).toEqual(['Cheap', 'Test Kitchen', 'Quick', 'Loved']);
  });

  it('are ordered by the very fee and time that they show', async () => {
    const town = await makeTown(db());
    for (let n = 0; n < 30; n += 1) {
      await addRestaurant(town, {
        meters: Math.random() * 4_900,
        prepMinutes: Math.floor(Math.random() * 40),
        deliveryFeeBase: Math.floor(Math.random() * 300),
        deliveryFeePerKm: Math.floor(Math.random() * 150),
      });
    }
    const fees = (await page(town.centre, { sort: 'fee', limit: 50 })).places;
    const shown = fees.map(({ deliveryFee }) => deliveryFee);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    const times = (await page(town.centre, { sort: 'fastest', limit: 50 })).places;
    const minutes = times.map(({ etaMinutes }) => etaMinutes.to);
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
  });

  it('of one cuisine or one kind, exactly', async () => {
    const town = await makeTown(db());
    await addRestaurant(town, { meters: 100, name: 'Sushi Go', cuisine: 'Sushi' });
    await addRestaurant(town, { name: 'Corner', cuisine: 'Supermarket', kind: 'grocery' });
    await addRestaurant(town, { name: 'Pill', cuisine: 'Pharmacy', kind: 'pharmacy' });
    for (const sort of ['nearest', 'rating'] as const) {
      expect(await find(town, { sort, cuisine: 'Sushi' })).toEqual(['Sushi Go']);
      expect(await find(town, { sort, cuisine: "Sushi' OR true --" })).toEqual([]);
      expect(await find(town, { sort, kind: 'grocery' })).toEqual(['Corner']);
      expect(await find(town, { sort, kind: 'pharmacy' })).toEqual(['Pill']);
      expect(await find(town, { sort, kind: 'restaurant' })).toEqual(['Test Kitchen', 'Sushi Go']);
    }
  });

  it.each<[string, Record<string, unknown>]>([
    ['off the map', { lat: 91 }],
    ['nowhere', { lat: Number.NaN }],
    ['infinitely far away', { lng: Number.POSITIVE_INFINITY }],
    ['given as text', { lat: '38' }],
    ['looked for with what can’t be stored', { q: 'a\0b' }],
    ['looked for with a novel', { q: 'x'.repeat(81) }],
    ['sorted by what there is not', { sort: 'price' }],
    ['of no kind', { kind: 'bank' }],
    ['by the thousand', { limit: 1_000 }],
  ])('%s are not looked for', (_, change) => {
    const good = { lat: 0, lng: 0 };
    expect(NearbyInput.safeParse(good).success).toBe(true);
    expect(NearbyInput.safeParse({ ...good, ...change }).success).toBe(false);
  });

  it.each(NEARBY_SORTS)('can be asked for at the poles and on the date line: %s', async (sort) => {
    for (const lat of [90, -90, 0, 89.999_999]) {
      for (const lng of [180, -180, 0]) {
        expect((await page({ lat, lng }, { sort })).next).toBeNull();
        expect(await listCuisines(guest(), { lat, lng })).toEqual([]);
      }
    }
  });
});

describe('pages', () => {
  /** Many restaurants, some under one roof, some closed, some alike in everything. */
  async function crowd() {
    const town = await makeTown(db());
    const [like] = await db()
      .select()
      .from(restaurants)
      .where(eq(restaurants.id, town.restaurantId));
    if (!like) throw new Error('expected the town’s restaurant');
    const rows = Array.from({ length: 44 }, (_, n) => {
      const id = uuidv7();
      return {
        ...like,
        id,
        slug: id,
        name: `Pizza ${n}`,
        location: destinationPoint(town.centre, 45, n < 15 ? 700 : n * 60),
        rating: n % 3 ? '4.5' : null,
        pausedUntil: n % 4 === 0 ? new Date(Date.now() + 3_600_000) : null,
      };
    });
    await db().insert(restaurants).values(rows);
    return { town, ids: [town.restaurantId, ...rows.map(({ id }) => id)] };
  }

  async function walk(
    town: Town,
    input: Partial<NearbyInput>,
    between: (seen: string[]) => Promise<void> = async () => {},
  ) {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { places, next } = await page(town.centre, { ...input, limit: 7, cursor });
      seen.push(...places.map(({ restaurant }) => restaurant.id));
      cursor = next;
      if (cursor) await between(seen);
    } while (cursor);
    return seen;
  }

  it.each([
    { sort: 'nearest' },
    { sort: 'fastest' },
    { sort: 'rating' },
    { sort: 'fee' },
    { q: 'pizza' },
    { q: 'pizza', sort: 'nearest' },
  ] as const)('hold every place once, in the order of the whole list: %o', async (input) => {
    const { town, ids } = await crowd();
    const whole = await page(town.centre, { ...input, limit: 50 });
    expect(whole.next).toBeNull();
    const order = whole.places.map(({ restaurant }) => restaurant.id);
    expect([...order].sort()).toEqual([...ids].sort());
    expect(await walk(town, input)).toEqual(order);
  });

  it.each(['nearest', 'rating'] as const)(
    'stay right while places come and go, open and close: %s',
    async (sort) => {
      const { town, ids } = await crowd();
      const touched = new Set<string>();
      const seen = await walk(town, { sort }, async (before) => {
        const left = ids.slice(1).filter((id) => !before.includes(id) && !touched.has(id));
        const gone = left.at(0);
        const closed = left.at(-1);
        if (!gone || !closed) return;
        touched.add(gone).add(closed);
        touched.add(await addRestaurant(town, { meters: 10, name: 'New' }));
        await db().delete(restaurants).where(eq(restaurants.id, gone));
        await db()
          .update(restaurants)
          .set({ pausedUntil: new Date(Date.now() + 60_000) })
          .where(eq(restaurants.id, closed));
      });
      expect(touched.size).toBeGreaterThan(6);
      expect(new Set(seen).size).toBe(seen.length);
      const untouched = ids.filter((id) => !touched.has(id)).sort();
      expect(seen.filter((id) => !touched.has(id)).sort()).toEqual(untouched);
    },
  );

  it.each([
    'nonsense',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["nearest",1e99,0,0,0,"x"]').toString('base64url'),
    Buffer.from(`["nearest",9e15,0,0,0,"${uuidv7()}"]`).toString('base64url'),
    Buffer.from(`["rating",0,0,0,0,"${uuidv7()}"]`).toString('base64url'),
  ])('do not begin at %s', async (cursor) => {
    const town = await makeTown(db());
    await expect(page(town.centre, { sort: 'nearest', cursor })).rejects.toMatchObject({
      reason: 'cursor_unknown',
    });
  });
});

describe('where a restaurant delivers', () => {
  it('is within its radius, to the millimetre', async () => {
    const town = await makeTown(db());
    for (const bearing of [0, 45, 90, 200]) {
      const at = (meters: number) => destinationPoint(town.centre, bearing, meters);
      expect((await page(at(4_999.999))).places).toHaveLength(1);
      expect((await page(at(5_000.001))).places).toHaveLength(0);
    }
  });

  it('may be far: nothing else bounds a radius', async () => {
    const town = await makeTown(db());
    const location = { lat: 75, lng: town.centre.lng }; // where it reaches no other test's doors
    await db()
      .update(restaurants)
      .set({ deliveryRadiusM: 400_000, location })
      .where(eq(restaurants.id, town.restaurantId));
    expect((await page(destinationPoint(location, 60, 399_000))).places).toHaveLength(1);
  });

  it('crosses the date line and the pole', async () => {
    const town = await makeTown(db());
    const move = (location: GeoPoint) =>
      db().update(restaurants).set({ location }).where(eq(restaurants.id, town.restaurantId));
    await move({ lat: 10, lng: 179.999 });
    expect((await page({ lat: 10, lng: -179.999 })).places).toHaveLength(1);
    await move({ lat: 89.99, lng: 20 });
    expect((await page({ lat: 89.99, lng: -160 })).places).toHaveLength(1);
    expect((await page({ lat: 90, lng: 0 })).places).toHaveLength(1);
  });

  /** A square with exact corners, a little off the restaurant, its lower right corner cut off. */
  async function withArea() {
    const town = await makeTown(db());
    const lng = Math.round(town.centre.lng * 64) / 64;
    const lat = Math.round(town.centre.lat * 64) / 64;
    const step = 1 / 64;
    const corners = [
      [lng, lat],
      [lng + 2 * step, lat],
      [lng + 4 * step, lat + 2 * step],
      [lng + 4 * step, lat + 4 * step],
      [lng, lat + 4 * step],
      [lng, lat],
    ];
    const deliveryArea = `SRID=4326;POLYGON((${corners.map((at) => at.join(' ')).join(',')}))`;
    await db()
      .update(restaurants)
      .set({ deliveryArea })
      .where(eq(restaurants.id, town.restaurantId));
    const door = (x: number, y: number) => ({ lng: lng + x * step, lat: lat + y * step });
    return { town, door };
  }

  const HAIR = 1e-8;

  it.each<[string, number, number, boolean]>([
    ['in the middle', 2, 2, true],
    ['on a corner', 0, 0, true],
    ['on another corner', 4, 4, true],
    ['on the southern edge', 1, 0, true],
    ['on the northern edge', 2, 4, true],
    ['on the western edge', 0, 3, true],
    ['on the slanting edge', 3, 1, true],
    ['a hair south of it', 1, -HAIR, false],
    ['a hair north of it', 2, 4 + HAIR, false],
    ['a hair west of it', -HAIR, 3, false],
    ['a hair off the slanting edge', 3 + HAIR, 1, false],
    ['in the corner that is cut off', 3.9, 0.1, false],
    ['near the restaurant but outside', -0.2, -0.2, false],
  ])('is its area, border included, whatever the radius: %s', async (_, x, y, delivers) => {
    const { town, door } = await withArea();
    expect((await page(door(x, y))).places).toHaveLength(delivers ? 1 : 0);
    const shown = await getRestaurant(guest(), { slug: town.slug, at: door(x, y) });
    expect(shown.nearby?.delivers).toBe(delivers);
    expect((await page(door(x, y), { q: 'kitchen' })).places).toHaveLength(delivers ? 1 : 0);
    const quote = await quoteOrder(contextOf(db(), town.customer), {
      ...cartOf(town),
      dropoff: door(x, y),
    });
    expect(quote.obstacles.map(({ reason }) => reason)).toEqual(
      delivers ? [] : ['address_out_of_radius'],
    );
  });

  it('can’t be an area that crosses itself', async () => {
    const { town, door } = await withArea();
    const bow = [door(0, 0), door(1, 1), door(1, 0), door(0, 1), door(0, 0)];
    const deliveryArea = `SRID=4326;POLYGON((${bow.map(({ lng, lat }) => `${lng} ${lat}`).join(',')}))`;
    await expect(
      db().update(restaurants).set({ deliveryArea }).where(eq(restaurants.id, town.restaurantId)),
    ).rejects.toThrow();
  });
});

describe('cuisines near a point', () => {
  it('are those of places that deliver there, frequent ones first, shops by their kind', async () => {
    const town = await makeTown(db());
    for (const cuisine of ['Thai', 'Thai', 'Greek']) await addRestaurant(town, { cuisine });
    await addRestaurant(town, { cuisine: 'Supermarket', kind: 'grocery' });
    await addRestaurant(town, { cuisine: 'Far', meters: 6_000 });
    expect(await listCuisines(guest(), town.centre)).toEqual([
      { kind: 'restaurant', cuisine: 'Thai', places: 2 },
      { kind: 'restaurant', cuisine: 'Greek', places: 1 },
      { kind: 'restaurant', cuisine: 'Pizza', places: 1 },
      { kind: 'grocery', cuisine: 'Supermarket', places: 1 },
    ]);
  });
});

describe('opening', () => {
  it('is judged in the database as it is in the domain, at any moment and in any zone', async () => {
    const { isOpenAt } = await import('@/domain/opening-hours');
    const town = await makeTown(db());
    const clocks = ['00:00', '00:30', '09:15', '12:00', '18:45', '23:59'];
    const zonesTried = ['Europe/Lisbon', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'];
    const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T;
    for (let n = 0; n < 60; n += 1) {
      const hours = Array.from({ length: Math.floor(Math.random() * 6) }, () => ({
        day: 1 + Math.floor(Math.random() * 7),
        opens: pick(clocks),
        closes: pick([...clocks, '24:00']),
      }));
      const holidays = Object.fromEntries(
        Array.from({ length: Math.floor(Math.random() * 4) }, () => [
          `2026-03-2${Math.floor(Math.random() * 10)}`,
          {
            name: '',
            hours: Array.from({ length: Math.floor(Math.random() * 3) }, () => ({
              opens: pick(clocks),
              closes: pick([...clocks, '24:00']),
            })),
          },
        ]),
      );
      const place = { hours, holidays, timeZone: pick(zonesTried), pausedUntil: null };
      await db().update(restaurants).set(place).where(eq(restaurants.id, town.restaurantId));
      const moments = Array.from(
        { length: 40 },
        () => new Date(Date.UTC(2026, 2, 20) + Math.floor(Math.random() * 12_000) * 60_000),
      );
      const list = sql.join(
        moments.map((moment) => sql`(${moment.toISOString()}::timestamptz)`),
        sql`, `,
      );
      const rows = await db().execute<{ open: boolean }>(sql`
        SELECT open_at(r, m.moment) AS open FROM restaurants r, (VALUES ${list}) m (moment)
        WHERE r.id = ${town.restaurantId}`);
      expect(
        rows.map(({ open }) => open),
        JSON.stringify(place),
      ).toEqual(moments.map((moment) => isOpenAt(place, moment)));
    }
    await db()
      .update(restaurants)
      .set({ hours: ALWAYS_OPEN })
      .where(eq(restaurants.id, town.restaurantId));
    const [always] = await db().execute<{ minutes: string }>(
      sql`SELECT open_minutes AS minutes FROM restaurants WHERE id = ${town.restaurantId}`,
    );
    expect(always?.minutes).toBe('{[0,10080)}');
  });
});

describe('a restaurant', () => {
  it('is shown with its menu in order, and what it means for a point', async () => {
    const town = await makeTown(db());
    const shown = await getRestaurant(guest(), {
      slug: town.slug,
      at: destinationPoint(town.centre, 0, 1_500),
    });
    expect(shown).toMatchObject({ open: true, opensAt: null });
    expect(shown.nearby).toMatchObject({ delivers: true });
    expect(shown.nearby?.distanceM).toBeCloseTo(1_500, -1);
    const [section] = shown.menu;
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
