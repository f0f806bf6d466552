import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { findRestaurant } from '@/db/queries/restaurants';
import { events } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { ALWAYS_OPEN, isOpenAt } from '@/domain/opening-hours';
import type { RestaurantDetails } from '@/domain/restaurant-details';
import { localDay } from '@/domain/wall-clock';
import { createRestaurant } from './create-restaurant';
import { EditRestaurantInput, editRestaurant } from './edit-restaurant';
import { findNearbyRestaurants, getRestaurant, NearbyInput } from './find-restaurants';
import { getRestaurantDesk } from './get-restaurant-desk';
import { listSlots } from './list-slots';
import { quoteOrder } from './quote-order';
import { reasonOf, refusalOf } from './refused.testing';
import { setDeliveryArea } from './set-delivery-area';
import { SetHoursInput, setHours } from './set-hours';
import { cartOf, contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const as = (town: Town) => contextOf(db(), town.admin);

const DETAILS: Omit<RestaurantDetails, 'location'> = {
  ...{ name: 'Café Été', kind: 'restaurant', cuisine: 'Cakes', description: 'Sweet' },
  ...{ address: '3 Main Street', phone: '+351210000000', minimumOrder: 800 },
  ...{ deliveryFeeBase: 150, deliveryFeePerKm: 50, prepMinutes: 12, autoAccept: true },
  ...{ pickupOffered: false, slotMinutes: 20, slotCapacity: 6, taxBp: 2_300 },
};
const detailsIn = (town: Town, change: Partial<RestaurantDetails> = {}): RestaurantDetails => ({
  ...DETAILS,
  location: town.centre,
  ...change,
});

const restaurantIn = async (restaurantId: string) =>
  ensured(await findRestaurant(db(), { id: restaurantId }), 'the restaurant');

describe('a restaurant', () => {
  it('is created in the zone of its place, with an address of its own', async () => {
    const town = await makeTown(db());
    const create = () => createRestaurant(as(town), { ...key(), details: detailsIn(town) });
    const [first, second] = [await create(), await create()];
    expect(second.slug).not.toBe(first.slug);
    expect(first.slug).toMatch(/^cafe-ete/);
    expect(await restaurantIn(first.restaurantId)).toMatchObject({
      ...{ name: 'Café Été', timeZone: 'Europe/Lisbon', currency: 'EUR', version: 1, hours: [] },
      ...{ slotCapacity: 6, autoAccept: true, taxBp: 2_300, pickupOffered: false },
    });
    const arabic = detailsIn(town, { name: 'مطعم الواحة' });
    const { slug } = await createRestaurant(as(town), { ...key(), details: arabic });
    expect(slug).toMatch(/^place/);
  });

  it('is not created where no zone is', async () => {
    const town = await makeTown(db());
    // Farther north than any town of these tests.
    const details = detailsIn(town, { location: { lat: 80, lng: town.centre.lng } });
    const create = () => createRestaurant(as(town), { ...key(), details });
    expect(await reasonOf(db(), create)).toBe('outside_zones');
  });

  it('is edited once for each version; the log has its image, and who did it is told', async () => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const details = detailsIn(town);
    const edit = { ...key(), restaurantId, version: 1, details };
    expect(await editRestaurant(as(town), edit)).toEqual({ version: 2 });
    const [last] = await db()
      .select()
      .from(events)
      .where(eq(events.streamId, restaurantId))
      .orderBy(sql`version DESC`)
      .limit(1);
    expect(last).toMatchObject({
      ...{ type: 'restaurant.updated', actor: `user:${town.admin.userId}` },
      data: { restaurant: { name: 'Café Été', version: 2, prepMinutes: 12 } },
    });
    const rival = contextOf(db(), await makeUser(db(), 'admin', 'Ria Rival'));
    const late = { ...key(), restaurantId, version: 1, details: { ...details, name: 'Late' } };
    const { reason, data } = await refusalOf(db(), () => editRestaurant(rival, late));
    expect([reason, data?.who]).toEqual(['edited_meanwhile', 'Abe Admin']);
    expect(await getRestaurantDesk(rival, { restaurantId })).toMatchObject({
      ...{ phone: '+351210000000', changedBy: 'Abe Admin', zoneName: 'Test town' },
    });
  });

  it('stays as it is when it is rated or paused: no editor loses by that', async () => {
    const town = await makeTown(db());
    await db().execute(sql`UPDATE restaurants SET paused_until = now() + interval '1 hour',
      rating = 4.5, rating_count = 2 WHERE id = ${town.restaurantId}`);
    expect((await restaurantIn(town.restaurantId)).version).toBe(1);
  });

  it('is edited by admins alone', async () => {
    const town = await makeTown(db());
    const details = detailsIn(town);
    const ctx = contextOf(db(), town.customer);
    expect(await reasonOf(db(), () => createRestaurant(ctx, { ...key(), details }))).toBe(
      'role_not_allowed',
    );
  });
});

