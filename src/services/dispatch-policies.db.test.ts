import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { attemptsOfOrder } from '@/db/queries/dispatch';
import { pendingOffers } from '@/db/queries/orders';
import { deliveries, dispatchPolicyChanges, offers, orders, zones } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { changeDispatchPolicy, listDispatchPolicies } from './change-dispatch-policy';
import { deliveryIs, giveTo, takeStep, walk } from './journey.testing';
import { runDispatchRound } from './run-dispatch-round';
import { setOnline } from './set-online';
import { stepOrder } from './step-order';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const round = (now = () => new Date()) => runDispatchRound(contextOf(db(), 'dispatch', { now }));
const townOf = (policy: Partial<ZonePolicy>) => makeTown(db(), { autoAccept: true, policy });

const asked = async (driver: Viewer) => pendingOffers(db(), driver.userId);
const statuses = async (orderId: string) => {
  const rows = await db()
    .select({ name: offers.driverName, status: offers.status })
    .from(offers)
    .where(eq(offers.orderId, orderId))
    .orderBy(asc(offers.driverName));
  return rows.map(({ name, status }) => `${name} ${status}`);
};

const accept = async (driver: Viewer) =>
  acceptOffer(contextOf(db(), driver), {
    ...key(),
    offerId: ensured((await asked(driver))[0], `an offer to ${driver.name}`).id,
  });

const decline = async (driver: Viewer) =>
  declineOffer(contextOf(db(), driver), {
    ...key(),
    offerId: ensured((await asked(driver))[0], `an offer to ${driver.name}`).id,
    reason: 'too_far',
  });

/** The food is ready: nobody waits to be as late as punctuality allows. */
const markReady = (orderId: string) =>
  db()
    .update(orders)
    .set({ readyEstimateAt: new Date(Date.now() - 60_000) })
    .where(eq(orders.id, orderId));

describe('policy broadcast', () => {
  const crew = async (town: Town, names: string[]) =>
    Promise.all(names.map((name, n) => makeDriver(db(), town, { name, meters: 100 * (n + 1) })));

  it('asks several at once; the first yes wins, the others are withdrawn', async () => {
    const town = await townOf({ kind: 'broadcast', parallelOffers: 3 });
    const [, ben] = await crew(town, ['Ana', 'Ben', 'Cleo', 'Dan']);
    const orderId = await placeTestOrder(db(), town);
    await round();
    expect(await statuses(orderId)).toEqual(['Ana pending', 'Ben pending', 'Cleo pending']);
    const driver = ensured(ben, 'Ben');
    expect((await asked(driver))[0]?.why).toMatchObject({ code: 'first_wins', asked: 3 });
    await accept(driver);
    expect(await statuses(orderId)).toEqual(['Ana withdrawn', 'Ben accepted', 'Cleo withdrawn']);
  });

  it('a no is followed by the next one at once, as many as the policy says', async () => {
    const town = await townOf({ kind: 'broadcast', parallelOffers: 2 });
    const [ana] = await crew(town, ['Ana', 'Ben', 'Cleo', 'Dan']);
    const orderId = await placeTestOrder(db(), town);
    await round();
    await decline(ensured(ana, 'Ana'));
    await round();
    expect(await statuses(orderId)).toEqual(['Ana declined', 'Ben pending', 'Cleo pending']);
    const attempts = await attemptsOfOrder(db(), orderId);
    expect(attempts.map(({ policy, outcome }) => `${policy} ${outcome}`)).toEqual([
      'broadcast offer',
      'broadcast offer',
    ]);
  });

  it('waits quietly while everybody who may be asked is thinking', async () => {
    const town = await townOf({ kind: 'broadcast', parallelOffers: 3 });
    const [ana, ben] = await crew(town, ['Ana', 'Ben']);
    const orderId = await placeTestOrder(db(), town);
    await round();
    await decline(ensured(ana, 'Ana'));
    await round();
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'offering', nextAttemptAt: null },
    });
    expect(await asked(ensured(ben, 'Ben'))).toHaveLength(1);
  });

  it('asks a driver several things at once where the policy says so, and no more', async () => {
    const town = await townOf({
      ...{ kind: 'broadcast', parallelOffers: 1, parallelOffersPerDriver: 2 },
    });
    const ana = await makeDriver(db(), town, { name: 'Ana', capacity: 5 });
    for (let n = 0; n < 3; n += 1) await placeTestOrder(db(), town);
    await round();
    expect(await asked(ana)).toHaveLength(2);
  });
});

