import { asc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findLiveSessions, insertSession } from '@/db/queries/users';
import { changes, drivers, offers, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Role, Viewer } from '@/domain/roles';
import { acceptOffer } from './answer-offer';
import { assignDelivery } from './assign-delivery';
import { blockPerson, unblockPerson } from './block-person';
import { changeRole } from './change-role';
import { endSessions } from './end-sessions';
import { carriedOrder, deliveryIs } from './journey.testing';
import { getPerson, ListPeopleInput, listPeople } from './list-people';
import { reasonOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { runStallRound } from './run-stall-round';
import { setOnline } from './set-online';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** An admin of this test alone: who else is one matters here. */
async function onlyAdmins(count: number): Promise<Viewer[]> {
  await db().update(users).set({ role: 'customer' }).where(eq(users.role, 'admin'));
  const admins: Viewer[] = [];
  while (admins.length < count) admins.push(await makeUser(db(), 'admin', 'Ada Admin'));
  return admins;
}

const versionOf = async ({ userId }: Pick<Viewer, 'userId'>): Promise<number> => {
  const [row] = await db().select().from(users).where(eq(users.id, userId));
  return ensured(row, 'a person').version;
};

const block = async (admin: Viewer, person: Viewer, reason = 'Took the money') =>
  blockPerson(contextOf(db(), admin), {
    ...key(),
    userId: person.userId,
    expectedVersion: await versionOf(person),
    reason,
  });

const giveRole = async (admin: Viewer, person: Viewer, role: Role) =>
  changeRole(contextOf(db(), admin), {
    ...key(),
    userId: person.userId,
    expectedVersion: await versionOf(person),
    role,
  });

async function sessionFor({ userId }: Viewer): Promise<string> {
  const id = uuidv7();
  await insertSession(db(), { id, userId, expiresAt: new Date(Date.now() + 3_600_000) });
  return id;
}

const alive = async (ids: string[]) => [...(await findLiveSessions(db(), ids, new Date())).keys()];

const storyOf = async ({ userId }: Viewer) =>
  db()
    .select({ type: changes.type, data: changes.data, actor: changes.actor })
    .from(changes)
    .where(eq(changes.subjectId, userId))
    .orderBy(asc(changes.id));

describe('people', () => {
  it('are found by part of a name or e-mail, by role and by state, a page at a time', async () => {
    const { admin } = await makeTown(db());
    const ctx = contextOf(db(), admin);
    const mark = uuidv7().slice(-8);
    const made: Viewer[] = [];
    for (let n = 0; n < 27; n += 1) {
      made.push(await makeUser(db(), n % 2 ? 'driver' : 'customer', `Zoë ${mark} ${n}%`));
    }
    const list = (input: Partial<z.infer<typeof ListPeopleInput>>) =>
      listPeople(ctx, ListPeopleInput.parse({ text: mark, ...input }));
    const first = await list({});
    expect(first.people).toHaveLength(25);
    const second = await list({ cursor: first.nextCursor });
    expect(second.nextCursor).toBeNull();
    const ids = [...first.people, ...second.people].map(({ id }) => id);
    expect(ids).toEqual(made.map(({ userId }) => userId).reverse());
    expect((await list({ role: 'driver' })).people).toHaveLength(13);
    expect((await list({ text: `zoë ${mark} 26%` })).people).toHaveLength(1);
    expect((await list({ text: `${mark} _6%` })).people).toEqual([]);
    const [person] = made;
    await block(admin, ensured(person, 'a person'));
    expect((await list({ blocked: true })).people.map(({ id }) => id)).toEqual([person?.userId]);
    expect((await list({ blocked: false, role: 'customer' })).people).toHaveLength(13);
  });

  it('show their live sessions; one is ended, or all but the admin’s own', async () => {
    const { admin, customer } = await makeTown(db());
    const ctx = contextOf(db(), admin);
    const [one, two] = [await sessionFor(customer), await sessionFor(customer)];
    const shown = await getPerson(ctx, { userId: customer.userId }, null);
    expect(shown.sessions.map(({ id }) => id)).toEqual([two, one]);
    expect(shown.seenAt).toBe(shown.sessions[0]?.createdAt);
    expect(await getPerson(ctx, { userId: admin.userId }, null)).toMatchObject({ seenAt: null });
    const end = (person: Viewer, sessionId: string | null, own: string | null = null) =>
      endSessions(ctx, { ...key(), userId: person.userId, sessionId }, own);
    expect(await end(customer, one)).toEqual({ ended: 1 });
    expect(await alive([one, two])).toEqual([two]);
    const others = await sessionFor(admin);
    expect(await end(customer, others)).toEqual({ ended: 0 });
    const own = await sessionFor(admin);
    expect(await end(admin, null, own)).toEqual({ ended: 1 });
    expect(await alive([others, own])).toEqual([own]);
  });
});

describe('blocking', () => {
  it('ends every session, and is in the list of changes without a word about the person', async () => {
    const { admin, customer } = await makeTown(db());
    const session = await sessionFor(customer);
    await block(admin, customer, 'Cora has thrown pizza');
    expect(await alive([session])).toEqual([]);
    const ctx = contextOf(db(), admin);
    const person = await getPerson(ctx, { userId: customer.userId }, null);
    expect(person).toMatchObject({ blockReason: 'Cora has thrown pizza', version: 2 });
    const expectedVersion = 2;
    await unblockPerson(ctx, { ...key(), userId: customer.userId, expectedVersion });
    const after = await getPerson(ctx, { userId: customer.userId }, null);
    expect(after).toMatchObject({ blockedAt: null, blockReason: null });
    const actor = `user:${admin.userId}`;
    expect(await storyOf(customer)).toEqual([
      { type: 'person.blocked', data: {}, actor },
      { type: 'person.unblocked', data: {}, actor },
    ]);
  });

  it('is refused for oneself, to others than admins, and when somebody was faster', async () => {
    const { admin, customer } = await makeTown(db());
    expect(await reasonOf(db(), () => block(admin, admin))).toBe('not_oneself');
    expect(await reasonOf(db(), () => block(customer, admin))).toBe('role_not_allowed');
    const input = { ...key(), userId: customer.userId, expectedVersion: 1, reason: 'x' };
    await block(admin, customer);
    expect(await reasonOf(db(), () => blockPerson(contextOf(db(), admin), input))).toBe(
      'person_changed',
    );
  });

  it('takes a driver off duty, their question back, and what is not picked up', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    await block(town.admin, driver);
    const [row] = await db().select().from(drivers).where(eq(drivers.userId, driver.userId));
    expect(row?.online).toBe(false);
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'offering', driverId: null, avoidDriverId: driver.userId },
    });
  });

  it('withdraws the question that a driver is being asked', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    await block(town.admin, driver);
    const [offer] = await db().select().from(offers).where(eq(offers.orderId, orderId));
    expect(offer?.status).toBe('withdrawn');
    const accept = () =>
      acceptOffer(contextOf(db(), driver), { ...key(), offerId: offer?.id ?? '' });
    expect(await outcomeOf(accept())).toHaveProperty('refused');
  });

  it('leaves what is picked up with the driver, as a card for a dispatcher until they are let in', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    await block(town.admin, driver);
    const held = await deliveryIs(db(), orderId);
    expect(held).toMatchObject({
      ...{ status: 'picked_up', driverId: driver.userId },
      ...{ stallKind: 'blocked', stallTold: 'admin' },
    });
    await runStallRound(contextOf(db(), 'watch'));
    expect((await deliveryIs(db(), orderId)).stallSince).toEqual(held.stallSince);
    const expectedVersion = await versionOf(driver);
    const input = { ...key(), userId: driver.userId, expectedVersion };
    await unblockPerson(contextOf(db(), town.admin), input);
    await runStallRound(contextOf(db(), 'watch'));
    expect((await deliveryIs(db(), orderId)).stallKind).toBeNull();
  });

  it('is caught up with by the watch, when the server died in the middle', async () => {
    const { driver, orderId } = await carriedOrder(db());
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.id, driver.userId));
    await runStallRound(contextOf(db(), 'watch'));
    expect((await deliveryIs(db(), orderId)).status).toBe('offering');
  });

  it('a driver gets no work and does not go on duty, however late the request arrives', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    await block(town.admin, driver);
    const online = { ...key(), online: true, position: null };
    expect(await reasonOf(db(), () => setOnline(contextOf(db(), driver), online))).toBe(
      'driver_blocked',
    );
    const { id: deliveryId } = await deliveryIs(db(), orderId);
    const assign = { ...key(), deliveryId, driverId: driver.userId, expectedDriverId: null };
    expect(await reasonOf(db(), () => assignDelivery(contextOf(db(), town.admin), assign))).toBe(
      'driver_blocked',
    );
  });

  it('races with the assignment of work: whoever wins, a blocked driver ends with none', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    for (let n = 0; n < 5; n += 1) {
      const driver = await makeDriver(db(), town);
      const orderId = await placeTestOrder(db(), town);
      const { id: deliveryId } = await deliveryIs(db(), orderId);
      const assign = { ...key(), deliveryId, driverId: driver.userId, expectedDriverId: null };
      await Promise.all([
        outcomeOf(assignDelivery(contextOf(db(), town.admin), assign)),
        block(town.admin, driver),
      ]);
      await runStallRound(contextOf(db(), 'watch'));
      expect((await deliveryIs(db(), orderId)).driverId).toBeNull();
    }
  });
});