describe('the address of a restaurant', () => {
  const move = (town: Town, version: number, slug: string) =>
    editRestaurant(as(town), {
      ...{ ...key(), restaurantId: town.restaurantId, version, details: detailsIn(town), slug },
    });
  const at = async (town: Town, slug: string) =>
    (await getRestaurant(as(town), { slug })).restaurant.slug;

  it('changes, and the ones before lead to it, also when it takes one back', async () => {
    const town = await makeTown(db());
    const [first, second] = [town.slug, `second-${town.slug}`];
    expect(await move(town, 1, second)).toEqual({ version: 2 });
    expect([await at(town, first), await at(town, second)]).toEqual([second, second]);
    await move(town, 2, first);
    expect([await at(town, first), await at(town, second)]).toEqual([first, first]);
    const nowhere = () => getRestaurant(as(town), { slug: `third-${town.slug}` });
    expect(await reasonOf(db(), nowhere)).toBe('restaurant_not_found');
  });

  it('is nobody else’s, not even after it has been left', async () => {
    const [town, other] = [await makeTown(db()), await makeTown(db())];
    await move(town, 1, `new-${town.slug}`);
    for (const slug of [town.slug, `new-${town.slug}`]) {
      expect(await reasonOf(db(), () => move(other, 1, slug))).toBe('slug_taken');
      const byHand = db().execute(sql`
        UPDATE restaurants SET slug = ${slug} WHERE id = ${other.restaurantId}`);
      await expect(byHand).rejects.toThrow();
    }
    const details = detailsIn(town, { name: town.slug });
    const created = await createRestaurant(as(town), { ...key(), details });
    expect(created.slug).toBe(`${town.slug}-2`);
  });

  it('is changed by one of two admins', async () => {
    const town = await makeTown(db());
    await move(town, 1, `mine-${town.slug}`);
    expect(await reasonOf(db(), () => move(town, 1, `yours-${town.slug}`))).toBe(
      'edited_meanwhile',
    );
  });

  it.each(['Upper', 'two--hyphens', '-first', 'last-', 'sp ace', 'a/b', ''])(
    'is never “%s”',
    (slug) => {
      expect(EditRestaurantInput.shape.slug.safeParse(slug).success).toBe(false);
    },
  );
});

describe('the clock of a restaurant', () => {
  it('is the one that its hours are read on, from then on', async () => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const now = new Date('2026-11-20T21:30:00Z');
    const ctx = contextOf(db(), town.admin, { now: () => now });
    const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '10:00', closes: '22:00' }));
    const week = { ...key(), restaurantId, hours, holidays: {} };
    await setHours(ctx, { ...week, version: 1 });
    const isOpen = async () => (await getRestaurant(ctx, { slug: town.slug })).open;
    expect(await isOpen()).toBe(true);
    await setHours(ctx, { ...week, ...key(), version: 2, timeZone: 'Europe/Madrid' });
    expect(await isOpen()).toBe(false);
    expect(await restaurantIn(restaurantId)).toMatchObject({
      ...{ timeZone: 'Europe/Madrid', hours, version: 3 },
    });
  });

  it('is one that both the pages and the database know', async () => {
    const { restaurantId, admin } = await makeTown(db());
    const week = { ...key(), restaurantId, version: 1, hours: [], holidays: {} };
    expect(SetHoursInput.safeParse({ ...week, timeZone: 'Mars/Olympus' }).success).toBe(false);
    // The pages are not particular about its letters.
    const set = () => setHours(contextOf(db(), admin), { ...week, timeZone: 'europe/LISBON' });
    expect(await reasonOf(db(), set)).toBe('time_zone_unknown');
  });
});

