import { and, eq, gt, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { orders } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { placeTestOrder } from '@/services/testing';
import { madeForEach, madeOnce } from './made-once';

const database = testDatabase();
const db = () => database.connection.db;

const placedAfter = madeOnce((paper) =>
  paper
    .select()
    .from(orders)
    .where(
      and(eq(orders.id, sql.placeholder('id')), gt(orders.placedAt, sql.placeholder('moment'))),
    ),
);

const changes = madeForEach(
  (paper, kind: 'open' | 'any', change: Partial<typeof orders.$inferInsert>) =>
    paper
      .update(orders)
      .set(change)
      .where(
        and(
          eq(orders.id, sql.placeholder('changed')),
          kind === 'open' ? eq(orders.status, 'placed') : undefined,
        ),
      )
      .returning({ id: orders.id }),
);

const find = async (id: string) => (await db().select().from(orders).where(eq(orders.id, id)))[0];

describe('statements that are made once', () => {
  it('read what the query builder reads, for each value anew', async () => {
    const town = await makeTown(db());
    const [one, other] = [await placeTestOrder(db(), town), await placeTestOrder(db(), town)];
    const moment = '2020-01-01T00:00:00Z';
    expect(await placedAfter(db(), { id: one, moment })).toEqual([await find(one)]);
    expect(await placedAfter(db(), { id: other, moment })).toEqual([await find(other)]);
    expect(await placedAfter(db(), { id: one, moment: '2120-01-01T00:00:00Z' })).toEqual([]);
  });

  it('belong to no transaction: each runs in the one that it is given', async () => {
    const town = await makeTown(db());
    const id = await placeTestOrder(db(), town);
    const change = { dropoffNote: 'Two bells' };
    const undone = db().transaction(async (tx) => {
      await changes(tx, 'any', change, { changed: id });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await find(id))?.dropoffNote).toBe('');
    await db().transaction((tx) => changes(tx, 'any', change, { changed: id }));
    expect((await find(id))?.dropoffNote).toBe('Two bells');
  });

  it('set moments and nothing, now these fields and now those', async () => {
    const town = await makeTown(db());
    const id = await placeTestOrder(db(), town);
    const cookFrom = new Date('2030-01-02T03:04:05Z');
    await changes(db(), 'any', { cookFrom, dropoffNote: 'Ring' }, { changed: id });
    expect(await find(id)).toMatchObject({ cookFrom, dropoffNote: 'Ring' });
    await changes(db(), 'any', { cookFrom: null, dropoffNote: undefined }, { changed: id });
    expect(await find(id)).toMatchObject({ cookFrom: null, dropoffNote: 'Ring' });
    const later = new Date('2031-01-02T03:04:05Z');
    expect(await changes(db(), 'open', { cookFrom: later }, { changed: id })).toHaveLength(1);
    expect((await find(id))?.cookFrom).toEqual(later);
  });
});
