import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { attemptsOfOrder } from '@/db/queries/dispatch';
import { pendingOffers } from '@/db/queries/orders';
import { deliveries, offers, orders } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type TownOptions } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { runDispatchRound } from './run-dispatch-round';
import { setOnline } from './set-online';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** Rounds run on the test's own clock, which starts now and is moved by hand. */
function clock() {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    pass(seconds: number) {
      ahead += seconds * 1_000;
    },
  };
}

async function townWithOrder(options: TownOptions = {}) {
  const town = await makeTown(db(), { autoAccept: true, ...options });
  const time = clock();
  return {
    town,
    time,
    round: () => runDispatchRound(contextOf(db(), 'dispatch', { now: time.now })),
    order: async () => {
      const orderId = await placeTestOrder(db(), town);
      return { orderId, delivery: () => deliveryIs(orderId) };
    },
  };
}

const deliveryIs = async (orderId: string) =>
  ensured(await deliveryOfOrder(db(), orderId), 'a delivery');

const offerTo = async (driver: Viewer) => {
  const [offer] = await pendingOffers(db(), driver.userId);
  return offer ?? null;
};

const askedInOrder = async (orderId: string) => {
  const rows = await db()
    .select({ name: offers.driverName, status: offers.status })
    .from(offers)
    .where(eq(offers.orderId, orderId))
    .orderBy(asc(offers.attempt));
  return rows.map(({ name, status }) => `${name} ${status}`);
};

const decline = async (driver: Viewer) =>
  declineOffer(contextOf(db(), driver), {
    ...key(),
    offerId: ensured(await offerTo(driver), `an offer to ${driver.name}`).id,
    reason: 'too_far',
  });

