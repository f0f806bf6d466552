import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { orderLines, orders } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { placeTestOrder } from '@/services/testing';
import { insertionOf } from './insertion';

const database = testDatabase();
const db = () => database.connection.db;

/** Whatever a text of PostgreSQL may hold. */
const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !value.includes('\0'));
const line = fc.record(
  {
    name: text,
    quantity: fc.integer({ min: 1, max: 99 }),
    unitPrice: fc.nat(100_000),
    note: text,
    options: fc.array(fc.record({ id: fc.uuid(), name: text, price: fc.nat(1_000), group: text }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['name', 'quantity', 'unitPrice'] },
);

describe('an insertion', () => {
  it('writes what the query builder writes, whatever the rows hold', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const [{ itemId } = { itemId: '' }] = await db()
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, orderId));
    const written = async (write: () => Promise<unknown>) => {
      await db().delete(orderLines).where(eq(orderLines.orderId, orderId));
      await write();
      return db()
        .select()
        .from(orderLines)
        .where(eq(orderLines.orderId, orderId))
        .orderBy(orderLines.position);
    };
    await fc.assert(
      fc.asyncProperty(line, fc.integer({ min: 1, max: 3 }), async (one, count) => {
        const rows = Array.from({ length: count }, (_, position) => ({
          ...{ ...one, id: uuidv7(), orderId, itemId, position },
          lineTotal: one.quantity * one.unitPrice,
        })) as (typeof orderLines.$inferInsert)[];
        const built = await written(() => db().insert(orderLines).values(rows));
        expect(await written(() => db().execute(insertionOf(orderLines, rows)))).toEqual(built);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps moments, places, nulls and defaults as they are', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const stored = async (id: string) =>
      ensured((await db().select().from(orders).where(eq(orders.id, id)))[0], 'the order');
    const { number: _, refunds: __, ...order } = await stored(orderId);
    const copy = { ...order, id: uuidv7(), slotFrom: null, placedAt: new Date(1_700_000_000_123) };
    const [row] = await db().execute<{ number: string }>(
      sql`${insertionOf(orders, [copy])} RETURNING number`,
    );
    expect(await stored(copy.id)).toEqual({ ...copy, number: Number(row?.number), refunds: [] });
  });

  it('refuses rows with different fields', () => {
    const row = { orderId: uuidv7(), itemId: uuidv7(), name: 'Soup', quantity: 1, position: 0 };
    const prices = { unitPrice: 1, lineTotal: 1 };
    const rows = [
      { ...row, ...prices, note: 'hot' },
      { ...row, ...prices },
    ];
    expect(() => insertionOf(orderLines, rows)).toThrow('rows for order_lines');
  });
});
