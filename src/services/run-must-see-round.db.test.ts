import { and, asc, eq, like, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openMustSees } from '@/db/queries/must-sees';
import { events, mustSeeLadders, mustSees, notices, pushSubscriptions, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town, type TownOptions } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { DEFAULT_LADDER, type Ladder, MUST_SEE_EVENTS } from '@/domain/must-see';
import type { Viewer } from '@/domain/roles';
import { acknowledgeMustSee } from './acknowledge-must-see';
import { cancelOrder } from './cancel-order';
import { delayCooking } from './delay-order';
import { orderIs } from './journey.testing';
import { staffedTown as makeStaffedTown } from './kitchen.testing';
import { runKitchenRound } from './run-kitchen-round';
import { runMustSeeRound } from './run-must-see-round';
import { restoreOrder, stepOrder } from './step-order';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const SMALL: Ladder = {
  placed: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'push', afterSeconds: 60 },
    { kind: 'email', afterSeconds: 60 },
    { kind: 'sms', afterSeconds: 60 },
    { kind: 'dispatcher', afterSeconds: 120 },
    { kind: 'cancel', afterSeconds: 300 },
  ],
  cancelled: [{ kind: 'sound', afterSeconds: 0 }],
  delayed: [{ kind: 'sound', afterSeconds: 0 }],
};

/** As in other tests, with a ladder of its own. */
async function staffedTown(options: TownOptions = {}) {
  const staffed = await makeStaffedTown(db(), options);
  const { restaurantId } = staffed.town;
  await db().insert(mustSeeLadders).values({ restaurantId, ladder: SMALL });
  return staffed;
}

const roundIn = (seconds: number, sms = false) =>
  runMustSeeRound(
    contextOf(db(), 'must-see', { now: () => new Date(Date.now() + seconds * 1_000) }),
    { sms },
  );

/** What the order's story says of it. */
async function climbsOf(orderId: string): Promise<string[]> {
  const rows = await db()
    .select({ type: events.type, actor: events.actor })
    .from(events)
    .where(and(eq(events.streamId, orderId), like(events.type, 'must\\_see.%')))
    .orderBy(asc(events.version));
  return rows.map(({ type }) => type.replace('must_see.', ''));
}

const openOf = ({ restaurantId }: Town) => openMustSees(db(), restaurantId);
const as = (who: Viewer) => contextOf(db(), who);

async function acknowledge(who: Viewer, town: Town) {
  const mustSee = ensured((await openOf(town))[0], 'something to see');
  return acknowledgeMustSee(as(who), {
    ...key(),
    orderId: mustSee.orderId,
    mustSeeId: mustSee.id,
  });
}