describe('a round of dispatch', () => {
  it('asks the nearest free driver, with all that is needed to decide', async () => {
    const { town, round, order } = await townWithOrder();
    await makeDriver(db(), town, { name: 'Far', meters: 900 });
    const near = await makeDriver(db(), town, { name: 'Near', meters: 200 });
    await makeDriver(db(), town, { name: 'Offline', meters: 50, online: false });
    const { orderId } = await order();
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Near pending']);
    const offer = ensured(await offerTo(near), 'an offer');
    expect(offer.pickupDistanceM).toBeCloseTo(200, -1);
    expect(offer.tripDistanceM).toBeGreaterThan(1_000);
    expect(offer.pay).toBeGreaterThan(0);
    expect(new Date(offer.expiresAt).getTime() - Date.now()).toBeGreaterThan(15_000);
  });

  it('asks the next one after a decline, and after an offer that ran out', async () => {
    const { town, time, round, order } = await townWithOrder();
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    await makeDriver(db(), town, { name: 'Ben', meters: 200 });
    await makeDriver(db(), town, { name: 'Cleo', meters: 300 });
    const { orderId } = await order();
    await round();
    await decline(ana);
    await round();
    time.pass(21);
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Ana declined', 'Ben expired', 'Cleo pending']);
  });

  it('asks whom the process remembers, and looks in the database once one of them is not free', async () => {
    const { town, time, order } = await townWithOrder({ policy: { candidates: 2 } });
    await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    const ben = await makeDriver(db(), town, { name: 'Ben', meters: 200 });
    const cleo = await makeDriver(db(), town, { name: 'Cleo', meters: 300 });
    const { orderId } = await order();
    const nearDrivers = () => [cleo.userId, ben.userId];
    const round = () =>
      runDispatchRound(contextOf(db(), 'dispatch', { now: time.now, nearDrivers }));
    await round();
    await decline(ben);
    await setOnline(contextOf(db(), cleo), { ...key(), online: false, position: null });
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Ben declined', 'Ana pending']);
  });

  it('does not ask somebody who is being asked already', async () => {
    const { town, round, order } = await townWithOrder();
    await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    const [first, second] = [await order(), await order()];
    await round();
    const asked = [...(await askedInOrder(first.orderId)), ...(await askedInOrder(second.orderId))];
    expect(asked).toEqual(['Ana pending']);
  });

  it('waits longer each time, looks farther, and ends as no_driver in sight of everybody', async () => {
    const { time, round, order } = await townWithOrder({
      policy: { radiusStepsM: [1_000, 2_000, 3_000], maxEmptyRounds: 4, backoffBaseSeconds: 4 },
    });
    const { orderId, delivery } = await order();
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await round();
      const { nextAttemptAt } = await delivery();
      const until = ensured(nextAttemptAt, 'another attempt').getTime();
      waits.push(Math.round((until - time.now().getTime()) / 1_000));
      time.pass((until - time.now().getTime()) / 1_000 + 0.05);
    }
    await round();
    // Three quarters of 4, 8, 16 seconds: the jitter is fixed at its middle here.
    expect(waits).toEqual([3, 6, 12]);
    expect(await delivery()).toMatchObject({ status: 'no_driver', reason: 'no_driver_found' });
    const attempts = await attemptsOfOrder(db(), orderId);
    expect(attempts.map(({ outcome, radiusM }) => `${outcome} ${radiusM}`)).toEqual([
      'wait 1000',
      'wait 2000',
      'wait 3000',
      'give_up 3000',
    ]);
  });

  it('asks who let an offer run out again in the next round, but never who declined', async () => {
    const { town, time, round, order } = await townWithOrder();
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    await makeDriver(db(), town, { name: 'Ben', meters: 200 });
    const { orderId } = await order();
    await round();
    await decline(ana);
    await round();
    time.pass(21);
    await round();
    time.pass(10);
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Ana declined', 'Ben expired', 'Ben pending']);
  });

  it('considers a driver who comes online at once, whatever the back-off', async () => {
    const { town, time, round, order } = await townWithOrder();
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 100, online: false });
    const { orderId } = await order();
    for (const seconds of [0, 5, 9]) {
      time.pass(seconds);
      await round();
    }
    await setOnline(contextOf(db(), ana, { now: time.now }), {
      ...key(),
      online: true,
      position: null,
    });
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Ana pending']);
  });

  it('withdraws the offer of a driver who goes offline and asks the next one', async () => {
    const { town, round, order } = await townWithOrder();
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    await makeDriver(db(), town, { name: 'Ben', meters: 200 });
    const { orderId } = await order();
    await round();
    await setOnline(contextOf(db(), ana), { ...key(), online: false, position: null });
    await round();
    expect(await askedInOrder(orderId)).toEqual(['Ana withdrawn', 'Ben pending']);
  });

  it('leaves out a driver whose last position is old, and says so', async () => {
    const { town, time, round, order } = await townWithOrder();
    await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    const { orderId } = await order();
    time.pass(90);
    await round();
    expect(await askedInOrder(orderId)).toEqual([]);
    const [attempt] = await attemptsOfOrder(db(), orderId);
    expect(attempt?.considered.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'Ana position_stale',
    ]);
  });

  it('asks nobody for an order that was closed by hand', async () => {
    const { town, round, order } = await townWithOrder();
    await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    const { orderId, delivery } = await order();
    await db().update(orders).set({ status: 'cancelled' }).where(eq(orders.id, orderId));
    await round();
    expect(await askedInOrder(orderId)).toEqual([]);
    expect(await delivery()).toMatchObject({ status: 'cancelled' });
  });

  it('leaves an accepted delivery alone', async () => {
    const { town, time, round, order } = await townWithOrder();
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 100 });
    const { delivery } = await order();
    await round();
    const offer = ensured(await offerTo(ana), 'an offer');
    await acceptOffer(contextOf(db(), ana), { ...key(), offerId: offer.id });
    time.pass(60);
    await round();
    expect(await delivery()).toMatchObject({ status: 'assigned', driverId: ana.userId });
  });

  it('decides many searches in few transactions, each for another driver, and says who was taken', async () => {
    const { town, time, order } = await townWithOrder({ policy: { candidates: 3 } });
    const names = Array.from({ length: 20 }, (_, n) => `D${n}`);
    for (const [n, name] of names.entries()) {
      await makeDriver(db(), town, { name, meters: 100 + n * 20 });
    }
    const placed: string[] = [];
    for (const _ of names) placed.push((await order()).orderId);
    let commits = 0;
    const committed = () => {
      commits += 1;
    };
    const report = await runDispatchRound(
      contextOf(db(), 'dispatch', { now: time.now, committed }),
    );
    expect(report.offered).toBe(20);
    // Three are known of each pickup, and all are the same: so most are looked at again, seven times.
    expect(commits).toBeLessThanOrEqual(10);
    const asked = await Promise.all(placed.map(askedInOrder));
    expect(asked.flat().sort()).toEqual(names.map((name) => `${name} pending`).sort());
    const attempts = await Promise.all(placed.map((id) => attemptsOfOrder(db(), id)));
    expect(attempts.map((list) => list.length)).toEqual(placed.map(() => 1));
    const [second] = attempts[1] ?? [];
    const verdicts = second?.considered.map(({ name, verdict }) => `${name} ${verdict}`);
    expect(verdicts).toEqual(['D0 asked_already', 'D1 chosen', 'D2 further_away']);
    const [last] = attempts.at(-1) ?? [];
    const left = last?.considered.filter(({ verdict }) => verdict === 'asked_already') ?? [];
    // Five of those who had no time before it, and who was taken in the same look.
    expect(left.length).toBeGreaterThanOrEqual(5);
    expect(new Set(left.map(({ driverId }) => driverId)).size).toBe(left.length);
  });

  it.runIf(database.real)(
    'ends many questions that ran out, but for those of an order that somebody holds',
    async () => {
      const { town, time, round, order } = await townWithOrder();
      for (const n of [0, 1, 2]) await makeDriver(db(), town, { name: `D${n}`, meters: 100 + n });
      const placed = [await order(), await order(), await order()];
      await round();
      time.pass(21);
      const [held, ...others] = placed.map(({ orderId }) => orderId);
      await db().transaction(async (tx) => {
        await tx
          .select()
          .from(orders)
          .where(eq(orders.id, ensured(held, 'an order')))
          .for('update');
        await round();
      });
      expect((await askedInOrder(ensured(held, 'an order'))).join()).toMatch(/^D. pending$/);
      for (const orderId of others) expect((await askedInOrder(orderId))[0]).toMatch(/expired/);
    },
  );

  it.runIf(database.real)(
    'one search that can’t be written stops no other, and is told',
    async () => {
      const { town, round, order } = await townWithOrder();
      for (const n of [0, 1, 2]) await makeDriver(db(), town, { name: `D${n}`, meters: 100 + n });
      const placed = [await order(), await order(), await order()];
      const [, second] = placed;
      const poisoned = (await ensured(second, 'an order').delivery()).id;
      await database.connection.sql.unsafe(`
      CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'HF001'; END $$;
      CREATE TRIGGER a_poison BEFORE INSERT ON offers FOR EACH ROW
        WHEN (NEW.delivery_id = '${poisoned}') EXECUTE FUNCTION poison()`);
      await expect(round()).rejects.toMatchObject({ reason: 'illegal_step' });
      const asked = await Promise.all(placed.map(({ orderId }) => askedInOrder(orderId)));
      expect(asked.map((list) => list.length)).toEqual([1, 0, 1]);
      await db().execute('DROP FUNCTION poison CASCADE');
    },
  );

  it('several dispatchers at once make one offer per delivery and one per driver', async () => {
    const { town, order } = await townWithOrder();
    const drivers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        makeDriver(db(), town, { name: `D${n}`, meters: 100 + n * 50 }),
      ),
    );
    const placed = await Promise.all(drivers.map(() => order()));
    await Promise.all(
      Array.from({ length: 6 }, () => runDispatchRound(contextOf(db(), 'dispatch'))),
    );
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const pending = await Promise.all(drivers.map((driver) => pendingOffers(db(), driver.userId)));
    expect(pending.map((list) => list.length)).toEqual(drivers.map(() => 1));
    const served = new Set(pending.flat().map((offer) => offer.orderId));
    expect(served.size).toBe(placed.length);
    const open = await db().select().from(deliveries).where(eq(deliveries.zoneId, town.zoneId));
    expect(open.every(({ status }) => status === 'offering')).toBe(true);
  });
});