describe('a holiday', () => {
  it('closes a restaurant everywhere: its page, the list, the quote and the slots', async () => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const now = new Date('2026-12-25T13:00:00Z');
    const ctx = contextOf(db(), town.admin, { now: () => now });
    const day = localDay(now, 'Europe/Lisbon');
    const short = { name: '', hours: [{ opens: '18:00', closes: '20:00' }] };
    const holidays = { [day]: { name: 'Christmas', hours: [] }, '2026-12-26': short };
    await setHours(ctx, { ...key(), restaurantId, version: 1, hours: ALWAYS_OPEN, holidays });
    const page = await getRestaurant(ctx, { slug: town.slug });
    expect([page.open, page.opensAt]).toEqual([false, '2026-12-26T18:00:00.000Z']);
    const here = NearbyInput.parse({ ...town.centre, openOnly: true });
    expect((await findNearbyRestaurants(ctx, here)).places).toEqual([]);
    const quote = await quoteOrder(ctx, cartOf(town));
    expect(quote.obstacles.map(({ reason }) => reason)).toEqual(['restaurant_closed']);
    const { fulfilment, dropoff } = cartOf(town);
    const { soonest, days } = await listSlots(ctx, { restaurantId, fulfilment, dropoff });
    expect(soonest).toBeNull();
    expect(days.map(({ slots }) => slots.length > 0)).toEqual([false, true]);
    expect(days[1]?.slots.every(({ from }) => from >= '2026-12-26T18')).toBe(true);
  });

  it('is forgotten when it is over', async () => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const ctx = contextOf(db(), town.admin, { now: () => new Date('2026-12-27T12:00:00Z') });
    const closed = { name: '', hours: [] };
    const holidays = { '2026-12-25': closed, '2026-12-26': closed, '2027-01-01': closed };
    await setHours(ctx, { ...key(), restaurantId, version: 1, hours: ALWAYS_OPEN, holidays });
    const restaurant = await restaurantIn(restaurantId);
    expect(Object.keys(restaurant.holidays)).toEqual(['2026-12-26', '2027-01-01']);
    expect(isOpenAt(restaurant, new Date('2027-01-01T12:00:00Z'))).toBe(false);
  });
});

describe('the area of a restaurant', () => {
  const around = ({ lat, lng }: GeoPoint, d = 0.02): GeoPoint[] => [
    { lat: lat - d, lng: lng - d },
    { lat: lat - d, lng: lng + d },
    { lat: lat + d, lng: lng + d },
    { lat: lat + d, lng: lng - d },
  ];

  it('is drawn, is read back, decides who is delivered to, and gives way to a radius', async () => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const corners = around(town.centre);
    const drawn = { kind: 'polygon' as const, corners };
    await setDeliveryArea(as(town), { ...key(), restaurantId, version: 1, area: drawn });
    const desk = await getRestaurantDesk(as(town), { restaurantId });
    expect(desk.area).toHaveLength(4);
    expect(desk.restaurant.version).toBe(2);
    const delivers = async (at: GeoPoint) =>
      (await getRestaurant(as(town), { slug: town.slug, at })).nearby?.delivers;
    const inside = { lat: town.centre.lat + 0.019, lng: town.centre.lng + 0.019 };
    const outside = { lat: town.centre.lat + 0.021, lng: town.centre.lng };
    expect([await delivers(inside), await delivers(outside)]).toEqual([true, false]);
    const circle = { kind: 'radius' as const, radiusM: 500 };
    await setDeliveryArea(as(town), { ...key(), restaurantId, version: 2, area: circle });
    expect([await delivers(inside), await delivers(town.centre)]).toEqual([false, true]);
  });

  it.each<[string, (corners: GeoPoint[]) => GeoPoint[], string]>([
    ['crosses itself', ([a, b, c, d]) => [a, c, b, d] as GeoPoint[], 'area_crosses_itself'],
    ['is a line', ([a, b]) => [a, b, a] as GeoPoint[], 'area_crosses_itself'],
    [
      'reaches too far',
      ([a, b, c]) => [a, b, destinationPoint(c as GeoPoint, 0, 60_000)] as GeoPoint[],
      'area_too_wide',
    ],
  ])('is refused when it %s', async (_, spoil, reason) => {
    const town = await makeTown(db());
    const { restaurantId } = town;
    const area = { kind: 'polygon' as const, corners: spoil(around(town.centre)) };
    const set = () => setDeliveryArea(as(town), { ...key(), restaurantId, version: 1, area });
    expect(await reasonOf(db(), set)).toBe(reason);
    expect((await restaurantIn(restaurantId)).version).toBe(1);
  });
});