describe('a new order', () => {
  it('climbs rung by rung until its kitchen has seen it', async () => {
    const { town, cook } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    expect(await climbsOf(orderId)).toEqual(['raised']);
    await roundIn(1);
    expect(await climbsOf(orderId)).toEqual(['raised', 'sound']);
    await roundIn(121);
    const all = ['raised', 'sound', 'push', 'email', 'sms', 'dispatcher'];
    expect(await climbsOf(orderId)).toEqual(all);
    expect(await acknowledge(cook, town)).toEqual({ first: true });
    await roundIn(3_600);
    expect(await climbsOf(orderId)).toEqual([...all, 'acknowledged']);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'placed' });
    expect(await openOf(town)).toEqual([]);
  });

  it('ends at the top, gives back what it took, and says why', async () => {
    const { town } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await roundIn(299);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'placed' });
    await roundIn(301);
    expect(await orderIs(db(), orderId)).toMatchObject({
      ...{ status: 'expired', reason: 'not_answered', closedBy: 'platform' },
      paymentStatus: 'released',
    });
    expect((await climbsOf(orderId)).slice(-3)).toEqual(['dispatcher', 'cancel', 'settled']);
  });

  it('climbs each rung once, however many rounds run at the same time', async () => {
    const { town } = await staffedTown();
    const orderIds = await Promise.all(Array.from({ length: 4 }, () => placeTestOrder(db(), town)));
    await Promise.all(Array.from({ length: 4 }, () => roundIn(301)));
    // A round passes by what another one holds.
    await roundIn(301);
    for (const orderId of orderIds) {
      expect(await climbsOf(orderId)).toEqual([
        'raised',
        'sound',
        'push',
        'email',
        'sms',
        'dispatcher',
        'cancel',
        'settled',
      ]);
    }
  });

  it('is either seen or ended when both happen at once', async () => {
    const { town, cook } = await staffedTown();
    for (let turn = 0; turn < 6; turn += 1) {
      const orderId = await placeTestOrder(db(), town);
      await roundIn(121);
      const mustSee = ensured((await openOf(town))[0], 'something to see');
      const seen = { ...key(), orderId, mustSeeId: mustSee.id };
      const [answer] = await Promise.all([
        acknowledgeMustSee(as(cook), seen),
        roundIn(301),
        roundIn(301),
      ]);
      await roundIn(301);
      const { status } = await orderIs(db(), orderId);
      expect(status).toBe(answer.first ? 'placed' : 'expired');
      expect(await climbsOf(orderId)).toHaveLength(answer.first ? 7 : 8);
    }
  });

  it('is accepted or ended when both happen at once', async () => {
    const { town, cook } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    const step = { ...key(), orderId, command: 'accept' as const, prepMinutes: 25 };
    const [accepted] = await Promise.all([outcomeOf(stepOrder(as(cook), step)), roundIn(301)]);
    await roundIn(301);
    const { status, prepMinutes } = await orderIs(db(), orderId);
    if ('ok' in accepted)
      expect({ status, prepMinutes }).toEqual({ status: 'accepted', prepMinutes: 25 });
    else expect(status).toBe('expired');
  });

  it('is seen by whoever accepts or rejects it, an admin too', async () => {
    const { town } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await stepOrder(as(town.admin), { ...key(), orderId, command: 'accept' });
    expect(await climbsOf(orderId)).toEqual(['raised', 'acknowledged']);
    const [row] = await db().select().from(mustSees).where(eq(mustSees.orderId, orderId));
    expect(row?.closedBy).toBe(`user:${town.admin.userId}`);
  });

  it('for later may be answered until it is to be cooked', async () => {
    const { town } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await db().execute(
      `UPDATE orders SET cook_from = now() + interval '2 hours' WHERE id = '${orderId}'`,
    );
    await roundIn(3_600);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'placed' });
    await roundIn(7_300);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'expired' });
  });

  it('of a kitchen that accepts by itself is seen by its tablet, or by nobody where there is none', async () => {
    const alone = await makeTown(db(), { autoAccept: true });
    expect(await climbsOf(await placeTestOrder(db(), alone))).toEqual([]);
    const { town } = await staffedTown({ autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    await roundIn(3_600);
    // It is not cancelled: it was accepted.
    expect(await climbsOf(orderId)).toEqual([
      ...['raised', 'sound', 'push', 'email', 'sms', 'dispatcher'],
    ]);
    const later = { now: () => new Date(Date.now() + 3_600_000) };
    await runKitchenRound(contextOf(db(), 'kitchen', later));
    await runKitchenRound(contextOf(db(), 'kitchen', later));
    expect((await climbsOf(orderId)).at(-1)).toBe('settled');
  });

  it('of a kitchen without a tablet calls a dispatcher and ends all the same', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await roundIn(601);
    expect(await climbsOf(orderId)).toEqual([
      ...['raised', 'louder', 'push', 'email', 'sms', 'dispatcher', 'cancel', 'settled'],
    ]);
  });
});

describe('where nobody has set a ladder', () => {
  it('tablets ring with what is raised, and the next rung is that of the usual ladder', async () => {
    const { town } = await makeStaffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    expect(await openOf(town)).toMatchObject([{ event: 'placed', climbed: ['sound'] }]);
    await db().execute(sql`SELECT raise_must_see(o, e.event, now())
      FROM orders o, unnest('{cancelled,delayed}'::text[]) AS e (event) WHERE o.id = ${orderId}`);
    const raised = await db().select().from(mustSees).where(eq(mustSees.orderId, orderId));
    expect(raised.map(({ event }) => event).sort()).toEqual([...MUST_SEE_EVENTS].sort());
    for (const { event, raisedAt, climbed, nextAt } of raised) {
      const [first, second] = DEFAULT_LADDER[event];
      expect([first?.afterSeconds, [first?.kind]]).toEqual([0, climbed]);
      expect(nextAt?.getTime()).toBe(raisedAt.getTime() + (second?.afterSeconds ?? 0) * 1_000);
    }
    const before = await climbsOf(orderId);
    await roundIn(1);
    expect(await climbsOf(orderId)).toEqual(before);
  });
});

