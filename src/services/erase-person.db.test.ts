import { asc, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLiveSessions, findUserByEmail } from '@/db/queries/users';
import { apiKeys, changes, deliveryProofs, events, notices, orders, users } from '@/db/schema';
import { tablesWith } from '@/db/testing/find-text';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { makePng } from '@/domain/picture.testing';
import type { Viewer } from '@/domain/roles';
import { cancelOrder } from './cancel-order';
import { type ErasePersonInput, eraseOwnAccount, erasePerson } from './erase-person';
import { exportOwnData, exportPerson } from './export-person';
import { forgetProofs } from './forget-proofs';
import { deliveryIs, giveTo, orderIs, storyOf, walk } from './journey.testing';
import { keepAddress } from './keep-address';
import { makeApiKey } from './make-api-key';
import { setNotice } from './notice-settings';
import { rateOrder } from './rate-order';
import { reasonOf } from './refused.testing';
import { sendMessage } from './send-message';
import { setPhone } from './set-phone';
import { shareOrder } from './share-order';
import { signIn } from './sign-in';
import { signUp } from './sign-up';
import { stepDelivery } from './step-delivery';
import { storeProof } from './store-proof';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';
import { writeNotices } from './write-notices';

const database = testDatabase();
const db = () => database.connection.db;

// The reader begins where the log stands.
beforeAll(() => writeNotices(contextOf(db(), 'notices')));

const PASSWORD = 'a password of hers';
let made = 0;

/** Somebody with a life here, and every text by which they could be known again. */
async function somebody() {
  made += 1;
  const word = uuidv7().slice(-8);
  const person = {
    name: `Zenobia Quill${word}`,
    email: `zenobia.${word}@mail.example`,
    phone: `+3519${String(10_000_000 + made)}`,
    address: `77 Marigold${word} Crescent`,
    note: `the blue gate ${word}`,
    said: `I am in the garden ${word}`,
    comment: `lovely soup ${word}`,
    device: `Browser of ${word}`,
  };
  await signUp(contextOf(db(), 'guest'), { ...person, password: PASSWORD });
  const device = { userAgent: person.device, address: '203.0.113.7' };
  const { viewer, sessionId } = await signIn(
    contextOf(db(), 'guest'),
    { email: person.email, password: PASSWORD },
    device,
  );
  return { person, viewer, sessionId };
}

/** How many notices there are about an order, once the reader has gone on as far as it can. */
async function noticesOf(orderId: string): Promise<number> {
  while ((await writeNotices(contextOf(db(), 'notices'))) > 0);
  return db().$count(notices, eq(notices.orderId, orderId));
}

const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

