import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { ladderDocuments } from '@/db/queries/must-sees';
import { mustSees } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import { DEFAULT_LADDER, type Ladder } from '@/domain/must-see';
import { listChanges } from './list-changes';
import { reasonOf, refusalOf } from './refused.testing';
import { runMustSeeRound } from './run-must-see-round';
import { GetLadderInput, getLadder, SetLadderInput, setLadder } from './set-ladder';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const as = (town: Town) => contextOf(db(), town.admin);

const HASTY: Ladder = {
  placed: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'dispatcher', afterSeconds: 30 },
    { kind: 'cancel', afterSeconds: 90 },
  ],
  cancelled: [{ kind: 'sound', afterSeconds: 0 }],
  delayed: [],
};

const set = (town: Town, version: number, ladder: Ladder | null) =>
  setLadder(as(town), { ...key(), restaurantId: town.restaurantId, version, ladder });
const ladderFor = async (restaurantId: string) =>
  (await ladderDocuments(db(), [restaurantId]))(restaurantId);
const get = (town: Town) => getLadder(as(town), { restaurantId: town.restaurantId });

describe('what a kitchen must see', () => {
  it('is as for all until a restaurant has a ladder of its own, and again once it has none', async () => {
    const town = await makeTown(db());
    const none = { own: null, usual: DEFAULT_LADDER, changedBy: null };
    expect(await get(town)).toEqual({ ...none, version: 0 });
    expect(await set(town, 0, HASTY)).toEqual({ version: 1 });
    const changedBy = 'Abe Admin';
    expect(await get(town)).toEqual({ ...none, own: HASTY, version: 1, changedBy });
    expect(await ladderFor(town.restaurantId)).toEqual(HASTY);
    expect(await set(town, 1, null)).toEqual({ version: 2 });
    expect(await get(town)).toEqual({ ...none, version: 2, changedBy });
  });

  it('counts at once, for what is climbing already', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const dueAt = async () => {
      const [row] = await db().select().from(mustSees).where(eq(mustSees.orderId, orderId));
      return row && { climbed: row.climbed, inMs: (row.nextAt?.getTime() ?? 0) - Date.now() };
    };
    await runMustSeeRound(contextOf(db(), 'must-see'), { sms: false });
    expect(await dueAt()).toMatchObject({ climbed: ['sound'] });
    await set(town, 0, HASTY);
    await runMustSeeRound(contextOf(db(), 'must-see'), { sms: false });
    const after = await dueAt();
    // By the usual ladder the next rung would be due after 45 s.
    expect(after?.inMs).toBeLessThanOrEqual(30_000);
    expect(after?.inMs).toBeGreaterThan(0);
  });

  it('of two admins who change it at once, one is told who was faster', async () => {
    const town = await makeTown(db());
    const ends = await Promise.allSettled([set(town, 0, HASTY), set(town, 0, DEFAULT_LADDER)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refusal = await refusalOf(db(), () => set(town, 0, null));
    expect(refusal).toMatchObject({ reason: 'edited_meanwhile', data: { who: 'Abe Admin' } });
    expect((await get(town)).version).toBe(1);
  });

  it('holds for every restaurant that has none of its own, once it is set for all', async () => {
    const town = await makeTown(db());
    const other = await makeTown(db());
    await set(other, 0, DEFAULT_LADDER);
    const ofAll = { restaurantId: null };
    const { version, ...before } = await getLadder(as(town), ofAll);
    expect(before).toEqual({ own: null, usual: DEFAULT_LADDER, changedBy: null });
    const ends = await Promise.allSettled(
      [HASTY, DEFAULT_LADDER].map((ladder) =>
        setLadder(as(town), { ...key(), ...ofAll, version, ladder }),
      ),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await setLadder(as(town), { ...key(), ...ofAll, version: version + 1, ladder: HASTY });
    try {
      expect(await getLadder(as(town), ofAll)).toMatchObject({
        own: HASTY,
        changedBy: 'Abe Admin',
      });
      expect(await get(town)).toMatchObject({ own: null, usual: HASTY, version: 0 });
      expect(await ladderFor(town.restaurantId)).toEqual(HASTY);
      expect(await ladderFor(other.restaurantId)).toEqual(DEFAULT_LADDER);
      const { changes } = await listChanges(as(town), { areas: ['settings'] });
      expect(changes[0]).toMatchObject({
        ...{ type: 'settings.ladder_changed', by: 'Abe Admin', subject: null },
      });
    } finally {
      const { version: latest } = await getLadder(as(town), ofAll);
      await setLadder(as(town), { ...key(), ...ofAll, version: latest, ladder: null });
    }
    expect(await ladderFor(town.restaurantId)).toBeNull();
  });

  it('and who changed it is kept, by hand in the database too', async () => {
    const town = await makeTown(db(), { restaurant: { name: 'Hasty Kitchen' } });
    await set(town, 0, HASTY);
    await db().execute(sql`
      UPDATE must_see_ladders SET ladder = jsonb_set(ladder, '{cancelled}', '[]')
      WHERE restaurant_id = ${town.restaurantId}`);
    const { changes } = await listChanges(as(town), { areas: ['restaurant'] });
    const ours = changes.filter(({ subject }) => subject === 'Hasty Kitchen');
    expect(ours.map(({ type, by }) => [type, by])).toEqual([
      ['restaurant.ladder_changed', null],
      ['restaurant.ladder_changed', 'Abe Admin'],
    ]);
    expect(await reasonOf(db(), () => set(town, 1, null))).toBe('edited_meanwhile');
    expect(await get(town)).toMatchObject({ version: 2, changedBy: null });
  });

  it.each<[string, unknown]>([
    ['without an end for an order that nobody answers', { ...HASTY, placed: [] }],
    ['whose rungs are out of order', { ...HASTY, placed: [...HASTY.placed].reverse() }],
    [
      'that cancels what is cancelled',
      { ...HASTY, cancelled: [{ kind: 'cancel', afterSeconds: 9 }] },
    ],
    ['with a rung twice', { ...HASTY, delayed: [HASTY.placed[0], HASTY.placed[0]] }],
    ['before it has happened', { ...HASTY, delayed: [{ kind: 'sound', afterSeconds: -1 }] }],
  ])('is no ladder %s', (_, ladder) => {
    const input = { ...key(), restaurantId: uuidv7(), version: 0, ladder };
    expect(SetLadderInput.safeParse(input).success).toBe(false);
  });

  it('is an admin’s alone to see and to change', async () => {
    const town = await makeTown(db());
    const kitchen = contextOf(db(), await makeUser(db(), 'kitchen', 'Kit Ladle'));
    const asked = { restaurantId: town.restaurantId };
    expect(await reasonOf(db(), () => getLadder(kitchen, asked))).toBe('role_not_allowed');
    const change = { ...key(), ...asked, version: 0, ladder: null };
    expect(await reasonOf(db(), () => setLadder(kitchen, change))).toBe('role_not_allowed');
    const ofAll = { ...change, restaurantId: null };
    expect(await reasonOf(db(), () => setLadder(kitchen, ofAll))).toBe('role_not_allowed');
    const nowhere = GetLadderInput.parse({ restaurantId: uuidv7() });
    expect(await reasonOf(db(), () => getLadder(as(town), nowhere))).toBe('restaurant_not_found');
    expect(await reasonOf(db(), () => setLadder(as(town), { ...change, ...nowhere }))).toBe(
      'restaurant_not_found',
    );
  });
});
