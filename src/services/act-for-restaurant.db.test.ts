import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { openMustSees } from '@/db/queries/must-sees';
import { kitchensOf, staffOf } from '@/db/queries/staff';
import { orders, restaurants, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { kitchenSnapshot } from '@/realtime/kitchen';
import { acknowledgeMustSee } from './acknowledge-must-see';
import { pauseRestaurant, setSoldOut } from './change-restaurant';
import type { ServiceContext } from './context';
import { delayCooking } from './delay-order';
import { getOrderLines } from './get-order-lines';
import { orderIs, storyOf } from './journey.testing';
import { staffedTown } from './kitchen.testing';
import { reasonOf, refusalOf } from './refused.testing';
import { setAutoAccept } from './set-auto-accept';
import { stepOrder } from './step-order';
import { contextOf, key, placeTestOrder } from './testing';
import { listKitchens, listStaff, tieStaff, untieStaff } from './tie-staff';

const database = testDatabase();
const db = () => database.connection.db;

type Ids = { orderId: string; restaurantId: string; itemId: string };

const calls: Record<string, (ctx: ServiceContext, ids: Ids) => Promise<unknown>> = {
  'step-order': (ctx, { orderId }) => stepOrder(ctx, { ...key(), orderId, command: 'accept' }),
  'delay-cooking': (ctx, { orderId }) =>
    delayCooking(ctx, {
      ...{ ...key(), orderId, minutes: 5 },
      expectedReadyAt: new Date().toISOString(),
    }),
  'acknowledge-must-see': (ctx, { orderId }) =>
    acknowledgeMustSee(ctx, { ...key(), orderId, mustSeeId: uuidv7() }),
  'get-order-lines': (ctx, { orderId }) => getOrderLines(ctx, { orderId }),
  'pause-restaurant': (ctx, { restaurantId }) =>
    pauseRestaurant(ctx, { ...key(), restaurantId, minutes: 15 }),
  'set-auto-accept': (ctx, { restaurantId }) =>
    setAutoAccept(ctx, { ...key(), restaurantId, autoAccept: true }),
  'set-sold-out': (ctx, { itemId }) => setSoldOut(ctx, { ...key(), itemId, soldOut: true }),
};
const unknown = (): Ids => ({ orderId: uuidv7(), restaurantId: uuidv7(), itemId: uuidv7() });

describe('acting for a restaurant', () => {
  it.each(Object.entries(calls))(
    '%s: a foreign one looks as if it did not exist',
    async (_, call) => {
      const { town } = await staffedTown(db());
      const { cook: stranger } = await staffedTown(db());
      const orderId = await placeTestOrder(db(), town);
      const ctx = contextOf(db(), stranger);
      const { restaurantId, dishes } = town;
      const foreign = await refusalOf(db(), () =>
        call(ctx, { orderId, restaurantId, itemId: dishes.main }),
      );
      const nobodys = await refusalOf(db(), () => call(ctx, unknown()));
      expect(foreign).toMatchObject({ code: 'not_found', message: nobodys.message });
      expect(foreign.reason).toBe(nobodys.reason);
    },
  );

  it.each(Object.entries(calls))(
    '%s: is not for customers, drivers and guests',
    async (_, call) => {
      const { town } = await staffedTown(db());
      const others = [
        contextOf(db(), town.customer),
        contextOf(db(), await makeDriver(db(), town)),
      ];
      for (const ctx of others) {
        expect(await reasonOf(db(), () => call(ctx, unknown()))).toBe('role_not_allowed');
      }
      const guest = contextOf(db(), 'guest');
      expect(await reasonOf(db(), () => call(guest, unknown()))).toBe('sign_in_required');
    },
  );

  it('is seen by who is tied, and by admins', async () => {
    const { town, cook } = await staffedTown(db());
    const { cook: stranger } = await staffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    for (const viewer of [cook, town.admin]) {
      const { view } = await kitchenSnapshot(db(), viewer, town.slug, new Date());
      expect(view.cards.map(({ order }) => order.id)).toEqual([orderId]);
      expect(view.lines[orderId]).toMatchObject([{ name: 'Main', quantity: 1 }]);
      expect(view.mustSees).toMatchObject([{ orderId, event: 'placed' }]);
      expect(JSON.stringify(view)).not.toContain('Side Street');
    }
    const look = () => kitchenSnapshot(db(), stranger, town.slug, new Date());
    expect(await reasonOf(db(), look)).toBe('restaurant_not_found');
  });
});

describe('a kitchen', () => {
  it('takes an order from yes to the counter', async () => {
    const { town, cook } = await staffedTown(db());
    const ctx = contextOf(db(), cook);
    const orderId = await placeTestOrder(db(), town);
    await stepOrder(ctx, { ...key(), orderId, command: 'accept', prepMinutes: 20 });
    const accepted = await orderIs(db(), orderId);
    const said = ensured(accepted.readyEstimateAt, 'a time');
    const minutes = (said.getTime() - ensured(accepted.acceptedAt, 'a time').getTime()) / 60_000;
    expect({ minutes, prepMinutes: accepted.prepMinutes }).toEqual({
      minutes: 20,
      prepMinutes: 20,
    });
    const expectedReadyAt = said.toISOString();
    await delayCooking(ctx, { ...key(), orderId, minutes: 10, expectedReadyAt });
    const moved = ensured((await orderIs(db(), orderId)).readyEstimateAt, 'a time');
    expect((moved.getTime() - said.getTime()) / 60_000).toBe(10);
    // The other tablet saw the time before.
    const again = { ...key(), orderId, minutes: 5, expectedReadyAt };
    expect(await reasonOf(db(), () => delayCooking(ctx, again))).toBe('ready_moved');
    await stepOrder(ctx, { ...key(), orderId, command: 'start' });
    await stepOrder(ctx, { ...key(), orderId, command: 'finish' });
    expect((await storyOf(db(), orderId)).filter((type) => type.startsWith('order.'))).toEqual([
      ...['order.placed', 'order.accepted', 'order.ready_moved', 'order.preparing', 'order.ready'],
    ]);
  });

  it('delays from now on what is late already, and nothing that nobody cooks', async () => {
    const { town, cook } = await staffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    const now = new Date(Date.now() + 3_600_000);
    const ctx = contextOf(db(), cook, { now: () => now });
    await stepOrder(ctx, { ...key(), orderId, command: 'accept' });
    const said = ensured((await orderIs(db(), orderId)).readyEstimateAt, 'a time').toISOString();
    const delayed = await delayCooking(ctx, {
      ...key(),
      orderId,
      minutes: 5,
      expectedReadyAt: said,
    });
    expect(delayed.readyAt).toBe(new Date(now.getTime() + 300_000).toISOString());
    await stepOrder(ctx, { ...key(), orderId, command: 'start' });
    await stepOrder(ctx, { ...key(), orderId, command: 'finish' });
    const ready = ensured((await orderIs(db(), orderId)).readyEstimateAt, 'a time').toISOString();
    const late = { ...key(), orderId, minutes: 5, expectedReadyAt: ready };
    expect(await reasonOf(db(), () => delayCooking(ctx, late))).toBe('not_delayable');
  });

  it('begins later what it delays before it has begun', async () => {
    const { town, cook } = await staffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    const ctx = contextOf(db(), cook);
    await stepOrder(ctx, { ...key(), orderId, command: 'accept' });
    const cookFrom = new Date(Date.now() + 60_000);
    await db().update(orders).set({ cookFrom }).where(eq(orders.id, orderId));
    const said = ensured((await orderIs(db(), orderId)).readyEstimateAt, 'a time').toISOString();
    await delayCooking(ctx, { ...key(), orderId, minutes: 10, expectedReadyAt: said });
    const later = ensured((await orderIs(db(), orderId)).cookFrom, 'a time');
    expect((later.getTime() - cookFrom.getTime()) / 60_000).toBeCloseTo(10, 3);
  });

  it('pauses, sells out, and says who says yes', async () => {
    const { town, cook } = await staffedTown(db());
    const { restaurantId } = town;
    const ctx = contextOf(db(), cook);
    await pauseRestaurant(ctx, { ...key(), restaurantId, minutes: 15 });
    await setSoldOut(ctx, { ...key(), itemId: town.dishes.main, soldOut: true });
    await setAutoAccept(ctx, { ...key(), restaurantId, autoAccept: true });
    const [row] = await db().select().from(restaurants).where(eq(restaurants.id, restaurantId));
    expect(row?.autoAccept).toBe(true);
    expect(row?.pausedUntil?.getTime()).toBeGreaterThan(Date.now());
  });

  it('acknowledges once, from whichever tablet', async () => {
    const { town, cook } = await staffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    const [mustSee] = await openMustSees(db(), town.restaurantId);
    const seen = () => ({ ...key(), orderId, mustSeeId: ensured(mustSee, 'one').id });
    const tablets = Array.from({ length: 4 }, () =>
      acknowledgeMustSee(contextOf(db(), cook), seen()),
    );
    const answers = await Promise.all(tablets);
    expect(answers.filter(({ first }) => first)).toHaveLength(1);
    expect(await openMustSees(db(), town.restaurantId)).toEqual([]);
  });
});

describe('who is tied to a restaurant', () => {
  it('is said by admins: accounts of kitchens, and new ones', async () => {
    const { town, cook } = await staffedTown(db());
    const { restaurantId } = town;
    const admin = contextOf(db(), town.admin);
    const email = `${uuidv7()}@hotfoot.test`;
    const wanted = { restaurantId, email };
    expect(await reasonOf(db(), () => tieStaff(admin, { ...key(), ...wanted }))).toBe(
      'staff_unknown',
    );
    const account = { name: 'Nora New', password: 'long enough' };
    await tieStaff(admin, { ...key(), ...wanted, account });
    // Again is no harm.
    await tieStaff(admin, { ...key(), ...wanted });
    expect((await listStaff(admin, { restaurantId })).map(({ name }) => name)).toEqual([
      ...['Kit Ladle', 'Nora New'],
    ]);
    const [customer] = await db().select().from(users).where(eq(users.id, town.customer.userId));
    const taken = { restaurantId, email: ensured(customer, 'a customer').email };
    expect(await reasonOf(db(), () => tieStaff(admin, { ...key(), ...taken }))).toBe(
      'staff_other_role',
    );
    for (const viewer of [town.customer, cook]) {
      const tie = () => tieStaff(contextOf(db(), viewer), { ...key(), ...wanted });
      expect(await reasonOf(db(), tie)).toBe('role_not_allowed');
    }
  });

  it('ends when an admin says so', async () => {
    const { town, cook } = await staffedTown(db());
    const { restaurantId } = town;
    expect(await listKitchens(contextOf(db(), cook))).toMatchObject([{ slug: town.slug }]);
    const { userId } = cook;
    await untieStaff(contextOf(db(), town.admin), { ...key(), restaurantId, userId });
    expect(await kitchensOf(db(), userId)).toEqual([]);
    expect(await staffOf(db(), restaurantId)).toEqual([]);
    const look = () => kitchenSnapshot(db(), cook, town.slug, new Date());
    expect(await reasonOf(db(), look)).toBe('restaurant_not_found');
  });
});