/** They order, talk, share, sign, rate; one order is brought, one is cancelled. */
async function life() {
  const { person, viewer, sessionId } = await somebody();
  const town: Town = { ...(await makeTown(db(), { autoAccept: true })), customer: viewer };
  const ctx = contextOf(db(), viewer);
  const { address, note, phone } = person;
  const door = { lat: round(town.centre.lat + 0.00731), lng: round(town.centre.lng + 0.00417) };
  await setPhone(ctx, { ...key(), phone });
  await keepAddress(ctx, { ...key(), label: `Home ${note}`, address, note, at: door });
  await setNotice(ctx, { ...key(), kind: 'delayed', channel: 'email', enabled: false });
  await db().execute(sql`
    INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth)
    VALUES (${viewer.userId}, ${`https://push.example/${person.email}`}, 'key', 'secret')`);
  const scopes = ['orders:read' as const];
  const admin = contextOf(db(), town.admin);
  await makeApiKey(admin, { ...key(), name: `Key of ${person.name}`, scopes, email: person.email });
  await db().execute(sql`
    INSERT INTO invitations (email, role, invited_by, expires_at)
    VALUES (${person.email}, 'customer', ${town.admin.userId}, now())`);

  const driver = await makeDriver(db(), town);
  const order = { dropoff: door, dropoffAddress: address, dropoffNote: note };
  const lines = [
    { itemId: town.dishes.side, quantity: 2, optionIds: [], note: `no onions ${note}` },
  ];
  const orderId = await placeTestOrder(db(), town, { ...order, lines });
  const say = (who: Viewer, body: string) =>
    sendMessage(contextOf(db(), who), { ...key(), orderId, content: { kind: 'text', body } });
  await giveTo(db(), town, orderId, driver);
  await shareOrder(ctx, { ...key(), orderId });
  await say(viewer, person.said);
  await say(driver, `Dear ${person.name}, I come to ${address}`);
  await expect.poll(() => noticesOf(orderId), { timeout: 20_000 }).toBeGreaterThan(0);
  await db().execute(sql`
    UPDATE notices SET status = 'dead', died_at = now(), last_error = ${`550 no ${person.email}`}
    WHERE order_id = ${orderId}`);
  await walk(db(), driver, orderId, 'arrive_dropoff');
  const { id: deliveryId } = await deliveryIs(db(), orderId);
  const files = new Map<string, Uint8Array>();
  const store = {
    put: async (id: string, bytes: Uint8Array) => void files.set(id, bytes),
    get: async (id: string) => files.get(id) ?? null,
    remove: async (id: string) => void files.delete(id),
  };
  const asDriver = contextOf(db(), driver);
  await storeProof(asDriver, store, { deliveryId, kind: 'photo' }, makePng(320, 240));
  await db().execute(sql`UPDATE orders SET pin = NULL WHERE id = ${orderId}`);
  const signed = { kind: 'signed_name' as const, name: person.name };
  await stepDelivery(asDriver, { ...key(), deliveryId, step: 'deliver', proof: signed });
  await rateOrder(ctx, { ...key(), orderId, food: 5, delivery: 5, comment: person.comment });
  const cancelled = await placeTestOrder(db(), town, order);
  await cancelOrder(ctx, { ...key(), orderId: cancelled, reason: 'changed_mind' });
  await db().execute(sql`
    WITH hook AS (
      INSERT INTO relay_destinations (kind, name, url, secret)
      VALUES ('webhook', 'Till', 'https://till.example', 'secret') RETURNING id
    )
    INSERT INTO relay_tries (destination_id, event_id, event_type, at, milliseconds, outcome, answer)
    SELECT hook.id, e.xid || '.' || e.position, e.type, now(), 5, 'delivered',
      'thanks, ' || (e.data #>> '{order,customerName}')
    FROM hook, events e WHERE e.stream_id = ${orderId} AND e.type = 'order.placed'`);
  // To the ends that JSON gives them: the seconds of some moment may have the same digits.
  const places = [`: ${door.lat},`, `: ${door.lng}}`];
  const needles = [...Object.values(person), ...places];
  return { ...{ person, viewer, sessionId, town, driver, door, places, needles, files, store } };
}

const eraseOwn = (viewer: Viewer, password = PASSWORD) =>
  eraseOwnAccount(contextOf(db(), viewer), { ...key(), password });

const versionOf = async ({ userId }: Viewer): Promise<number> => {
  const [row] = await db().select().from(users).where(eq(users.id, userId));
  return ensured(row, 'a person').version;
};

const eraseAs = async (admin: Viewer, person: Viewer, change: Partial<ErasePersonInput> = {}) =>
  erasePerson(contextOf(db(), admin), {
    ...key(),
    userId: person.userId,
    expectedVersion: await versionOf(person),
    reason: 'asked',
    ...change,
  });

describe('an account that is deleted', () => {
  it('leaves no trace of the person in any column of any table', async () => {
    const { viewer, places, needles } = await life();
    const before = Object.keys(await tablesWith(db(), needles));
    for (const place of places) expect(await tablesWith(db(), [place])).toHaveProperty('events');
    // What is looked for stands there: else nothing would be shown by its absence.
    for (const table of [
      ...['users', 'sessions', 'orders', 'order_lines', 'order_messages', 'deliveries', 'events'],
      ...['saved_addresses', 'notices', 'push_subscriptions', 'api_keys', 'invitations'],
      'relay_tries',
    ]) {
      expect(before, table).toContain(table);
    }
    expect(await eraseOwn(viewer)).toEqual({ orders: 2 });
    expect(await tablesWith(db(), needles)).toEqual({});
  });

  it('leaves the orders, their sums and their story, and says so in each', async () => {
    const { viewer, town } = await life();
    const mine = () =>
      db()
        .select()
        .from(orders)
        .where(eq(orders.customerId, viewer.userId))
        .orderBy(asc(orders.id));
    const [first] = await mine();
    const orderId = ensured(first, 'an order').id;
    const story = await storyOf(db(), orderId);
    await eraseOwn(viewer);
    const after = await mine();
    expect(after).toHaveLength(2);
    expect(after[0]).toMatchObject({
      ...{ status: 'completed', total: first?.total, number: first?.number, foodRating: 5 },
      ...{ customerName: '—', dropoffAddress: '—', dropoffNote: '', ratingComment: '', pin: null },
    });
    expect(after[0]?.erasedAt).not.toBeNull();
    // Still in the same part of the town.
    expect(Math.abs((after[0]?.dropoff.lat ?? 0) - town.centre.lat)).toBeLessThan(0.02);
    expect((await storyOf(db(), orderId)).filter((type) => !type.startsWith('share.'))).toEqual([
      ...story.filter((type) => !type.startsWith('share.')),
      'delivery.updated',
      'order.erased',
    ]);
    const versions = await db()
      .select({ version: events.version, data: events.data })
      .from(events)
      .where(eq(events.streamId, orderId))
      .orderBy(asc(events.version));
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, n) => n + 1));
    expect(versions[0]?.data.order).toMatchObject({ customerName: '—', total: first?.total });
  });

  it('ends every session and lets nobody in again, nor keep anything', async () => {
    const { viewer, sessionId, person, town, door } = await life();
    await eraseOwn(viewer);
    expect((await findLiveSessions(db(), [sessionId], new Date())).size).toBe(0);
    const again = { email: person.email, password: PASSWORD };
    expect(await reasonOf(db(), () => signIn(contextOf(db(), 'guest'), again))).toBe(
      'wrong_credentials',
    );
    expect(await db().select().from(apiKeys).where(eq(apiKeys.userId, viewer.userId))).toEqual([]);
    // A page that is still open may ask for two seconds more, see `auth/session`.
    const late = contextOf(db(), viewer);
    const order = { ...town, customer: viewer };
    expect(await outcomeOf(placeTestOrder(db(), order))).toEqual({ refused: 'account_erased' });
    const address = { label: 'Home', address: person.address, note: '', at: door };
    expect(await outcomeOf(keepAddress(late, { ...key(), ...address }))).toEqual({
      refused: 'account_erased',
    });
    expect(await outcomeOf(setPhone(late, { ...key(), phone: person.phone }))).toEqual({
      refused: 'account_erased',
    });
    expect(await outcomeOf(exportOwnData(late))).toEqual({ refused: 'person_not_found' });
  });

  it('gives the address back: a new account may be opened with it, and knows nothing', async () => {
    const { viewer, person } = await life();
    await eraseOwn(viewer);
    await signUp(contextOf(db(), 'guest'), { ...person, password: PASSWORD });
    const fresh = ensured(await findUserByEmail(db(), person.email), 'a new account');
    expect(fresh.id).not.toBe(viewer.userId);
  });

  it('takes the pictures of its handovers along, at the next housekeeping', async () => {
    const { viewer, files, store } = await life();
    const [proofId] = [...files.keys()];
    await forgetProofs(contextOf(db(), 'housekeeping'), store, null);
    expect(files.size).toBe(1);
    await eraseOwn(viewer);
    await forgetProofs(contextOf(db(), 'housekeeping'), store, null);
    expect(files.size).toBe(0);
    const [row] = await db()
      .select()
      .from(deliveryProofs)
      .where(eq(deliveryProofs.id, proofId ?? ''));
    expect(row?.forgottenAt).not.toBeNull();
  });

  it('is written to no more, though the log still has something to tell', async () => {
    const { viewer, town } = await life();
    const cancelledIn = async (where: Town) => {
      const orderId = await placeTestOrder(db(), where);
      const ctx = contextOf(db(), where.admin);
      await cancelOrder(ctx, { ...key(), orderId, reason: 'restaurant_problem' });
      return orderId;
    };
    const orderId = await cancelledIn(town);
    await eraseOwn(viewer);
    // What came later is told: the reader has come past what is not.
    const later = await cancelledIn(await makeTown(db()));
    await expect.poll(() => noticesOf(later), { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await noticesOf(orderId)).toBe(0);
  });

  it('is deleted by an admin too, whose reason is in the list of changes', async () => {
    const { viewer, town, needles } = await life();
    expect(await eraseAs(town.admin, viewer, { reason: 'law' })).toEqual({ orders: 2 });
    expect(await tablesWith(db(), needles)).toEqual({});
    const told = await db().select().from(changes).where(eq(changes.subjectId, viewer.userId));
    expect(told).toMatchObject([
      { type: 'person.erased', data: { reason: 'law' }, actor: `user:${town.admin.userId}` },
    ]);
  });

  it('races with an order: the order is refused, or the deletion is', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { viewer } = await somebody();
      const town: Town = { ...(await makeTown(db())), customer: viewer };
      const [order, erasure] = await Promise.all([
        outcomeOf(placeTestOrder(db(), town)),
        outcomeOf(eraseOwn(viewer)),
      ]);
      const [row] = await db().select().from(users).where(eq(users.id, viewer.userId));
      if ('ok' in order) expect(erasure).toEqual({ refused: 'orders_open' });
      else expect(order).toEqual({ refused: 'account_erased' });
      expect(row?.erasedAt === null).toBe('ok' in order);
    }
  });
});

