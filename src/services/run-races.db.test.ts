import { asc, eq, inArray } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { deliveries, offers, orders } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { assignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import { deliveryIs } from './journey.testing';
import { runDispatchRound } from './run-dispatch-round';
import { setOnline } from './set-online';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase({ poolSize: 60 });
const db = () => database.connection.db;
const TRIES = Array.from({ length: 15 }, (_, n) => n);

type Order = { orderId: string; deliveryId: string };

/** Orders that nobody has been asked about yet. */
async function ordersIn(town: Town, count: number): Promise<Order[]> {
  const placed: Order[] = [];
  for (let n = 0; n < count; n += 1) {
    const orderId = await placeTestOrder(db(), town);
    const { id: deliveryId } = await deliveryIs(db(), orderId);
    await db()
      .update(deliveries)
      .set({ status: 'offering', nextAttemptAt: null })
      .where(eq(deliveries.id, deliveryId));
    placed.push({ orderId, deliveryId });
  }
  return placed;
}

/** Asks a driver about a run of these orders; the ids of its offers in their order. */
async function ask(driver: Viewer, run: readonly Order[], expiresInMs = 60_000) {
  const runId = uuidv7();
  const rows = await db()
    .insert(offers)
    .values(
      run.map((order, n) => ({
        ...order,
        driverId: driver.userId,
        driverName: driver.name,
        attempt: 1,
        round: 0,
        pickupDistanceM: 100,
        expiresAt: new Date(Date.now() + expiresInMs),
        ...{ runId, runStop: n + 1, runSize: run.length },
      })),
    )
    .returning();
  return run.map(
    ({ orderId }) =>
      ensured(
        rows.find((row) => row.orderId === orderId),
        'an offer',
      ).id,
  );
}

const accept = (driver: Viewer, offerId: string | undefined, stops?: number) =>
  outcomeOf(
    acceptOffer(contextOf(db(), driver), {
      ...key(),
      offerId: ensured(offerId, 'an offer'),
      stops,
    }),
  );

const cancel = (town: Town, orderId: string | undefined) =>
  outcomeOf(
    cancelOrder(contextOf(db(), town.customer), {
      ...{ ...key(), reason: 'changed_mind' as const },
      orderId: ensured(orderId, 'an order'),
    }),
  );

const statesOf = async (run: readonly Order[]) => {
  const rows = await db()
    .select()
    .from(deliveries)
    .where(
      inArray(
        deliveries.id,
        run.map(({ deliveryId }) => deliveryId),
      ),
    );
  return run.map(({ deliveryId }) => {
    const row = ensured(
      rows.find(({ id }) => id === deliveryId),
      'a delivery',
    );
    return { status: row.status, driverId: row.driverId, runStop: row.runStop };
  });
};

const offersTo = async (driver: Viewer) => {
  const rows = await db()
    .select({ status: offers.status })
    .from(offers)
    .where(eq(offers.driverId, driver.userId))
    .orderBy(asc(offers.runStop));
  return rows.map(({ status }) => status);
};

const isOk = (outcome: { ok: unknown } | { refused: string }) => 'ok' in outcome;
const refusalOf = (outcome: { ok: unknown } | { refused: string }) =>
  'refused' in outcome ? outcome.refused : 'ok';

async function scene(orderCount: number, driverCount = 1, capacity = 3) {
  const town = await makeTown(db(), { autoAccept: true });
  const drivers = await Promise.all(
    Array.from({ length: driverCount }, (_, n) =>
      makeDriver(db(), town, { name: `Driver ${n}`, capacity }),
    ),
  );
  return { town, drivers, run: await ordersIn(town, orderCount) };
}

describe('a run is answered as one', () => {
  it('accepting one offer takes the whole run, in its order', async () => {
    const { drivers, run } = await scene(3);
    const driver = ensured(drivers[0], 'a driver');
    const [, second] = await ask(driver, run);
    expect(await accept(driver, second, 3)).toMatchObject({
      ok: { id: run[1]?.deliveryId, runStop: 2 },
    });
    expect(await statesOf(run)).toEqual(
      [1, 2, 3].map((runStop) => ({ status: 'assigned', driverId: driver.userId, runStop })),
    );
  });

  it('declining one offer declines all, and all are searched for at once', async () => {
    const { drivers, run } = await scene(2);
    const driver = ensured(drivers[0], 'a driver');
    const [first] = await ask(driver, run);
    const offerId = ensured(first, 'an offer');
    await declineOffer(contextOf(db(), driver), { ...key(), offerId, reason: 'too_far' });
    expect(await offersTo(driver)).toEqual(['declined', 'declined']);
    for (const { orderId } of run) {
      expect((await deliveryIs(db(), orderId)).nextAttemptAt).not.toBeNull();
    }
  });

  it('a run that is larger than the room of its driver changes nothing', async () => {
    const { drivers, run } = await scene(3, 1, 2);
    const driver = ensured(drivers[0], 'a driver');
    const [first] = await ask(driver, run);
    expect(await accept(driver, first)).toEqual({ refused: 'driver_full' });
    expect((await statesOf(run)).map(({ status }) => status)).toEqual(run.map(() => 'offering'));
    expect(await offersTo(driver)).toEqual(run.map(() => 'pending'));
  });

  it('a driver who leaves loses the whole run', async () => {
    const { drivers, run } = await scene(2);
    const driver = ensured(drivers[0], 'a driver');
    await ask(driver, run);
    await setOnline(contextOf(db(), driver), { ...key(), online: false, position: null });
    expect(await offersTo(driver)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('what a dispatcher gives to somebody else leaves the run; nobody accepts unseen what is left', async () => {
    const { town, drivers, run } = await scene(2, 2);
    const [ana, ben] = drivers;
    if (!ana || !ben) throw new Error('two drivers');
    const [first, second] = await ask(ana, run);
    await assignDelivery(contextOf(db(), town.admin), {
      ...key(),
      deliveryId: ensured(run[0], 'an order').deliveryId,
      driverId: ben.userId,
    });
    expect(await accept(ana, first)).toEqual({ refused: 'offer_gone' });
    expect(await accept(ana, second, 2)).toEqual({ refused: 'run_changed' });
    expect(isOk(await accept(ana, second, 1))).toBe(true);
    const holders = (await statesOf(run)).map(({ driverId }) => driverId);
    expect(holders).toEqual([ben.userId, ana.userId]);
  });
});

describe('races about runs have exactly one outcome', () => {
  it('50 drivers accept the same run', async () => {
    const { drivers, run } = await scene(3, 50);
    const asked: { driver: Viewer; ids: string[] }[] = [];
    for (const driver of drivers) asked.push({ driver, ids: await ask(driver, run) });
    const outcomes = await Promise.all(
      asked.map(({ driver, ids }, n) => accept(driver, ids[n % ids.length])),
    );
    expect(outcomes.filter(isOk)).toHaveLength(1);
    expect(new Set(outcomes.map(refusalOf))).toEqual(new Set(['ok', 'offer_gone']));
    const winner = drivers[outcomes.findIndex(isOk)];
    expect((await statesOf(run)).map(({ driverId }) => driverId)).toEqual(
      run.map(() => winner?.userId),
    );
  });

  it.each(TRIES)('accept against the cancellation of one of its orders, try %i', async (n) => {
    const { town, drivers, run } = await scene(2);
    const driver = ensured(drivers[0], 'a driver');
    const ids = await ask(driver, run);
    // The cancelled order is now the one with the lower id, now the other.
    const gone = n % 2;
    const [accepted, cancelled] = await Promise.all([
      accept(driver, ids[1 - gone], 2),
      cancel(town, run[gone]?.orderId),
    ]);
    expect(cancelled).toMatchObject({ ok: {} });
    expect(refusalOf(accepted)).toMatch(/^(ok|run_changed)$/);
    const [order] = await db()
      .select()
      .from(orders)
      .where(eq(orders.id, run[gone]?.orderId ?? ''));
    expect(order?.status).toBe('cancelled');
    const states = await statesOf(run);
    expect(states[gone]?.status).toBe('cancelled');
    expect(states[1 - gone]?.status).toBe(isOk(accepted) ? 'assigned' : 'offering');
  });

  it.each(TRIES)('accept against expiry, try %i', async () => {
    const { drivers, run } = await scene(2);
    const driver = ensured(drivers[0], 'a driver');
    const [first] = await ask(driver, run, 15);
    const late = () => new Date(Date.now() + 30);
    const round = () => runDispatchRound(contextOf(db(), 'dispatch', { now: late }));
    const [accepted] = await Promise.all([accept(driver, first), round()]);
    await round();
    const states = new Set((await statesOf(run)).map(({ status }) => status));
    const answers = new Set((await offersTo(driver)).slice(0, 2));
    expect(answers).toEqual(new Set([isOk(accepted) ? 'accepted' : 'expired']));
    if (isOk(accepted)) expect(states).toEqual(new Set(['assigned']));
    else expect(refusalOf(accepted)).toBe('offer_gone');
  });

  it.each(TRIES)('two runs that share a delivery, try %i', async (n) => {
    const { drivers, run } = await scene(3, 2);
    const [ana, ben] = drivers;
    const [a, b, c] = run;
    if (!ana || !ben || !a || !b || !c) throw new Error('two drivers and three orders');
    // In opposite orders of handing over, so that only locks taken in one order can't meet head on.
    const [ofAna, ofBen] = [await ask(ana, [a, b]), await ask(ben, n % 2 ? [c, b] : [b, c])];
    const [first, second] = await Promise.all([accept(ana, ofAna[0], 2), accept(ben, ofBen[0], 2)]);
    expect([first, second].filter(isOk)).toHaveLength(1);
    expect(refusalOf(isOk(first) ? second : first)).toMatch(/^(offer_gone|run_changed)$/);
    const winner = isOk(first) ? ana : ben;
    const holders = (await statesOf(run)).map(({ driverId }) => driverId);
    expect(holders[1]).toBe(winner.userId);
    expect(holders).toEqual(
      isOk(first) ? [ana.userId, ana.userId, null] : [null, ben.userId, ben.userId],
    );
  });

  it('what is left of the losing run stays offered', async () => {
    const { drivers, run } = await scene(3, 2);
    const [ana, ben] = drivers;
    const [a, b, c] = run;
    if (!ana || !ben || !a || !b || !c) throw new Error('two drivers and three orders');
    const [ofAna, ofBen] = [await ask(ana, [a, b]), await ask(ben, [b, c])];
    expect(isOk(await accept(ana, ofAna[0], 2))).toBe(true);
    expect(await offersTo(ben)).toEqual(['withdrawn', 'pending']);
    expect(isOk(await accept(ben, ofBen[1], 1))).toBe(true);
  });
});
