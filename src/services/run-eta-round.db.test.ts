import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { upsertPositions } from '@/db/queries/drivers';
import { deliveries, etaCalibrations, etaEstimates, events, orders } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { calibrateEta } from './calibrate-eta';
import { getEtaReport } from './get-eta-report';
import { carriedOrder, deliveryIs, orderIs, storyOf, takeStep } from './journey.testing';
import { runDispatchRound } from './run-dispatch-round';
import { runEtaRound } from './run-eta-round';
import { failDelivery } from './step-delivery';
import { cartOf, contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const roundIn = (minutes: number) =>
  runEtaRound(contextOf(db(), 'eta', { now: () => new Date(Date.now() + minutes * 60_000) }));

const estimatesOf = (orderId: string) =>
  db()
    .select()
    .from(etaEstimates)
    .where(eq(etaEstimates.orderId, orderId))
    .orderBy(asc(etaEstimates.at));

const seenAt = (driverId: string, at: GeoPoint) =>
  upsertPositions(db(), [
    {
      driverId,
      at,
      headingDeg: null,
      speedMps: null,
      accuracyM: 5,
      recordedAt: new Date().toISOString(),
    },
  ]);

describe('a round of ETAs', () => {
  it.runIf(database.real)(
    'tells of many orders at once, and of one that somebody is changing later',
    async () => {
      const town = await makeTown(db());
      const orderIds: string[] = [];
      for (let n = 0; n < 25; n += 1) orderIds.push(await placeTestOrder(db(), town));
      const [held = '', ...others] = orderIds;
      const told = async () => {
        const estimates = await db()
          .select({ orderId: etaEstimates.orderId })
          .from(etaEstimates)
          .where(and(inArray(etaEstimates.orderId, orderIds), ne(etaEstimates.stage, 'quote')));
        return estimates.map(({ orderId }) => orderId).sort();
      };
      await db().transaction(async (tx) => {
        await tx.select().from(orders).where(eq(orders.id, held)).for('update');
        // Nobody has answered: what was promised does not hold any more.
        await roundIn(30);
        expect(await told()).toEqual([...others].sort());
      });
      await roundIn(30);
      expect(await told()).toEqual([...orderIds].sort());
      const changes = await db()
        .selectDistinct({ xid: events.xid })
        .from(events)
        .where(and(inArray(events.streamId, others), eq(events.type, 'order.eta_changed')));
      expect(changes.length).toBeLessThan(others.length / 5);
    },
  );

  it('has nothing to add to what was promised while that holds', async () => {
    const orderId = await placeTestOrder(db(), await makeTown(db()));
    const { promisedFrom: etaFrom, promisedTo: etaTo } = await orderIs(db(), orderId);
    await roundIn(0);
    expect(await orderIs(db(), orderId)).toMatchObject({ etaFrom, etaTo, etaStage: 'quote' });
    expect(await storyOf(db(), orderId)).toEqual(['order.placed']);
    expect(await estimatesOf(orderId)).toHaveLength(1);
  });

  it('shows a window on the order and keeps what it was made from', async () => {
    const { orderId } = await carriedOrder(db());
    await roundIn(0);
    const order = await orderIs(db(), orderId);
    const [quote, estimate, ...others] = await estimatesOf(orderId);
    expect(quote).toMatchObject({ stage: 'quote', arrivesTo: order.promisedTo });
    expect(others).toEqual([]);
    expect(estimate).toMatchObject({
      stage: 'to_pickup',
      arrivesFrom: order.etaFrom,
      arrivesTo: order.etaTo,
      facts: {
        tripDistanceM: expect.closeTo(1_112, 0),
        courier: { distanceM: expect.closeTo(300, 0) },
        kitchenAhead: 0,
      },
    });
    expect(order.etaStage).toBe('to_pickup');
    expect((await storyOf(db(), orderId)).at(-1)).toBe('order.eta_changed');
  });

  it('counts the doors that a run visits before this one', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town, { capacity: 2 });
    const to = (meters: number) => destinationPoint(town.centre, 0, meters);
    const [first, second] = [
      await placeTestOrder(db(), town, { dropoff: to(600) }),
      await placeTestOrder(db(), town, { dropoff: to(900) }),
    ];
    const run = { driverId: driver.userId, runId: uuidv7() };
    for (const [n, orderId] of [first, second].entries()) {
      const { id } = await deliveryIs(db(), orderId);
      await db()
        .update(deliveries)
        .set({ ...run, status: 'assigned', runStop: n + 1 })
        .where(eq(deliveries.id, id));
      await takeStep(db(), driver, orderId, 'arrive_pickup');
      await takeStep(db(), driver, orderId, 'pick_up');
    }
    await seenAt(driver.userId, to(0));
    const distanceTo = async (orderId: string) => {
      const facts = (await estimatesOf(orderId)).at(-1)?.facts as {
        courier: { distanceM: number };
      };
      return facts.courier.distanceM;
    };
    await roundIn(0);
    expect(await distanceTo(first)).toBeCloseTo(600, -1);
    // As far as the door of the first, a while at it, and on from there.
    expect(await distanceTo(second)).toBeGreaterThan(1_200);
    const { id: deliveryId } = await deliveryIs(db(), first);
    const absent = { ...key(), deliveryId, reason: 'customer_absent' as const };
    await failDelivery(contextOf(db(), driver), absent);
    // At once: two minutes sooner is news, whole minutes or not; a minute later one of them would be left.
    await roundIn(0);
    expect(await distanceTo(second)).toBeCloseTo(900, -1);
  });

  it('counts the driver who is being asked as free for the order that they are asked about', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    const factsNow = async () => {
      await roundIn(0);
      return (await estimatesOf(orderId)).at(-1)?.facts;
    };
    await runDispatchRound(contextOf(db(), 'dispatch'));
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'offering' });
    expect(await factsNow()).toMatchObject({ freeDrivers: 1, onlineDrivers: 1, waitingAhead: 0 });
    const order = await orderIs(db(), orderId);
    expect(order.delayedAt).toBeNull();
    // Somebody else’s order finds nobody: this driver has the first one to decide about.
    const second = await placeTestOrder(db(), town);
    await roundIn(0);
    expect((await estimatesOf(second)).at(-1)?.facts).toMatchObject({ freeDrivers: 0 });
  });

  it('is silent while it has nothing new to tell', async () => {
    const { orderId } = await carriedOrder(db());
    await roundIn(0);
    const told = (await storyOf(db(), orderId)).length;
    await roundIn(0.1);
    expect(await storyOf(db(), orderId)).toHaveLength(told);
  });

  it('shows the slot of an order for later, and tells a delay only when the slot is missed', async () => {
    const { orderId } = await carriedOrder(db());
    const later = (minutes: number) => new Date(Math.ceil(Date.now() / 60_000 + minutes) * 60_000);
    const [slotFrom, slotTo] = [later(90), later(105)];
    await db()
      .update(orders)
      .set({ slotFrom, slotTo, promisedFrom: slotFrom, promisedTo: slotTo })
      .where(eq(orders.id, orderId));
    await roundIn(0);
    expect(await orderIs(db(), orderId)).toMatchObject({
      etaFrom: slotFrom,
      etaTo: slotTo,
      delayedAt: null,
    });
    await db()
      .update(orders)
      .set({ readyEstimateAt: later(120) })
      .where(eq(orders.id, orderId));
    await roundIn(1);
    const missed = await orderIs(db(), orderId);
    expect(missed.delayedAt).not.toBeNull();
    expect(missed.etaTo?.getTime()).toBeGreaterThan(slotTo.getTime());
  });

  it('has nothing to tell of what waits at the counter, however long', async () => {
    const { orderId } = await carriedOrder(db());
    await db().update(orders).set({ status: 'preparing' }).where(eq(orders.id, orderId));
    await db()
      .update(orders)
      .set({ fulfilment: 'pickup', status: 'ready' })
      .where(eq(orders.id, orderId));
    const told = await storyOf(db(), orderId);
    await roundIn(60);
    expect(await storyOf(db(), orderId)).toEqual(told);
    expect((await orderIs(db(), orderId)).delayedAt).toBeNull();
  });

  it('tells a delay once, with the new time, and takes it back when it is made up', async () => {
    const { orderId } = await carriedOrder(db(), { last: 'arrive_pickup' });
    await roundIn(40);
    const late = await orderIs(db(), orderId);
    expect(late.delayedAt).not.toBeNull();
    expect(late.etaTo?.getTime()).toBeGreaterThan(late.promisedTo.getTime());
    await roundIn(45);
    expect((await storyOf(db(), orderId)).filter((type) => type === 'order.delayed')).toHaveLength(
      1,
    );
    expect((await orderIs(db(), orderId)).delayedAt).toEqual(late.delayedAt);
    await roundIn(0);
    expect((await orderIs(db(), orderId)).delayedAt).toBeNull();
  });

  it('says once that the courier is nearly there', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    await seenAt(driver.userId, town.centre);
    await roundIn(0);
    expect((await deliveryIs(db(), orderId)).imminentAt).toBeNull();
    await seenAt(driver.userId, destinationPoint(cartOf(town).dropoff, 90, 250));
    await roundIn(0);
    await roundIn(0.2);
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => type === 'delivery.imminent')).toHaveLength(1);
  });

  it('by several processes at once tells each order once', async () => {
    const orders = await Promise.all(Array.from({ length: 4 }, () => carriedOrder(db())));
    await Promise.all(Array.from({ length: 3 }, () => roundIn(0)));
    await roundIn(0);
    for (const { orderId } of orders) {
      const story = await storyOf(db(), orderId);
      expect(story.filter((type) => type === 'order.eta_changed')).toHaveLength(1);
    }
  });

  it('leaves alone what has arrived', async () => {
    const { orderId } = await carriedOrder(db(), { last: 'deliver' });
    const told = (await storyOf(db(), orderId)).length;
    await roundIn(30);
    expect(await storyOf(db(), orderId)).toHaveLength(told);
  });
});