describe('deleting an account is refused', () => {
  it('while an order is open, and changes nothing', async () => {
    const { viewer, person } = await somebody();
    const town: Town = { ...(await makeTown(db())), customer: viewer };
    const orderId = await placeTestOrder(db(), town);
    expect(await reasonOf(db(), () => eraseOwn(viewer))).toBe('orders_open');
    expect(await orderIs(db(), orderId)).toMatchObject({ customerName: person.name });
  });

  it('while money is held or owed', async () => {
    const { viewer } = await somebody();
    await db().execute(sql`
      INSERT INTO payments (customer_id, method, provider, currency, amount)
      VALUES (${viewer.userId}, 'card', 'sandbox', 'EUR', 100)`);
    expect(await reasonOf(db(), () => eraseOwn(viewer))).toBe('money_under_way');
  });

  it('with a wrong password, and after many of them for a while', async () => {
    const { viewer } = await somebody();
    for (let n = 0; n < 10; n += 1) {
      expect(await reasonOf(db(), () => eraseOwn(viewer, 'wrong'))).toBe('wrong_password');
    }
    expect(await reasonOf(db(), () => eraseOwn(viewer))).toBe('too_many_sign_ins');
  });

  it('to everybody but the customer and admins', async () => {
    const { viewer } = await somebody();
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    for (const other of [town.customer, driver]) {
      expect(await reasonOf(db(), () => eraseAs(other, viewer))).toBe('role_not_allowed');
    }
    for (const other of [town.admin, driver]) {
      expect(await reasonOf(db(), () => eraseOwn(other))).toBe('role_not_allowed');
    }
    const guest = contextOf(db(), 'guest');
    expect(await reasonOf(db(), () => eraseOwnAccount(guest, { ...key(), password: 'x' }))).toBe(
      'sign_in_required',
    );
  });

  it('for who works here or has, for the demo’s people, for nobody, and for oneself', async () => {
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    const refused = (person: Viewer) => reasonOf(db(), () => eraseAs(town.admin, person));
    expect(await refused(driver)).toBe('person_works_here');
    await db().update(users).set({ role: 'customer' }).where(eq(users.id, driver.userId));
    expect(await refused(driver)).toBe('person_works_here');
    expect(await refused(await makeUser(db(), 'admin', 'Bea Admin'))).toBe('person_works_here');
    await db().update(users).set({ demo: true }).where(eq(users.id, town.customer.userId));
    expect(await refused(town.customer)).toBe('demo_account');
    expect(await refused(town.admin)).toBe('not_oneself');
    const nobody = { userId: uuidv7(), expectedVersion: 1 };
    expect(await reasonOf(db(), () => eraseAs(town.admin, driver, nobody))).toBe(
      'person_not_found',
    );
  });

  it('when another admin has changed the person meanwhile', async () => {
    const { admin, customer } = await makeTown(db());
    const stale = { expectedVersion: 7 };
    expect(await reasonOf(db(), () => eraseAs(admin, customer, stale))).toBe('person_changed');
  });
});

