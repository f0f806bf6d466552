import { v7 as uuidv7 } from 'uuid';
import type { Database } from '@/db/client';
import { setOnline, upsertPositions } from '@/db/queries/drivers';
import {
  drivers,
  menuItems,
  menuOptionGroups,
  menuOptions,
  menuSections,
  restaurants,
  users,
  zones,
} from '@/db/schema';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { ALWAYS_OPEN } from '@/domain/opening-hours';
import type { Role, Viewer } from '@/domain/roles';

/** People in tests don't sign in by password. */
const NO_PASSWORD = 'none';

export async function makeUser(db: Database, role: Role, name: string): Promise<Viewer> {
  const userId = uuidv7();
  const email = `${userId}@hotfoot.test`;
  await db.insert(users).values({ id: userId, email, name, role, passwordHash: NO_PASSWORD });
  return { userId, role, name };
}

export type Town = {
  zoneId: string;
  centre: GeoPoint;
  restaurantId: string;
  slug: string;
  /** Two dishes at 10.00 and 5.00; the first with a required and an optional group. */
  dishes: { main: string; side: string };
  options: { size: { regular: string; large: string }; extra: string };
  customer: Viewer;
  admin: Viewer;
};

export type TownOptions = {
  policy?: Partial<ZonePolicy>;
  autoAccept?: boolean;
  prepMinutes?: number;
  /** Any other column of the restaurant. */
  restaurant?: Partial<typeof restaurants.$inferInsert>;
};

/** Towns stand apart by more than any reaches: no zone, restaurant or driver of one is near another. */
const GRID = { rows: 24, columns: 81, stepDeg: 4.2 };
let towns = Math.floor(Math.random() * GRID.rows * GRID.columns);

function nextPlace(): GeoPoint {
  towns += 1;
  const column = towns % GRID.columns;
  const row = Math.floor(towns / GRID.columns) % GRID.rows;
  /** To a metre: halves of what is kept would be rounded one way here, the other way there. */
  const place = (corner: number) =>
    Math.round((corner + Math.random() * GRID.stepDeg * 0.4) * 1e5) / 1e5;
  return {
    lat: place(-50 + row * GRID.stepDeg),
    lng: place(-170 + column * GRID.stepDeg),
  };
}

/** A town of its own for each test of a database: zone, restaurant with a menu, customer and admin. */
export async function makeTown(db: Database, options: TownOptions = {}): Promise<Town> {
  const { policy = {}, autoAccept = false, prepMinutes = 10, restaurant = {} } = options;
  const centre = nextPlace();
  const [zoneId, restaurantId, sectionId, main, side, sizeGroup, extraGroup] = Array.from(
    { length: 7 },
    () => uuidv7(),
  ) as [string, string, string, string, string, string, string];
  const [regular, large, extra] = [uuidv7(), uuidv7(), uuidv7()];
  const { lat, lng } = centre;
  const ring = [
    [lng - 1, lat - 1],
    [lng + 1, lat - 1],
    [lng + 1, lat + 1],
    [lng - 1, lat + 1],
    [lng - 1, lat - 1],
  ];
  await db.insert(zones).values({
    id: zoneId,
    slug: zoneId,
    name: 'Test town',
    area: `SRID=4326;POLYGON((${ring.map((at) => at.join(' ')).join(',')}))`,
    timeZone: 'Europe/Lisbon',
    currency: 'EUR',
    dispatchPolicy: policy,
  });
  await db.insert(restaurants).values({
    id: restaurantId,
    zoneId,
    slug: restaurantId,
    name: 'Test Kitchen',
    cuisine: 'Pizza',
    address: '1 Main Street',
    location: centre,
    timeZone: 'Europe/Lisbon',
    currency: 'EUR',
    hours: ALWAYS_OPEN,
    deliveryRadiusM: 5_000,
    minimumOrder: 500,
    deliveryFeeBase: 200,
    deliveryFeePerKm: 100,
    prepMinutes,
    autoAccept,
    ...restaurant,
  });
  await db.transaction(async (tx) => {
    await tx.insert(menuSections).values({ id: sectionId, restaurantId, name: 'All', position: 0 });
    await tx.insert(menuItems).values([
      { id: main, restaurantId, sectionId, name: 'Main', price: 1_000, position: 0 },
      { id: side, restaurantId, sectionId, name: 'Side', price: 500, position: 1 },
    ]);
    await tx.insert(menuOptionGroups).values([
      { id: sizeGroup, itemId: main, name: 'Size', min: 1, max: 1, position: 0 },
      { id: extraGroup, itemId: main, name: 'Extras', min: 0, max: 1, position: 1 },
    ]);
    await tx.insert(menuOptions).values([
      { id: regular, groupId: sizeGroup, name: 'Regular', price: 0, position: 0 },
      { id: large, groupId: sizeGroup, name: 'Large', price: 300, position: 1 },
      { id: extra, groupId: extraGroup, name: 'Cheese', price: 120, position: 0 },
    ]);
  });
  return {
    zoneId,
    centre,
    restaurantId,
    slug: restaurantId,
    dishes: { main, side },
    options: { size: { regular, large }, extra },
    customer: await makeUser(db, 'customer', 'Cora Customer'),
    admin: await makeUser(db, 'admin', 'Abe Admin'),
  };
}

/** A driver of this town who is online so many metres north of its restaurant, seen just now. */
export async function makeDriver(
  db: Database,
  town: Pick<Town, 'zoneId' | 'centre'>,
  options: { name?: string; meters?: number; capacity?: number; online?: boolean } = {},
): Promise<Viewer> {
  const { name = 'Dee Driver', meters = 300, capacity = 1, online = true } = options;
  const driver = await makeUser(db, 'driver', name);
  const driverId = driver.userId;
  await db
    .insert(drivers)
    .values({ userId: driverId, zoneId: town.zoneId, vehicle: 'bike', capacity });
  await upsertPositions(db, [
    {
      driverId,
      at: destinationPoint(town.centre, 0, meters),
      headingDeg: null,
      speedMps: null,
      accuracyM: 5,
      recordedAt: new Date().toISOString(),
    },
  ]);
  if (online) await setOnline(db, driverId, true, new Date());
  return driver;
}
