import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { versionOf } from '@/db/queries/events';
import { deliveries, events, menuItems, offers, orders, restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { assignDelivery, unassignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import { placeOrder } from './place-order';
import { runDispatchRound } from './run-dispatch-round';
import { stepDelivery } from './step-delivery';
import { contextOf, key, orderOf, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase({ poolSize: 60 });
const db = () => database.connection.db;

/** An accepted order with one pending offer to each of these drivers, as *broadcast* makes them. */
async function offeredTo(town: Town, drivers: Viewer[], expiresInMs = 60_000) {
  const orderId = await placeTestOrder(db(), town);
  const delivery = ensured(await deliveryOfOrder(db(), orderId), 'a delivery');
  await db()
    .update(deliveries)
    .set({ status: 'offering', nextAttemptAt: null })
    .where(eq(deliveries.id, delivery.id));
  const rows = await db()
    .insert(offers)
    .values(
      drivers.map((driver) => ({
        deliveryId: delivery.id,
        orderId,
        driverId: driver.userId,
        driverName: driver.name,
        attempt: 1,
        round: 0,
        pickupDistanceM: 100,
        expiresAt: new Date(Date.now() + expiresInMs),
      })),
    )
    .returning();
  const offerOf = (driver: Viewer) =>
    ensured(
      rows.find((row) => row.driverId === driver.userId),
      'an offer to this driver',
    ).id;
  return { orderId, deliveryId: delivery.id, offerOf };
}

const winners = (outcomes: ({ ok: unknown } | { refused: string })[]) =>
  outcomes.filter((outcome) => 'ok' in outcome).length;

const reasons = (outcomes: ({ ok: unknown } | { refused: string })[]) =>
  new Set(outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : [])));

/** The order's stream has no gap and no step that was taken twice. */
async function expectCleanStory(orderId: string, once: string) {
  const story = await db().execute<{ version: number; type: string }>(
    `SELECT version, type FROM events WHERE stream_id = '${orderId}' ORDER BY version`,
  );
  expect(story.map(({ version }) => version)).toEqual(story.map((_, index) => index + 1));
  const types = story.map(({ type }) => type);
  expect(
    types.filter((type) => type === once),
    types.join(' '),
  ).toHaveLength(1);
}

describe('of many who act at once, exactly one wins and the others get a typed conflict', () => {
  it('50 drivers accept one delivery', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const drivers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => makeDriver(db(), town, { name: `Driver ${n}` })),
    );
    const { orderId, deliveryId, offerOf } = await offeredTo(town, drivers);
    const outcomes = await Promise.all(
      drivers.map((driver) =>
        outcomeOf(acceptOffer(contextOf(db(), driver), { ...key(), offerId: offerOf(driver) })),
      ),
    );
    expect(winners(outcomes)).toBe(1);
    expect(reasons(outcomes)).toEqual(new Set(['offer_gone']));
    const [delivery] = await db().select().from(deliveries).where(eq(deliveries.id, deliveryId));
    const accepted = await db()
      .select()
      .from(offers)
      .where(and(eq(offers.deliveryId, deliveryId), eq(offers.status, 'accepted')));
    expect(accepted.map((offer) => offer.driverId)).toEqual([delivery?.driverId]);
    await expectCleanStory(orderId, 'delivery.assigned');
  });

  it.each(Array.from({ length: 20 }, (_, n) => n))('accept against cancel, try %i', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const { orderId, deliveryId, offerOf } = await offeredTo(town, [driver]);
    const [accepted, cancelled] = await Promise.all([
      outcomeOf(acceptOffer(contextOf(db(), driver), { ...key(), offerId: offerOf(driver) })),
      outcomeOf(
        cancelOrder(contextOf(db(), town.customer), { ...key(), orderId, reason: 'changed_mind' }),
      ),
    ]);
    // The customer may cancel until the kitchen starts, so cancelling wins either way; what may not
    // be is a delivery that goes on.
    expect(cancelled).toMatchObject({ ok: { orderId } });
    expect('ok' in accepted ? 'ok' : accepted.refused).toMatch(/^(ok|offer_gone)$/);
    const [delivery] = await db().select().from(deliveries).where(eq(deliveries.id, deliveryId));
    const [order] = await db().select().from(orders).where(eq(orders.id, orderId));
    expect([order?.status, delivery?.status]).toEqual(['cancelled', 'cancelled']);
    await expectCleanStory(orderId, 'order.cancelled');
  });

  it.each(Array.from({ length: 20 }, (_, n) => n))('accept against expiry, try %i', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const { orderId, deliveryId, offerOf } = await offeredTo(town, [driver], 15);
    const late = () => new Date(Date.now() + 30);
    const [accepted] = await Promise.all([
      outcomeOf(acceptOffer(contextOf(db(), driver), { ...key(), offerId: offerOf(driver) })),
      runDispatchRound(contextOf(db(), 'dispatch', { now: late })),
    ]);
    // A round passes by what is locked; the next one finds it.
    await runDispatchRound(contextOf(db(), 'dispatch', { now: late }));
    const [offer] = await db()
      .select()
      .from(offers)
      .where(eq(offers.id, offerOf(driver)));
    const [delivery] = await db().select().from(deliveries).where(eq(deliveries.id, deliveryId));
    if ('ok' in accepted) {
      expect([offer?.status, delivery?.status]).toEqual(['accepted', 'assigned']);
    } else {
      expect(accepted.refused).toBe('offer_gone');
      expect(delivery?.driverId).toBeNull();
    }
    await expectCleanStory(orderId, 'ok' in accepted ? 'offer.accepted' : 'offer.expired');
  });

  it('two dispatchers assign at once', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const [ana, ben] = [await makeDriver(db(), town), await makeDriver(db(), town)];
    const other = await makeUser(db(), 'admin', 'Other Admin');
    const orderId = await placeTestOrder(db(), town);
    const { id: deliveryId } = ensured(await deliveryOfOrder(db(), orderId), 'a delivery');
    const seenVersion = await versionOf(db(), orderId);
    const assign = (admin: Viewer, driver: Viewer) =>
      outcomeOf(
        assignDelivery(contextOf(db(), admin), {
          ...key(),
          seenVersion,
          deliveryId,
          driverId: driver.userId,
        }),
      );
    const outcomes = await Promise.all([assign(town.admin, ana), assign(other, ben)]);
    expect(winners(outcomes)).toBe(1);
    expect(reasons(outcomes)).toEqual(new Set(['changed_meanwhile']));
    await expectCleanStory(orderId, 'delivery.assigned');
  });

  it('unassign against pickup', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const { deliveryId, offerOf } = await offeredTo(town, [driver]);
    const ctx = contextOf(db(), driver);
    await acceptOffer(ctx, { ...key(), offerId: offerOf(driver) });
    await stepDelivery(ctx, { ...key(), deliveryId, step: 'arrive_pickup' });
    const outcomes = await Promise.all([
      outcomeOf(stepDelivery(ctx, { ...key(), deliveryId, step: 'pick_up' })),
      outcomeOf(unassignDelivery(contextOf(db(), town.admin), { ...key(), deliveryId })),
    ]);
    expect(winners(outcomes)).toBe(1);
  });

  it('one driver accepts two deliveries but has room for one', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town, { capacity: 1 });
    const orderIds = await Promise.all([placeTestOrder(db(), town), placeTestOrder(db(), town)]);
    const outcomes = await Promise.all(
      orderIds.map(async (orderId) => {
        const { id } = ensured(await deliveryOfOrder(db(), orderId), 'a delivery');
        return outcomeOf(
          assignDelivery(contextOf(db(), town.admin), {
            ...key(),
            deliveryId: id,
            driverId: driver.userId,
          }),
        );
      }),
    );
    expect(winners(outcomes)).toBe(1);
    expect(reasons(outcomes)).toEqual(new Set(['driver_full']));
  });
});

