import { count, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { connect, type Transaction } from '@/db/client';
import { nameActor } from '@/db/queries/events';
import { installation, knownAddresses, restaurants, users, zones } from '@/db/schema';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { ensured } from '@/domain/errors';
import { destinationPoint, type GeoPoint, haversineMeters } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { slugOf } from '@/domain/slug';
import { insertMenu, insertProducts } from './insert-menu';
import { MENUS } from './menus';
import { seedPromos } from './promos';
import { RESTAURANTS, type RestaurantSeed } from './restaurants';
import { SHOPS, type ShopSeed } from './shops';
import { CITY_ZONE, completeSignIns, DEMO_PHONE, seedSignIns } from './sign-ins';

type DemoAddress = {
  street: string;
  number: number;
  point: GeoPoint;
  /** Index into the districts. */
  district: number;
};
type DemoDistrict = { name: string; outline: readonly GeoPoint[] };
export type DemoCity = {
  addresses: readonly DemoAddress[];
  districts: readonly DemoDistrict[];
  hashPassword: (password: string) => Promise<string>;
};

const TIME_ZONE = 'Atlantic/Azores';
const CURRENCY = 'EUR';
const SEED = 20_26;
/** Two kitchens are never nearer to each other than this, metres. */
const SPACING_M = 160;
const BATCH = 500;
/** Prices include value added tax, basis points: cooked food; groceries and medicine. */
const TAX_BP = { cooked: 1_300, goods: 600 };
/** Out on the point, where riders go for one order alone. */
const FAR_DISTRICT = { name: 'Gannet Point', surcharge: 120 };
/** How far this kitchen delivers, metres by compass bearing: along the harbour, not across the water. */
const DRAWN_AREA = {
  name: 'Harbour Hake',
  reach: [
    [0, 2_600],
    [60, 1_900],
    [110, 1_400],
    [180, 700],
    [250, 2_300],
    [310, 3_400],
  ],
} as const;
/** Small kitchens that take so many orders a quarter of an hour. */
const SLOT_CAPACITY: Readonly<Record<string, number>> = {
  'Ramen Belfry': 4,
  'Thai Heron': 3,
  'Crumb & Co': 6,
};
const NO_PICKUP: readonly string[] = ['Taco Breakwater'];

const polygonOf = (ring: readonly GeoPoint[]): string =>
  `SRID=4326;POLYGON((${ring.map(({ lat, lng }) => `${lng} ${lat}`).join(',')}))`;

/** More doors for kitchens: drawn at random, none too near to another or to those there are. */
function chooseSites(
  addresses: readonly DemoAddress[],
  random: () => number,
  wanted: number,
  taken: readonly DemoAddress[] = [],
): DemoAddress[] {
  const centre = { lat: 37.9, lng: -29.6 };
  const sites: DemoAddress[] = [];
  while (sites.length < wanted) {
    const site = ensured(addresses[Math.floor(random() * addresses.length)], 'an address');
    // Kitchens crowd towards the centre: a door 3 km out is taken one time in about eight.
    const centrality = Math.exp(-haversineMeters(site.point, centre) / 1_400);
    const clear = [...taken, ...sites].every(
      (other) => haversineMeters(other.point, site.point) > SPACING_M,
    );
    if (clear && random() < centrality) sites.push(site);
  }
  return sites;
}

/** What kitchens and shops have in common; some of it is drawn. */
const placeAt = (
  zoneId: string,
  { name, cuisine, description, hours, prepMinutes }: RestaurantSeed | ShopSeed,
  site: DemoAddress,
  random: () => number,
) => ({
  id: uuidv7(),
  zoneId,
  slug: slugOf(name),
  name,
  cuisine,
  description,
  address: `${site.number} ${site.street}`,
  phone: DEMO_PHONE,
  location: site.point,
  timeZone: TIME_ZONE,
  currency: CURRENCY,
  hours,
  deliveryRadiusM: 3_500 + Math.round(random() * 4) * 500,
  minimumOrder: 800 + Math.round(random() * 4) * 100,
  deliveryFeeBase: 190 + Math.round(random() * 3) * 50,
  deliveryFeePerKm: 60 + Math.round(random() * 3) * 10,
  prepMinutes,
  autoAccept: true,
  rating: (4.1 + random() * 0.8).toFixed(1),
  ratingCount: 20 + Math.round(random() * 600),
});

const drawnArea = ({ point }: DemoAddress): string => {
  const ring = DRAWN_AREA.reach.map(([bearing, meters]) =>
    destinationPoint(point, bearing, meters),
  );
  return polygonOf([...ring, ...ring.slice(0, 1)]);
};

async function insertRestaurant(
  tx: Transaction,
  zoneId: string,
  seed: RestaurantSeed,
  site: DemoAddress,
  random: () => number,
): Promise<void> {
  const place = placeAt(zoneId, seed, site, random);
  await tx.insert(restaurants).values({
    ...place,
    deliveryArea: seed.name === DRAWN_AREA.name ? drawnArea(site) : null,
    pickupOffered: !NO_PICKUP.includes(seed.name),
    slotCapacity: SLOT_CAPACITY[seed.name] ?? 0,
    taxBp: TAX_BP.cooked,
  });
  await insertMenu(tx, place.id, MENUS[seed.cuisine], random);
}

async function insertShop(
  tx: Transaction,
  zoneId: string,
  seed: ShopSeed,
  site: DemoAddress,
  random: () => number,
): Promise<void> {
  const place = placeAt(zoneId, seed, site, random);
  const { kind } = seed;
  await tx.insert(restaurants).values({ ...place, kind, taxBp: TAX_BP.goods });
  await insertProducts(tx, place.id, seed.shelves, random);
}

/** The city, and the part of it where a delivery costs more. The city comes first: drivers begin there. */
async function insertZones(tx: Transaction, city: DemoCity): Promise<string> {
  const lats = city.addresses.map(({ point }) => point.lat);
  const lngs = city.addresses.map(({ point }) => point.lng);
  const margin = 0.01;
  const [south, north] = [Math.min(...lats) - margin, Math.max(...lats) + margin];
  const [west, east] = [Math.min(...lngs) - margin, Math.max(...lngs) + margin];
  const corners = [
    { lat: south, lng: west },
    { lat: south, lng: east },
    { lat: north, lng: east },
    { lat: north, lng: west },
    { lat: south, lng: west },
  ];
  const common = { timeZone: TIME_ZONE, currency: CURRENCY };
  const id = uuidv7();
  await tx
    .insert(zones)
    .values({ ...common, id, slug: CITY_ZONE, name: 'Emberhaven', area: polygonOf(corners) });
  const { name, surcharge } = FAR_DISTRICT;
  const far = city.districts.find((district) => district.name === name);
  if (far) {
    await tx.insert(zones).values({
      ...common,
      id: uuidv7(),
      slug: slugOf(name),
      name,
      area: polygonOf(far.outline),
      deliverySurcharge: surcharge,
    });
  }
  return id;
}

/** Every door of the city, for the built-in geocoder. */
async function insertAddresses(tx: Transaction, { addresses, districts }: DemoCity): Promise<void> {
  const rows = addresses.map(({ street, number, point, district }) => ({
    street,
    number: `${number}`,
    district: districts[district]?.name ?? '',
    location: point,
  }));
  for (let at = 0; at < rows.length; at += BATCH) {
    await tx.insert(knownAddresses).values(rows.slice(at, at + BATCH));
  }
}

/**
 * Fills an empty database with the demo city: its doors, zones, restaurants and shops, and the
 * sign-ins. Where anybody lives already, a demo gets the sign-ins that it lacks, since it is older than
 * they are. Returns whether the city is new.
 */
export async function seedDemo(url: string, city: DemoCity): Promise<boolean> {
  const { db, close } = connect(url, { max: 1 });
  try {
    const [inhabitants] = await db.select({ count: count() }).from(users);
    if (inhabitants && inhabitants.count > 0) {
      await completeSignIns(db, city.hashPassword);
      return false;
    }
    const passwordHash = await city.hashPassword(DEMO_PASSWORD);
    await db.transaction(async (tx) => {
      await nameActor(tx, 'system:seed');
      await tx.execute(sql`LOCK TABLE installation IN EXCLUSIVE MODE`);
      const random = seededRandom(SEED);
      const zoneId = await insertZones(tx, city);
      const sites = chooseSites(city.addresses, random, RESTAURANTS.length);
      for (const [index, restaurant] of RESTAURANTS.entries()) {
        const site = ensured(sites[index], 'a site per restaurant');
        await insertRestaurant(tx, zoneId, restaurant, site, random);
      }
      const shopSites = chooseSites(city.addresses, random, SHOPS.length, sites);
      for (const [index, shop] of SHOPS.entries()) {
        await insertShop(tx, zoneId, shop, ensured(shopSites[index], 'a site per shop'), random);
      }
      await insertAddresses(tx, city);
      await seedPromos(tx, CURRENCY);
      await seedSignIns(tx, zoneId, passwordHash, DEMO_SIGN_INS);
      await tx.update(installation).set({ demo: true });
    });
    return true;
  } finally {
    await close();
  }
}