describe('what is kept of a customer', () => {
  it('is handed out whole, as a document', async () => {
    const { viewer, person } = await life();
    const { document } = await exportOwnData(contextOf(db(), viewer));
    for (const text of Object.values(person)) expect(document).toContain(text);
    const parsed = JSON.parse(document);
    expect(parsed).toMatchObject({
      account: { name: person.name, email: person.email, phone: person.phone, role: 'customer' },
      addresses: [{ address: person.address }],
      orders: [{ status: 'completed', foodRating: 5, payments: [{ method: 'cash' }] }, {}],
      sessions: [{ userAgent: person.device }],
    });
    expect(document).not.toMatch(/password|argon2|secret/i);
  });

  it('is nobody else’s: another customer’s document has nothing of it', async () => {
    const { needles } = await life();
    const { viewer } = await somebody();
    const { document } = await exportOwnData(contextOf(db(), viewer));
    for (const text of needles) expect(document).not.toContain(text);
  });

  it('is read by an admin, who is noted; by no driver, customer or guest', async () => {
    const { viewer, town, driver, person } = await life();
    const ask = (who: Viewer | string) =>
      exportPerson(contextOf(db(), who), { ...key(), userId: viewer.userId });
    expect((await ask(town.admin)).document).toContain(person.email);
    const told = await db().select().from(changes).where(eq(changes.subjectId, viewer.userId));
    expect(told).toMatchObject([{ type: 'person.exported', actor: `user:${town.admin.userId}` }]);
    for (const other of [driver, viewer]) {
      expect(await reasonOf(db(), () => ask(other))).toBe('role_not_allowed');
    }
    expect(await reasonOf(db(), () => ask('guest'))).toBe('sign_in_required');
  });
});