describe('history', () => {
  it('lays the windows anew, and the report says how they came true', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    // Sixty predictions of ten minutes, give or take two, made 6.1 to 17.9 minutes before the end.
    const made = Array.from({ length: 60 }, (_, i) => 6.1 + i * 0.2);
    await db()
      .insert(etaEstimates)
      .values(
        made.map((minutes) => ({
          orderId,
          at: ago(minutes),
          stage: 'to_dropoff' as const,
          predictedAt: ago(minutes - 10),
          arrivesFrom: ago(minutes - 8),
          arrivesTo: ago(minutes - 12),
          facts: {},
        })),
      );
    const admin = contextOf(db(), town.admin);
    const calibrated = async () => {
      await calibrateEta(contextOf(db(), 'eta'));
      const rows = await db().select().from(etaCalibrations);
      return rows.find(({ stage }) => stage === 'to_dropoff');
    };
    expect(await calibrated()).toBeUndefined();
    expect(await getEtaReport(admin, { days: 7 })).not.toContainEqual(
      expect.objectContaining({ stage: 'to_dropoff' }),
    );

    await takeStep(db(), driver, orderId, 'deliver');
    const fit = await calibrated();
    expect(fit).toMatchObject({ samples: 60 });
    // A tenth arrived before 7.28 minutes, a tenth after 16.72; both and ten shifted by two.
    expect(fit?.low).toBeCloseTo((7.28 + 2) / 12, 2);
    expect(fit?.high).toBeCloseTo((16.72 + 2) / 12, 2);
    const [row] = (await getEtaReport(admin, { days: 7 })).filter(
      ({ stage }) => stage === 'to_dropoff',
    );
    expect(row).toMatchObject({ shown: 60, calibration: { low: fit?.low, high: fit?.high } });
    expect(row?.covered).toBeCloseTo(20 / 60);
    expect(row?.early).toBeCloseTo(10 / 60);
    expect(row?.late).toBeCloseTo(30 / 60);
    expect(row?.bias).toBeCloseTo(2, 1);
    expect(row?.width).toBeCloseTo(4, 1);
    await expect(getEtaReport(contextOf(db(), driver), { days: 7 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
