import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { events, menuItems } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { placeTestOrder } from '@/services/testing';
import { returnStock, takeStock } from './stock';

const database = testDatabase({ poolSize: 40 });
const db = () => database.connection.db;

const take = (lines: { itemId: string; quantity: number }[]) =>
  db().transaction((tx) => takeStock(tx, lines));

const setStock = (itemId: string, stock: number | null) =>
  db().update(menuItems).set({ stock }).where(eq(menuItems.id, itemId));

async function shelf(itemId: string) {
  const [row] = await db().select().from(menuItems).where(eq(menuItems.id, itemId));
  const { stock, soldOut } = ensured(row, 'the item');
  return { stock, soldOut };
}

const eventTypes = async (town: Town) =>
  (
    await db()
      .select({ type: events.type, data: events.data })
      .from(events)
      .where(eq(events.streamId, town.restaurantId))
      .orderBy(events.version)
  ).filter(({ type }) => type.startsWith('menu_item.') && type !== 'menu_item.added');

describe('stock', () => {
  it('goes down by what is taken, over all lines; at none left the item is sold out', async () => {
    const town = await makeTown(db());
    const { main, side } = town.dishes;
    await setStock(main, 5);
    const lines = [
      { itemId: main, quantity: 2 },
      { itemId: side, quantity: 40 },
      { itemId: main, quantity: 1 },
    ];
    expect(await take(lines)).toEqual([]);
    expect(await shelf(main)).toEqual({ stock: 2, soldOut: false });
    expect(await shelf(side)).toEqual({ stock: null, soldOut: false });
    expect(await take([{ itemId: main, quantity: 2 }])).toEqual([]);
    expect(await shelf(main)).toEqual({ stock: 0, soldOut: true });
  });

  it('is taken wholly or not at all, and the answer says what is short', async () => {
    const town = await makeTown(db());
    const { main, side } = town.dishes;
    await setStock(main, 5);
    await setStock(side, 1);
    const lines = [
      { itemId: main, quantity: 1 },
      { itemId: side, quantity: 2 },
    ];
    expect(await take(lines)).toEqual([{ itemId: side, name: 'Side', left: 1 }]);
    expect((await shelf(main)).stock).toBe(5);
    expect(await take([{ itemId: uuidv7(), quantity: 1 }])).toEqual([]);
    expect(await take([])).toEqual([]);
  });

  it('comes back with the order that took it, and the item with it', async () => {
    const town = await makeTown(db());
    const { main } = town.dishes;
    const orderId = await placeTestOrder(db(), town);
    await setStock(main, 0);
    expect(await shelf(main)).toEqual({ stock: 0, soldOut: true });
    await db().transaction((tx) => returnStock(tx, orderId));
    expect(await shelf(main)).toEqual({ stock: 1, soldOut: false });
    await setStock(main, null);
    await db().transaction((tx) => returnStock(tx, orderId));
    expect(await shelf(main)).toEqual({ stock: null, soldOut: false });
  });

  it('leaves an item sold out that was taken off by hand', async () => {
    const town = await makeTown(db());
    const { main } = town.dishes;
    await db().update(menuItems).set({ stock: 3, soldOut: true }).where(eq(menuItems.id, main));
    await setStock(main, 8);
    expect(await shelf(main)).toEqual({ stock: 8, soldOut: true });
  });

  it('can’t be made to sell what is not there: an item without stock stays sold out', async () => {
    const town = await makeTown(db());
    const { main } = town.dishes;
    await setStock(main, 0);
    await db().update(menuItems).set({ soldOut: false }).where(eq(menuItems.id, main));
    expect(await shelf(main)).toEqual({ stock: 0, soldOut: true });
    await expect(setStock(main, -1)).rejects.toThrow();
  });

  it('tells screens: how many are left, that it is gone, that it is back', async () => {
    const town = await makeTown(db());
    const { main } = town.dishes;
    await setStock(main, 2);
    await take([{ itemId: main, quantity: 1 }]);
    await take([{ itemId: main, quantity: 1 }]);
    await setStock(main, 4);
    const told = (await eventTypes(town)).map(({ type, data }) => [type, data.menuItem?.stock]);
    expect(told).toEqual([
      ['menu_item.updated', 2],
      ['menu_item.updated', 1],
      ['menu_item.sold_out', 0],
      ['menu_item.back', 4],
    ]);
  });
});

describe('of many who take at once', () => {
  it('as many get it as there are, and nobody waits in a ring', async () => {
    const town = await makeTown(db());
    const { main, side } = town.dishes;
    await setStock(main, 30);
    await setStock(side, 20);
    // Each wants both, half of them named in the other order.
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => {
        const both = [
          { itemId: main, quantity: 1 },
          { itemId: side, quantity: 1 },
        ];
        return take(n % 2 ? both : both.reverse());
      }),
    );
    expect(answers.filter((short) => short.length === 0)).toHaveLength(20);
    expect(await shelf(main)).toEqual({ stock: 10, soldOut: false });
    expect(await shelf(side)).toEqual({ stock: 0, soldOut: true });
    const [log] = await db().execute<{ count: number; last: number }>(sql`
      SELECT count(*)::int AS count, max(version) AS last FROM events
      WHERE stream_id = ${town.restaurantId}`);
    expect(log?.count).toBe(log?.last);
  });
});