describe('policy batch', () => {
  it('asks one driver about two orders of one restaurant, and both are taken with one yes', async () => {
    const town = await townOf({ kind: 'batch' });
    const ana = await makeDriver(db(), town, { name: 'Ana', capacity: 3 });
    const placed = [await placeTestOrder(db(), town), await placeTestOrder(db(), town)];
    for (const orderId of placed) await markReady(orderId);
    await round();
    const run = await asked(ana);
    expect(run.map(({ runSize }) => runSize)).toEqual([2, 2]);
    expect(new Set(run.map(({ runId }) => runId)).size).toBe(1);
    expect(run.map(({ runStop }) => runStop).sort()).toEqual([1, 2]);
    expect(run[0]?.why).toMatchObject({ code: 'best_plan', asked: 1 });
    await accept(ana);
    for (const orderId of placed) {
      expect(await deliveryIs(db(), orderId)).toMatchObject({
        ...{ status: 'assigned', driverId: ana.userId, runId: run[0]?.runId },
      });
    }
  });

  it('gives nobody a run that is larger than their bag', async () => {
    const town = await townOf({ kind: 'batch' });
    const ana = await makeDriver(db(), town, { name: 'Ana', capacity: 1 });
    const placed = [await placeTestOrder(db(), town), await placeTestOrder(db(), town)];
    for (const orderId of placed) await markReady(orderId);
    await round();
    expect((await asked(ana)).map(({ runSize }) => runSize)).toEqual([1]);
  });

  it('holds what is not ready, and tells whom it is planned for and when', async () => {
    const town = await makeTown(db(), {
      ...{ autoAccept: true, prepMinutes: 30, policy: { kind: 'batch' } },
    });
    const ana = await makeDriver(db(), town, { name: 'Ana', meters: 300 });
    const orderId = await placeTestOrder(db(), town);
    await round();
    expect(await asked(ana)).toEqual([]);
    const held = await deliveryIs(db(), orderId);
    expect(held).toMatchObject({ plannedDriverName: 'Ana', status: 'unassigned' });
    const leavesIn = (held.plannedLeaveAt?.getTime() ?? 0) - Date.now();
    expect(leavesIn).toBeGreaterThan(20 * 60_000);
    expect(leavesIn).toBeLessThan(30 * 60_000);
    // The same plan again is no news.
    await round();
    const attempts = await attemptsOfOrder(db(), orderId);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['hold']);
    expect(attempts[0]?.considered).toMatchObject([{ name: 'Ana', verdict: 'chosen' }]);
    // When it is time to leave, the driver is asked. Their position is fresh: the clock is the round's.
    const later = () => new Date(Date.now() + 29 * 60_000);
    await db().execute(`UPDATE driver_positions SET recorded_at = now() + interval '29 minutes'
      WHERE driver_id = '${ana.userId}'`);
    await round(later);
    expect(await asked(ana)).toHaveLength(1);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ plannedDriverId: null });
  });

  it('keeps each decision with everybody looked at, and why not', async () => {
    const town = await townOf({ kind: 'batch', radiusStepsM: [2_000] });
    await makeDriver(db(), town, { name: 'Ana', meters: 200 });
    const ben = await makeDriver(db(), town, { name: 'Ben', meters: 100 });
    await makeDriver(db(), town, { name: 'Far', meters: 9_000 });
    const orderId = await placeTestOrder(db(), town);
    await markReady(orderId);
    await round();
    await decline(ben);
    await round();
    const [, second] = await attemptsOfOrder(db(), orderId);
    const verdicts = second?.considered.map(({ name, verdict }) => `${name} ${verdict}`);
    expect(verdicts).toEqual(['Ben declined', 'Ana chosen', 'Far out_of_radius']);
    for (const driver of second?.considered ?? []) {
      expect(driver.travelSeconds).toBeGreaterThan(0);
      expect(driver).toMatchObject({ load: 0, positionAgeSeconds: expect.any(Number) });
    }
  });

  it('backs off where nobody may be asked, and leaves it to a person in the end', async () => {
    const town = await townOf({ kind: 'batch', maxEmptyRounds: 2 });
    const orderId = await placeTestOrder(db(), town);
    await round();
    expect(await deliveryIs(db(), orderId)).toMatchObject({ emptyRounds: 1 });
    await round(() => new Date(Date.now() + 120_000));
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'no_driver' });
  });

  it('looks ahead to a driver at the door, and does not overload them', async () => {
    const town = await townOf({ kind: 'batch' });
    const ana = await makeDriver(db(), town, { name: 'Ana', capacity: 1 });
    const first = await placeTestOrder(db(), town);
    await giveTo(db(), town, first, ana);
    await walk(db(), ana, first, 'arrive_dropoff');
    const second = await placeTestOrder(db(), town);
    await markReady(second);
    await round();
    expect(await asked(ana)).toEqual([]);
    expect(await deliveryIs(db(), second)).toMatchObject({ plannedDriverName: 'Ana' });
  });

  it('several dispatchers plan one zone: one question each, nobody twice', async () => {
    const town = await townOf({ kind: 'batch', bundleSize: 1 });
    const crew = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        makeDriver(db(), town, { name: `D${n}`, meters: 100 + n * 50 }),
      ),
    );
    const placed = await Promise.all(crew.map(() => placeTestOrder(db(), town)));
    for (const orderId of placed) await markReady(orderId);
    await Promise.all(Array.from({ length: 5 }, () => round()));
    await round();
    const open = await Promise.all(crew.map(asked));
    expect(open.map((list) => list.length)).toEqual(crew.map(() => 1));
    expect(new Set(open.flat().map(({ orderId }) => orderId)).size).toBe(placed.length);
  });
});