describe('what is changed by others', () => {
  it('is to be seen: a cancellation of what the kitchen knew of', async () => {
    const { town, cook } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await stepOrder(as(cook), { ...key(), orderId, command: 'accept' });
    await cancelOrder(as(town.customer), { ...key(), orderId, reason: 'changed_mind' });
    expect(await openOf(town)).toMatchObject([{ orderId, event: 'cancelled' }]);
    await restoreOrder(as(town.admin), { ...key(), orderId });
    expect(await openOf(town)).toMatchObject([{ orderId, event: 'placed' }]);
  });

  it('is not when the kitchen had not seen the order, or has done it itself', async () => {
    const { town, cook } = await staffedTown();
    const unseen = await placeTestOrder(db(), town);
    await cancelOrder(as(town.customer), { ...key(), orderId: unseen, reason: 'changed_mind' });
    // As one whose money no bank has held yet: nobody was told of it.
    const unpaid = await placeTestOrder(db(), town);
    await db().delete(mustSees).where(eq(mustSees.orderId, unpaid));
    await cancelOrder(as(town.customer), { ...key(), orderId: unpaid, reason: 'changed_mind' });
    const refused = await placeTestOrder(db(), town);
    await stepOrder(as(cook), { ...key(), orderId: refused, command: 'reject', reason: 'closing' });
    expect(await openOf(town)).toEqual([]);
  });

  it('is to be seen: a delay that is not its own', async () => {
    const { town, cook } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await stepOrder(as(cook), { ...key(), orderId, command: 'accept' });
    const delay = async (who: Viewer) => {
      const { readyEstimateAt } = await orderIs(db(), orderId);
      const expectedReadyAt = ensured(readyEstimateAt, 'a time').toISOString();
      return delayCooking(as(who), { ...key(), orderId, minutes: 10, expectedReadyAt });
    };
    await delay(cook);
    expect(await openOf(town)).toEqual([]);
    await delay(town.admin);
    await delay(town.admin);
    expect(await openOf(town)).toMatchObject([{ orderId, event: 'delayed' }]);
    await stepOrder(as(cook), { ...key(), orderId, command: 'start' });
    expect(await openOf(town)).toEqual([]);
  });
});

describe('the ladder', () => {
  it('tells whoever is tied, on the ways on which they can be reached', async () => {
    const { town, cook } = await staffedTown();
    await db()
      .insert(pushSubscriptions)
      .values({
        ...{ userId: cook.userId, endpoint: `https://push.test/${cook.userId}` },
        ...{ p256dh: 'x', auth: 'y' },
      });
    await db().update(users).set({ phone: '+12025550123' }).where(eq(users.id, cook.userId));
    const orderId = await placeTestOrder(db(), town);
    await roundIn(61, true);
    const told = await db().select().from(notices).where(eq(notices.orderId, orderId));
    expect(told.map(({ channel }) => channel).sort()).toEqual(['email', 'push', 'sms']);
    expect(told[0]).toMatchObject({
      ...{ userId: cook.userId, kind: 'must_see' },
      content: { text: 'kitchen_placed', path: `/kitchen/${town.slug}` },
    });
    const other = await placeTestOrder(db(), town);
    await roundIn(61);
    const without = await db().select().from(notices).where(eq(notices.orderId, other));
    expect(without.map(({ channel }) => channel).sort()).toEqual(['email', 'push']);
  });

  it('counts as it is now, and one that makes no sense leaves the usual one', async () => {
    const { town } = await staffedTown();
    const orderId = await placeTestOrder(db(), town);
    await roundIn(121);
    const placed = [
      { kind: 'sound', afterSeconds: 0 },
      { kind: 'cancel', afterSeconds: 1 },
    ];
    await db()
      .update(mustSeeLadders)
      .set({ ladder: { ...SMALL, placed } })
      .where(eq(mustSeeLadders.restaurantId, town.restaurantId));
    await roundIn(2);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'expired' });
    await db()
      .update(mustSeeLadders)
      .set({ ladder: { placed: [{ kind: 'shout', afterSeconds: 1 }] } })
      .where(eq(mustSeeLadders.restaurantId, town.restaurantId));
    const next = await placeTestOrder(db(), town);
    await roundIn(599);
    expect(await orderIs(db(), next)).toMatchObject({ status: 'placed' });
    await roundIn(601);
    expect(await orderIs(db(), next)).toMatchObject({ status: 'expired' });
  });
});