describe('the same request twice', () => {
  it('a double click on “order” places one order', async () => {
    const town = await makeTown(db());
    const ctx = contextOf(db(), town.customer);
    const input = orderOf(town);
    const [first, second] = await Promise.all([
      outcomeOf(placeOrder(ctx, input)),
      outcomeOf(placeOrder(ctx, input)),
    ]);
    expect(second).toEqual(first);
    expect('ok' in first).toBe(true);
    const placed = await db()
      .select()
      .from(orders)
      .where(eq(orders.customerId, town.customer.userId));
    expect(placed).toHaveLength(1);
  });

  it.runIf(database.real)(
    'waits for its like, and is answered as that is, though nothing can be ordered any more',
    async () => {
      const town = await makeTown(db());
      const ctx = contextOf(db(), town.customer);
      const input = orderOf(town);
      await db().update(menuItems).set({ stock: 5 }).where(eq(menuItems.id, town.dishes.main));
      const waiting = async () => {
        const [row] = await db().execute<{ count: number }>(sql`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`);
        return row?.count;
      };
      const patience = { timeout: 20_000 };
      const outcomes = await db().transaction(async (tx) => {
        await tx.select().from(menuItems).where(eq(menuItems.id, town.dishes.main)).for('update');
        const first = outcomeOf(placeOrder(ctx, input));
        await vi.waitFor(async () => expect(await waiting()).toBe(1), patience);
        const pausedUntil = new Date(Date.now() + 3_600_000);
        await db()
          .update(restaurants)
          .set({ pausedUntil })
          .where(eq(restaurants.id, town.restaurantId));
        const second = outcomeOf(placeOrder(ctx, input));
        await vi.waitFor(async () => expect(await waiting()).toBe(2), patience);
        return [first, second];
      });
      const [first, second] = await Promise.all(outcomes);
      expect(first).toHaveProperty('ok');
      expect(second).toEqual(first);
      const other = await outcomeOf(placeOrder(ctx, { ...input, ...key() }));
      expect(other).toEqual({ refused: 'restaurant_closed' });
    },
  );

  it('another request under a used key is refused and changes nothing', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const [ana, ben] = [await makeDriver(db(), town), await makeDriver(db(), town)];
    const { deliveryId } = await offeredTo(town, [ana]);
    const input = { ...key(), deliveryId };
    const ctx = contextOf(db(), town.admin);
    const first = await assignDelivery(ctx, { ...input, driverId: ana.userId });
    const again = await assignDelivery(ctx, { ...input, driverId: ana.userId });
    expect(again).toEqual(first);
    const other = await outcomeOf(assignDelivery(ctx, { ...input, driverId: ben.userId }));
    expect(other).toEqual({ refused: 'idempotency_key_reused' });
  });

  it('declining twice declines once', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const { orderId, offerOf } = await offeredTo(town, [driver]);
    const decline = () =>
      outcomeOf(
        declineOffer(contextOf(db(), driver), {
          ...key(),
          offerId: offerOf(driver),
          reason: 'too_far',
        }),
      );
    const outcomes = await Promise.all([decline(), decline()]);
    expect(winners(outcomes)).toBe(1);
    const declined = await db()
      .select()
      .from(events)
      .where(and(eq(events.streamId, orderId), eq(events.type, 'offer.declined')));
    expect(declined).toHaveLength(1);
  });
});