describe('changing a policy while running', () => {
  const change = (admin: Viewer, town: Town, policy: Record<string, unknown>, version = 1) =>
    changeDispatchPolicy(contextOf(db(), admin), {
      ...{ ...key(), zoneId: town.zoneId, expectedVersion: version, policy },
    });

  it('counts from the next round on, and is written down', async () => {
    const town = await townOf({ kind: 'nearest' });
    await Promise.all(['Ana', 'Ben'].map((name) => makeDriver(db(), town, { name })));
    const first = await placeTestOrder(db(), town);
    await round();
    expect(await statuses(first)).toHaveLength(1);
    const changed = await change(town.admin, town, { kind: 'broadcast', parallelOffers: 2 });
    expect(changed).toMatchObject({ version: 2, policy: { kind: 'broadcast', offerSeconds: 20 } });
    const [row] = await db()
      .select()
      .from(dispatchPolicyChanges)
      .where(eq(dispatchPolicyChanges.zoneId, town.zoneId));
    expect(row).toMatchObject({ version: 2, actor: `user:${town.admin.userId}` });
    await Promise.all(['Cleo', 'Dan'].map((name) => makeDriver(db(), town, { name })));
    const second = await placeTestOrder(db(), town);
    await round();
    expect(await statuses(second)).toHaveLength(2);
    const { zones: listed } = await listDispatchPolicies(contextOf(db(), town.admin));
    expect(listed.find(({ zoneId }) => zoneId === town.zoneId)).toMatchObject({
      ...{ version: 2, changedBy: town.admin.name, problem: null },
    });
  });

  it('nonsense is refused, names the field and changes nothing', async () => {
    const town = await townOf({ kind: 'nearest', offerSeconds: 33 });
    const refused = await outcomeOf(change(town.admin, town, { kind: 'batch', windowSeconds: -1 }));
    expect(refused).toEqual({ refused: 'policy_invalid' });
    await expect(change(town.admin, town, { kind: 'nearest', ofer: 1 })).rejects.toMatchObject({
      ...{ data: { field: 'ofer' }, message: expect.stringContaining('ofer') },
    });
    const [zone] = await db().select().from(zones).where(eq(zones.id, town.zoneId));
    expect(zone).toMatchObject({ policyVersion: 1, dispatchPolicy: { offerSeconds: 33 } });
  });

  it('of two admins who save at once one wins, and the same request twice changes once', async () => {
    const town = await townOf({ kind: 'nearest' });
    const other = await makeUser(db(), 'admin', 'Other Admin');
    const outcomes = await Promise.all([
      outcomeOf(change(town.admin, town, { kind: 'batch' })),
      outcomeOf(change(other, town, { kind: 'broadcast' })),
    ]);
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    expect(outcomes).toContainEqual({ refused: 'policy_changed' });
    const input = {
      ...{ ...key(), zoneId: town.zoneId, expectedVersion: 2, policy: { kind: 'nearest' } },
    };
    const first = await changeDispatchPolicy(contextOf(db(), town.admin), input);
    expect(await changeDispatchPolicy(contextOf(db(), town.admin), input)).toEqual(first);
    expect(first.version).toBe(3);
  });

  it('is no driver’s and no customer’s business', async () => {
    const town = await townOf({ kind: 'nearest' });
    const outcome = await outcomeOf(change(town.customer, town, { kind: 'batch' }));
    expect(outcome).toEqual({ refused: 'role_not_allowed' });
  });

  it('a policy typed in by hand that makes no sense stops no zone, and is shown', async () => {
    const town = await townOf({ kind: 'nearest' });
    await db()
      .update(zones)
      .set({ dispatchPolicy: { kind: 'batch', windowSeconds: 'soon' } })
      .where(eq(zones.id, town.zoneId));
    const ana = await makeDriver(db(), town, { name: 'Ana' });
    await placeTestOrder(db(), town);
    await round();
    expect(await asked(ana)).toHaveLength(1);
    const { zones: listed } = await listDispatchPolicies(contextOf(db(), town.admin));
    expect(listed.find(({ zoneId }) => zoneId === town.zoneId)?.problem).toMatchObject({
      field: 'windowSeconds',
    });
  });
});

