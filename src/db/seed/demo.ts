import { count, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { connect, type Transaction } from '@/db/client';
import { nameActor } from '@/db/queries/events';
import {
  drivers,
  installation,
  menuItems,
  menuOptionGroups,
  menuOptions,
  menuSections,
  restaurants,
  users,
  zones,
} from '@/db/schema';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { VEHICLES } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { seedCheckout } from './checkout';
import { MENUS, OPTION_GROUPS, type SectionSeed } from './menus';
import { RESTAURANTS, type RestaurantSeed } from './restaurants';

export type DemoAddress = { street: string; number: number; point: GeoPoint };

const TIME_ZONE = 'Atlantic/Azores';
const CURRENCY = 'EUR';
const SEED = 20_26;
/** Two kitchens are never nearer to each other than this, metres. */
const SPACING_M = 160;
const BATCH = 500;

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** A spread of doors for kitchens: drawn at random, none too near to another. */
function chooseSites(addresses: readonly DemoAddress[], random: () => number): DemoAddress[] {
  const centre = { lat: 37.9, lng: -29.6 };
  const sites: DemoAddress[] = [];
  while (sites.length < RESTAURANTS.length) {
    const site = ensured(addresses[Math.floor(random() * addresses.length)], 'an address');
    // Kitchens crowd towards the centre: a door 3 km out is taken one time in about eight.
    const centrality = Math.exp(-haversineMeters(site.point, centre) / 1_400);
    const clear = sites.every((other) => haversineMeters(other.point, site.point) > SPACING_M);
    if (clear && random() < centrality) sites.push(site);
  }
  return sites;
}

async function insertRestaurant(
  tx: Transaction,
  zoneId: string,
  seed: RestaurantSeed,
  site: DemoAddress,
  random: () => number,
): Promise<void> {
  const restaurantId = uuidv7();
  await tx.insert(restaurants).values({
    id: restaurantId,
    zoneId,
    slug: slugOf(seed.name),
    name: seed.name,
    cuisine: seed.cuisine,
    description: seed.description,
    address: `${site.number} ${site.street}`,
    location: site.point,
    timeZone: TIME_ZONE,
    currency: CURRENCY,
    hours: seed.hours,
    deliveryRadiusM: 3_500 + Math.round(random() * 4) * 500,
    minimumOrder: 800 + Math.round(random() * 4) * 100,
    deliveryFeeBase: 190 + Math.round(random() * 3) * 50,
    deliveryFeePerKm: 60 + Math.round(random() * 3) * 10,
    prepMinutes: seed.prepMinutes,
    autoAccept: true,
    rating: (4.1 + random() * 0.8).toFixed(1),
    ratingCount: 20 + Math.round(random() * 600),
  });
  await insertMenu(tx, restaurantId, MENUS[seed.cuisine], random);
}

async function insertMenu(
  tx: Transaction,
  restaurantId: string,
  menu: readonly SectionSeed[],
  random: () => number,
): Promise<void> {
  const rows = {
    sections: [] as (typeof menuSections.$inferInsert)[],
    items: [] as (typeof menuItems.$inferInsert)[],
    groups: [] as (typeof menuOptionGroups.$inferInsert)[],
    options: [] as (typeof menuOptions.$inferInsert)[],
  };
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
        // The same dish costs a little more here, a little less there.
        price: Math.round((dish.price * (0.94 + random() * 0.14)) / 10) * 10,
        soldOut: random() < 0.02,
        position: sectionPosition * 100 + itemPosition,
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
  await tx.insert(menuSections).values(rows.sections);
  await tx.insert(menuItems).values(rows.items);
  if (rows.groups.length > 0) await tx.insert(menuOptionGroups).values(rows.groups);
  for (let at = 0; at < rows.options.length; at += BATCH) {
    await tx.insert(menuOptions).values(rows.options.slice(at, at + BATCH));
  }
}

async function insertZone(tx: Transaction, addresses: readonly DemoAddress[]): Promise<string> {
  const lats = addresses.map(({ point }) => point.lat);
  const lngs = addresses.map(({ point }) => point.lng);
  const margin = 0.01;
  const [south, north] = [Math.min(...lats) - margin, Math.max(...lats) + margin];
  const [west, east] = [Math.min(...lngs) - margin, Math.max(...lngs) + margin];
  const [zone] = await tx
    .insert(zones)
    .values({
      slug: 'emberhaven',
      name: 'Emberhaven',
      area: `SRID=4326;POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south}))`,
      timeZone: TIME_ZONE,
      currency: CURRENCY,
    })
    .returning({ id: zones.id });
  return ensured(zone, 'the zone just inserted').id;
}

/**
 * Fills an empty database with the demo city: a zone, restaurants with menus, and the three sign-ins.
 * Does nothing where anybody lives already. Returns whether it did.
 */
export async function seedDemo(
  url: string,
  demo: { addresses: readonly DemoAddress[]; hashPassword: (password: string) => Promise<string> },
): Promise<boolean> {
  const { db, close } = connect(url, { max: 1 });
  try {
    const [inhabitants] = await db.select({ count: count() }).from(users);
    if (inhabitants && inhabitants.count > 0) return false;
    const passwordHash = await demo.hashPassword(DEMO_PASSWORD);
    await db.transaction(async (tx) => {
      await nameActor(tx, 'system:seed');
      await tx.execute(sql`LOCK TABLE installation IN EXCLUSIVE MODE`);
      const random = seededRandom(SEED);
      const zoneId = await insertZone(tx, demo.addresses);
      const sites = chooseSites(demo.addresses, random);
      for (const [index, restaurant] of RESTAURANTS.entries()) {
        const site = ensured(sites[index], 'a site per restaurant');
        await insertRestaurant(tx, zoneId, restaurant, site, random);
      }
      await seedCheckout(tx, CURRENCY);
      for (const { email, name, role } of DEMO_SIGN_INS) {
        const id = uuidv7();
        await tx.insert(users).values({ id, email, name, role, passwordHash, demo: true });
        if (role === 'driver') {
          await tx.insert(drivers).values({ userId: id, zoneId, vehicle: VEHICLES[0] });
        }
      }
      await tx.update(installation).set({ demo: true });
    });
    return true;
  } finally {
    await close();
  }
}
