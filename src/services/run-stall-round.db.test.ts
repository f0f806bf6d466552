import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { attemptsOfOrder } from '@/db/queries/dispatch';
import { upsertPositions } from '@/db/queries/drivers';
import { findCard, pendingOffers } from '@/db/queries/orders';
import { deliveryWatches } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver } from '@/db/testing/town';
import { projectDelivery } from '@/domain/audiences';
import { ensured } from '@/domain/errors';
import { destinationPoint } from '@/domain/geo';
import { carriedOrder, deliveryIs, storyOf, takeStep } from './journey.testing';
import { runDispatchRound } from './run-dispatch-round';
import { runStallRound } from './run-stall-round';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const POLICY = {
  ...{ kind: 'nearest' as const, stalledSeconds: 120, progressM: 50, darkSeconds: 60 },
  ...{ settleSeconds: 20, tellAdminSeconds: 60, reofferSeconds: 180, positionFreshSeconds: 3_600 },
};

/** A driver on the way, on a clock of their own; nobody else's deliveries are in the way. */
async function scene(options: Parameters<typeof carriedOrder>[1] = {}) {
  const { town, driver, orderId, deliveryId } = await carriedOrder(db(), {
    policy: POLICY,
    ...options,
  });
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead * 1_000);
  const seen = (meters: number) =>
    upsertPositions(db(), [
      {
        ...{ driverId: driver.userId, headingDeg: null, speedMps: null, accuracyM: 5 },
        at: destinationPoint(town.centre, 0, meters),
        recordedAt: now().toISOString(),
      },
    ]);
  /** Looks every 10 s for so long; where the driver is seen meanwhile, metres from the pickup. */
  const pass = async (seconds: number, where?: (second: number) => number) => {
    for (let second = 10; second <= seconds; second += 10) {
      ahead += 10;
      if (where) await seen(where(second));
      await runStallRound(contextOf(db(), 'watch', { now }));
    }
  };
  const stall = async () => {
    const card = ensured(await findCard(db(), orderId), 'a card');
    return card.delivery?.stall ?? null;
  };
  return { town, driver, orderId, deliveryId, now, pass, stall };
}

describe('the watch over drivers on the way', () => {
  it('tells the driver, then a dispatcher, then asks others, but not the one who is stuck', async () => {
    const { town, driver, orderId, now, pass, stall } = await scene();
    await pass(140, () => 900);
    expect(await stall()).toBeNull();
    await pass(20, () => 900);
    expect(await stall()).toMatchObject({ kind: 'stalled', told: 'driver' });
    await pass(60, () => 900);
    expect(await stall()).toMatchObject({ kind: 'stalled', told: 'admin' });
    await makeDriver(db(), town, { name: 'Ben', meters: 1_500 });
    await pass(130, () => 900);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: null, status: 'offering' });
    expect(await stall()).toBeNull();
    expect(await storyOf(db(), orderId)).toEqual(
      expect.arrayContaining(['delivery.stalled', 'delivery.unassigned']),
    );
    await runDispatchRound(contextOf(db(), 'dispatch', { now }));
    expect(await pendingOffers(db(), driver.userId)).toEqual([]);
    const considered = (await attemptsOfOrder(db(), orderId)).flatMap((each) => each.considered);
    const verdicts = considered.map(({ name, verdict }) => `${name} ${verdict}`);
    expect(verdicts).toContain('Ben chosen');
    expect(verdicts).toContain('Dee Driver declined');
  });

  it('says nothing of who gets on, and takes it back when they do', async () => {
    const { orderId, pass, stall } = await scene();
    await pass(200, (second) => 3_000 - second * 5);
    expect(await stall()).toBeNull();
    await pass(160, () => 2_000);
    expect(await stall()).toMatchObject({ kind: 'stalled' });
    await pass(60, (second) => 2_000 - second * 5);
    expect(await stall()).toBeNull();
    expect((await storyOf(db(), orderId)).at(-1)).toBe('delivery.moving_again');
  });

  it('who is seen no more is dark; after the pickup nobody else is asked by itself', async () => {
    const { driver, orderId, pass, stall } = await scene({ last: 'pick_up' });
    await pass(300);
    expect(await stall()).toMatchObject({ kind: 'dark', told: 'admin' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'picked_up', driverId: driver.userId },
    });
  });

  it('a step is progress, and the watch forgets', async () => {
    const { driver, orderId, deliveryId, pass, stall } = await scene();
    await pass(160, () => 900);
    expect(await stall()).not.toBeNull();
    await takeStep(db(), driver, orderId, 'arrive_pickup');
    expect(await stall()).toBeNull();
    await pass(10);
    const memories = await db()
      .select()
      .from(deliveryWatches)
      .where(eq(deliveryWatches.deliveryId, deliveryId));
    expect(memories).toEqual([]);
  });

  it('is nothing that a customer hears of', async () => {
    const { town, orderId, pass, stall } = await scene();
    await pass(160, () => 900);
    const card = ensured(await findCard(db(), orderId), 'a card');
    expect(await stall()).not.toBeNull();
    const delivery = ensured(card.delivery, 'a delivery');
    expect(projectDelivery(town.customer, delivery)).toMatchObject({ stall: null, runId: null });
  });

  it('two watches at once say it once', async () => {
    const { orderId, pass, stall, now } = await scene();
    await pass(140, () => 900);
    const later = () => new Date(now().getTime() + 20_000);
    const watch = () => runStallRound(contextOf(db(), 'watch', { now: later }));
    await Promise.all([watch(), watch(), watch()]);
    await watch();
    expect(await stall()).not.toBeNull();
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => type === 'delivery.stalled')).toHaveLength(1);
  });
});

it('a round of nothing costs one read', async () => {
  await db().execute(sql`DELETE FROM orders`);
  expect(await runStallRound(contextOf(db(), 'watch'))).toEqual({
    ...{ watched: 0, told: 0, reoffered: 0 },
  });
});