describe('considered at once', () => {
  it('whoever hands over is asked in the next round, whatever the back-off', async () => {
    const town = await townOf({ kind: 'nearest' });
    const ana = await makeDriver(db(), town, { name: 'Ana' });
    const first = await placeTestOrder(db(), town);
    await giveTo(db(), town, first, ana);
    await walk(db(), ana, first, 'arrive_dropoff');
    const second = await placeTestOrder(db(), town);
    await round();
    await db()
      .update(deliveries)
      .set({ nextAttemptAt: new Date(Date.now() + 600_000) })
      .where(eq(deliveries.orderId, second));
    await round();
    expect(await asked(ana)).toEqual([]);
    await takeStep(db(), ana, first, 'deliver');
    await round();
    expect(await asked(ana)).toHaveLength(1);
  });

  it('a search that was given up begins anew when a driver comes online', async () => {
    const town = await townOf({ kind: 'nearest', maxEmptyRounds: 1 });
    const orderId = await placeTestOrder(db(), town);
    await round();
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'no_driver' });
    const ana = await makeDriver(db(), town, { name: 'Ana', online: false });
    await setOnline(contextOf(db(), ana), { ...key(), online: true, position: null });
    await round();
    expect(await asked(ana)).toHaveLength(1);
  });

  it('food that is ready early waits for nobody’s back-off', async () => {
    const town = await townOf({ kind: 'nearest' });
    const orderId = await placeTestOrder(db(), town);
    await round();
    const waiting = await deliveryIs(db(), orderId);
    expect(waiting.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now());
    for (const command of ['start', 'finish'] as const) {
      await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command });
    }
    const hurried = await deliveryIs(db(), orderId);
    expect(hurried.nextAttemptAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
