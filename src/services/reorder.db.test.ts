import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { menuItems, restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import type { Viewer } from '@/domain/roles';
import { reorder } from './reorder';
import { cartOf, contextOf, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const again = (who: Viewer, orderId: string) =>
  outcomeOf(reorder(contextOf(db(), who), { orderId }));

describe('ordering again', () => {
  it('gives the lines of the old order for a cart', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    expect(await again(town.customer, orderId)).toMatchObject({
      ok: {
        restaurant: { id: town.restaurantId },
        open: true,
        lines: cartOf(town).lines.map((line) => ({ ...line, name: 'Main', unitPrice: 1_000 })),
        changes: [],
      },
    });
  });

  it('goes by the menu and the hours of today', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await db().update(menuItems).set({ price: 1_150 }).where(eq(menuItems.id, town.dishes.main));
    const pausedUntil = new Date(Date.now() + 3_600_000);
    await db()
      .update(restaurants)
      .set({ pausedUntil })
      .where(eq(restaurants.id, town.restaurantId));
    expect(await again(town.customer, orderId)).toMatchObject({
      ok: {
        open: false,
        opensAt: pausedUntil.toISOString(),
        lines: [{ unitPrice: 1_150 }],
        changes: [{ kind: 'price', name: 'Main', was: 1_000, now: 1_150 }],
      },
    });
    await db().update(menuItems).set({ soldOut: true }).where(eq(menuItems.id, town.dishes.main));
    expect(await again(town.customer, orderId)).toMatchObject({
      ok: { lines: [], changes: [{ kind: 'sold_out', name: 'Main' }] },
    });
  });

  it('is for one’s own orders', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    const refused = { refused: 'order_not_found' };
    expect(await again(stranger, orderId)).toEqual(refused);
    expect(await again(town.customer, uuidv7())).toEqual(refused);
    expect(await again(town.admin, orderId)).toEqual({ refused: 'role_not_allowed' });
  });
});