describe('a role', () => {
  it('is changed with the sessions ended; a driver has a place to begin', async () => {
    const { admin, customer } = await makeTown(db());
    const session = await sessionFor(customer);
    await giveRole(admin, customer, 'driver');
    expect(await alive([session])).toEqual([]);
    const [row] = await db().select().from(drivers).where(eq(drivers.userId, customer.userId));
    expect(row).toMatchObject({ online: false, vehicle: 'bike' });
    expect(await storyOf(customer)).toMatchObject([
      { type: 'person.role_changed', data: { from: 'customer', to: 'driver' } },
    ]);
  });

  it('of a driver is not changed while they carry something', async () => {
    const { town, driver } = await carriedOrder(db());
    expect(await reasonOf(db(), () => giveRole(town.admin, driver, 'customer'))).toBe(
      'driver_carries',
    );
  });

  it('of two admins who demote each other at once is changed once: one is left', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [ada, bea] = await onlyAdmins(2);
      if (!ada || !bea) throw new Error('expected two admins');
      const outcomes = await Promise.all([
        outcomeOf(giveRole(ada, bea, 'customer')),
        outcomeOf(n % 2 ? giveRole(bea, ada, 'customer') : block(bea, ada)),
      ]);
      const refused = outcomes.filter((outcome) => 'refused' in outcome);
      expect(refused).toEqual([{ refused: 'last_admin' }]);
      const left = await db().select().from(users).where(eq(users.role, 'admin'));
      expect(left.filter(({ blockedAt }) => blockedAt === null)).toHaveLength(1);
    }
  });

  it('is not given by an admin who is none any more', async () => {
    const [ada, bea] = await onlyAdmins(3);
    if (!ada || !bea) throw new Error('expected admins');
    const person = await makeUser(db(), 'customer', 'Cora Customer');
    await giveRole(ada, bea, 'customer');
    expect(await reasonOf(db(), () => giveRole(bea, person, 'admin'))).toBe('role_not_allowed');
  });
});
