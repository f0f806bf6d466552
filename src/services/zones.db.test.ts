import { and, asc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { changes, drivers, restaurants, zones } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import { ALWAYS_OPEN } from '@/domain/opening-hours';
import type { Ring } from '@/domain/ring';
import type { Viewer } from '@/domain/roles';
import { changeZone, drawZone, listZones, retireZone } from './draw-zone';
import { moveDriver } from './move-driver';
import { quoteOrder } from './quote-order';
import { reasonOf } from './refused.testing';
import { cartOf, contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** A square of so many degrees around a place. */
const square = ({ lat, lng }: Town['centre'], half = 0.02): [number, number][] => [
  [lng - half, lat - half],
  [lng + half, lat - half],
  [lng + half, lat + half],
  [lng - half, lat + half],
];

const terms = (town: Town, change = {}) => ({
  ...{ name: 'Old town', ring: square(town.centre), hours: null, surcharge: 150 },
  ...{ taxIncluded: true, timeZone: 'Europe/Lisbon', currency: 'EUR' },
  ...change,
});

const draw = (admin: Viewer, town: Town, change = {}) =>
  drawZone(contextOf(db(), admin), { ...key(), ...terms(town, change) });

describe('a zone', () => {
  it('that is drawn counts at its doors at once: its fee, and its hours', async () => {
    const town = await makeTown(db(), { restaurant: { hours: ALWAYS_OPEN } });
    const quote = () => quoteOrder(contextOf(db(), town.customer), cartOf(town));
    expect((await quote()).surcharge).toBe(0);
    const { zoneId } = await draw(town.admin, town);
    expect(await quote()).toMatchObject({ surcharge: 150, obstacles: [] });
    const yesterday = ((new Date().getUTCDay() + 5) % 7) + 1;
    const hours = [{ day: yesterday, opens: '10:00', closes: '10:01' }];
    const input = { ...key(), ...terms(town, { hours }), zoneId, expectedVersion: 1 };
    await changeZone(contextOf(db(), town.admin), input);
    const [obstacle] = (await quote()).obstacles;
    expect(obstacle).toMatchObject({ reason: 'zone_closed', data: { zone: 'Old town' } });
  });

  it('says what it overlaps, keeps its outline, and every change has its author', async () => {
    const town = await makeTown(db());
    const { zoneId, overlaps } = await draw(town.admin, town);
    expect(overlaps).toEqual([]);
    const { lat, lng } = town.centre;
    const beside = { ring: square({ lat, lng: lng + 0.03 }), name: 'Harbour' };
    expect((await draw(town.admin, town, beside)).overlaps).toEqual(['Old town']);
    const ctx = contextOf(db(), town.admin);
    const listed = (await listZones(ctx)).find(({ id }) => id === zoneId);
    const rounded = (ring: Ring) => ring.map((at) => at.map((degrees) => degrees.toFixed(6)));
    expect(rounded(listed?.ring ?? [])).toEqual(rounded(square(town.centre)));
    await changeZone(ctx, {
      ...{ ...key(), ...terms(town, { name: 'Older town' }) },
      ...{ zoneId, expectedVersion: 1 },
    });
    const story = await db()
      .select({ type: changes.type, actor: changes.actor, data: changes.data })
      .from(changes)
      .where(and(eq(changes.subjectId, zoneId)))
      .orderBy(asc(changes.id));
    const actor = `user:${town.admin.userId}`;
    expect(story).toMatchObject([
      { type: 'zone.drawn', actor, data: { name: 'Old town', version: 1 } },
      { type: 'zone.changed', actor, data: { name: 'Older town', version: 2 } },
    ]);
  });

  it.each<[string, (town: Town) => Record<string, unknown>, string]>([
    ['two corners', (town) => ({ ring: square(town.centre).slice(2) }), 'too_few'],
    [
      'an outline that crosses itself',
      (town) => {
        const [a, b, c, d] = square(town.centre);
        return { ring: [a, c, b, d] };
      },
      'crosses',
    ],
    ['next to no area', (town) => ({ ring: square(town.centre, 0.0001) }), 'too_small'],
    ['a corner off the map', () => ({ ring: square({ lat: 0, lng: 180 }) }), 'off_the_map'],
  ])('with %s is refused', async (_, change, problem) => {
    const town = await makeTown(db());
    const refused = draw(town.admin, town, change(town)).catch((error: unknown) => error);
    expect(await refused).toMatchObject({ reason: 'area_invalid', data: { problem } });
  });

  it('changed by two at once is changed once, and only by admins', async () => {
    const town = await makeTown(db());
    const other = await makeUser(db(), 'admin', 'Bea Admin');
    const { zoneId } = await draw(town.admin, town);
    const rename = (admin: Viewer, name: string) =>
      outcomeOf(
        changeZone(contextOf(db(), admin), {
          ...{ ...key(), ...terms(town, { name }) },
          ...{ zoneId, expectedVersion: 1 },
        }),
      );
    const outcomes = await Promise.all([rename(town.admin, 'One'), rename(other, 'Two')]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'zone_changed' },
    ]);
    expect(await reasonOf(db(), () => draw(town.customer, town))).toBe('role_not_allowed');
  });

  it('is retired only when nothing is delivered in it and nobody belongs to it', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const ctx = contextOf(db(), town.admin);
    const retire = (zoneId: string) => retireZone(ctx, { ...key(), zoneId, expectedVersion: 1 });
    await placeTestOrder(db(), town);
    expect(await reasonOf(db(), () => retire(town.zoneId))).toBe('zone_busy');
    const quiet = await makeTown(db());
    expect(await reasonOf(db(), () => retire(quiet.zoneId))).toBe('zone_in_use');
    const { zoneId } = await draw(town.admin, town);
    await retire(zoneId);
    expect((await listZones(ctx)).map(({ id }) => id)).not.toContain(zoneId);
    expect((await quoteOrder(contextOf(db(), town.customer), cartOf(town))).surcharge).toBe(0);
  });

  it('that is being retired gets no driver and no restaurant at the same moment', async () => {
    const town = await makeTown(db());
    const ctx = contextOf(db(), town.admin);
    for (let n = 0; n < 4; n += 1) {
      const { zoneId } = await draw(town.admin, town);
      const driver = await makeUser(db(), 'driver', 'Dee Driver');
      await db()
        .insert(drivers)
        .values({ userId: driver.userId, zoneId: town.zoneId, vehicle: 'bike' });
      const [retired, moved] = await Promise.all([
        outcomeOf(retireZone(ctx, { ...key(), zoneId, expectedVersion: 1 })),
        outcomeOf(moveDriver(ctx, { ...key(), userId: driver.userId, zoneId })),
      ]);
      expect(['refused' in retired, 'refused' in moved].filter(Boolean)).toHaveLength(1);
    }
    const { zoneId } = await draw(town.admin, town);
    await retireZone(ctx, { ...key(), zoneId, expectedVersion: 1 });
    const move = db()
      .update(restaurants)
      .set({ zoneId })
      .where(eq(restaurants.zoneId, town.zoneId));
    await expect(move).rejects.toThrow();
    const [row] = await db().select().from(zones).where(eq(zones.id, zoneId));
    expect(row?.retiredAt).not.toBeNull();
  });

  it('that is unknown takes no driver', async () => {
    const { admin } = await makeTown(db());
    const input = { ...key(), userId: admin.userId, zoneId: uuidv7() };
    expect(await reasonOf(db(), () => moveDriver(contextOf(db(), admin), input))).toBe(
      'zone_not_found',
    );
  });
});
