import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deliveries, drivers, offers, orderLines, orders, payments } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf, placeTestOrder } from '@/services/testing';
import { wholeRows } from './whole-rows';

const database = testDatabase();
const db = () => database.connection.db;

describe('whole rows', () => {
  it('are those that the query builder reads: moments, places, lists, nulls and all', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const ofOrder = sql`WHERE order_id = ${orderId}`;
    const read = [
      await wholeRows(db(), orders, sql`WHERE id = ${orderId}`),
      await wholeRows(db(), drivers, sql`WHERE user_id = ${driver.userId}`),
      await wholeRows(db(), deliveries, ofOrder),
      await wholeRows(db(), offers, ofOrder),
      await wholeRows(db(), payments, ofOrder),
      await wholeRows(db(), orderLines, sql`${ofOrder} ORDER BY position`),
    ];
    expect(read).toEqual([
      await db().select().from(orders).where(eq(orders.id, orderId)),
      await db().select().from(drivers).where(eq(drivers.userId, driver.userId)),
      await db().select().from(deliveries).where(eq(deliveries.orderId, orderId)),
      await db().select().from(offers).where(eq(offers.orderId, orderId)),
      await db().select().from(payments).where(eq(payments.orderId, orderId)),
      await db()
        .select()
        .from(orderLines)
        .where(eq(orderLines.orderId, orderId))
        .orderBy(orderLines.position),
    ]);
    expect(read.map(({ length }) => length > 0)).not.toContain(false);
  });
});
