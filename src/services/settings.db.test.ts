import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { findProof, insertProof } from '@/db/queries/proofs';
import { findSetting } from '@/db/queries/settings';
import {
  deliveries,
  events,
  notices,
  orderMessages,
  orders,
  restaurants,
  settings,
} from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser, type Town } from '@/db/testing/town';
import { DEFAULT_SETTINGS, type SettingSection } from '@/domain/settings';
import { changePromo, listPromos, MakePromoInput, makePromo, stopPromo } from './change-promo';
import { changeSettings } from './change-settings';
import { carriedOrder, deliveryIs } from './journey.testing';
import { keepHouse } from './keep-house';
import { listChanges } from './list-changes';
import { getNoticeSettings } from './notice-settings';
import type { PictureStore } from './picture-store';
import { quoteOrder } from './quote-order';
import { reasonOf } from './refused.testing';
import { sendMessage } from './send-message';
import { cartOf, contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

afterEach(async () => {
  await db().update(settings).set({ document: {} });
});

async function save(town: Town, section: SettingSection, document: Record<string, unknown>) {
  const { version } = await findSetting(db(), section);
  const input = { ...key(), section, expectedVersion: version, document };
  return changeSettings(contextOf(db(), town.admin), input);
}

describe('the settings', () => {
  it('of pay hold from the next delivery on, and those of tax for new restaurants', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const before = await deliveryIs(db(), await placeTestOrder(db(), town));
    await save(town, 'terms', { driverPayBase: 1_250, driverPayPerKm: 90, taxBp: 1_300 });
    const after = await deliveryIs(db(), await placeTestOrder(db(), town));
    expect(after.pay - before.pay).toBe(1_000);
    const added = await makeTown(db());
    const [row] = await db()
      .select({ taxBp: restaurants.taxBp })
      .from(restaurants)
      .where(eq(restaurants.id, added.restaurantId));
    expect(row?.taxBp).toBe(1_300);
  });

  it('of notices hold for everybody who has not chosen', async () => {
    const town = await makeTown(db());
    const wanted = async () =>
      (await getNoticeSettings(contextOf(db(), town.customer))).find(
        ({ kind, channel }) => kind === 'accepted' && channel === 'email',
      )?.enabled;
    expect(await wanted()).toBe(false);
    await save(town, 'notices', { ...DEFAULT_SETTINGS.notices, accepted: ['page', 'email'] });
    expect(await wanted()).toBe(true);
  });

  it.each<[SettingSection, Record<string, unknown>]>([
    ['terms', { driverPayBase: -1 }],
    ['terms', { driverPayBase: 'much' }],
    ['terms', { tip: 1 }],
    ['retention', { positionDays: null }],
    ['retention', { eventDays: 3 }],
    ['notices', { offer: ['email'] }],
    ['notices', { gossip: ['page'] }],
  ])('%s %j is refused', async (section, document) => {
    const town = await makeTown(db());
    expect(await reasonOf(db(), () => save(town, section, document))).toBe('setting_invalid');
  });

  it('changed by two at once are changed once, and the change has its author', async () => {
    const town = await makeTown(db());
    const { version } = await findSetting(db(), 'terms');
    const change = (driverPayBase: number) =>
      outcomeOf(
        changeSettings(contextOf(db(), town.admin), {
          ...key(),
          ...{ section: 'terms', expectedVersion: version, document: { driverPayBase } },
        }),
      );
    const outcomes = await Promise.all([change(300), change(400)]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'settings_changed' },
    ]);
    const ctx = contextOf(db(), town.admin);
    const { changes } = await listChanges(ctx, { areas: ['settings'] });
    expect(changes[0]).toMatchObject({ type: 'settings.terms_changed', by: town.admin.name });
    const byCustomer = contextOf(db(), town.customer);
    expect(await reasonOf(db(), () => listChanges(byCustomer, { areas: ['settings'] }))).toBe(
      'role_not_allowed',
    );
  });
});

describe('what is kept', () => {
  async function talkedAbout(town: Town) {
    const orderId = await placeTestOrder(db(), town);
    const content = { kind: 'text' as const, body: 'The bell is broken' };
    await sendMessage(contextOf(db(), town.customer), { ...key(), orderId, content });
    return orderId;
  }

  const bodiesOf = async (orderId: string) => ({
    messages: (
      await db().select().from(orderMessages).where(eq(orderMessages.orderId, orderId))
    ).map(({ body }) => body),
    log: (
      await db().execute<{ body: string }>(sql`
        SELECT data #>> '{message,body}' AS body FROM events
        WHERE stream_id = ${orderId} AND type = 'message.sent'`)
    ).map(({ body }) => body),
  });

  const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * 86_400_000) });

  it('of messages is forgotten in table and log, but of orders that are over alone', async () => {
    const town = await makeTown(db());
    const [open, over] = [await talkedAbout(town), await talkedAbout(town)];
    await db().update(orders).set({ status: 'cancelled' }).where(eq(orders.id, over));
    const { retention } = DEFAULT_SETTINGS;
    await save(town, 'retention', { ...retention, messageDays: 30 });
    await keepHouse(contextOf(db(), 'housekeeping', inDays(29)));
    expect((await bodiesOf(over)).messages).toEqual(['The bell is broken']);
    await keepHouse(contextOf(db(), 'housekeeping', inDays(31)));
    expect(await bodiesOf(over)).toEqual({ messages: [], log: [''] });
    expect(await bodiesOf(open)).toEqual({
      messages: ['The bell is broken'],
      log: ['The bell is broken'],
    });
  });

  it('of notices goes after its days, but what still waits', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const { userId } = town.customer;
    await db().execute(sql`
      INSERT INTO notices (event_id, user_id, order_id, channel, kind, content)
      SELECT wanted, ${userId}, ${orderId}, 'email', 'message', '{"body": "hello"}'
      FROM unnest(ARRAY['waiting', 'sent', 'dead', 'discarded']) AS wanted`);
    const mine = sql`order_id = ${orderId} AND event_id`;
    await db().execute(sql`UPDATE notices SET status = 'sent' WHERE ${mine} = 'sent'`);
    await db().execute(
      sql`UPDATE notices SET status = 'dead' WHERE ${mine} IN ('dead', 'discarded')`,
    );
    await db().execute(sql`
      UPDATE notices SET status = 'discarded', discard_reason = 'old' WHERE ${mine} = 'discarded'`);
    await save(town, 'retention', { ...DEFAULT_SETTINGS.retention, noticeDays: 30 });
    const left = async () =>
      (await db().select().from(notices).where(eq(notices.orderId, orderId)))
        .map(({ status }) => status)
        .sort();
    await keepHouse(contextOf(db(), 'housekeeping', inDays(29)));
    expect(await left()).toEqual(['dead', 'discarded', 'sent', 'waiting']);
    await keepHouse(contextOf(db(), 'housekeeping', inDays(31)));
    expect(await left()).toEqual(['waiting']);
  });

  it('of pictures of handovers takes the picture, and leaves that there was one', async () => {
    const { driver, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const town = await makeTown(db());
    await save(town, 'retention', { ...DEFAULT_SETTINGS.retention, proofDays: 30 });
    const kept = new Set<string>();
    const store: PictureStore = {
      put: async (id) => void kept.add(id),
      get: async (id) => (kept.has(id) ? new Uint8Array(9) : null),
      remove: async (id) => void kept.delete(id),
    };
    const [old, young] = [uuidv7(), uuidv7()];
    for (const [id, days] of [
      [old, 0],
      [young, 20],
    ] as const) {
      await store.put(id, new Uint8Array(9));
      await insertProof(db(), {
        ...{ id, deliveryId, driverId: driver.userId, kind: 'photo', mediaType: 'image/jpeg' },
        ...{ bytes: 9, width: 1, height: 1, sha256: id, storedAt: inDays(days).now() },
      });
    }
    await keepHouse(contextOf(db(), 'housekeeping', inDays(29)), store);
    expect([...kept]).toEqual([old, young]);
    await keepHouse(contextOf(db(), 'housekeeping', inDays(31)), store);
    expect([...kept]).toEqual([young]);
    const forgotten = (await findProof(db(), old))?.proof;
    expect(forgotten).toMatchObject({ sha256: old, forgottenAt: expect.any(Date) });
    await keepHouse(contextOf(db(), 'housekeeping', inDays(32)), store);
    expect((await findProof(db(), old))?.proof).toEqual(forgotten);
  });

  it('of the log is dropped, but not of orders that are open', async () => {
    const town = await makeTown(db());
    const [open, over] = [await placeTestOrder(db(), town), await placeTestOrder(db(), town)];
    await db().update(orders).set({ status: 'cancelled' }).where(eq(orders.id, over));
    await save(town, 'retention', { ...DEFAULT_SETTINGS.retention, eventDays: 30 });
    const linesOf = async (orderId: string) =>
      (await db().select().from(events).where(eq(events.streamId, orderId))).length;
    await keepHouse(contextOf(db(), 'housekeeping', inDays(29)));
    expect(await linesOf(over)).toBeGreaterThan(0);
    await keepHouse(contextOf(db(), 'housekeeping', inDays(31)));
    expect(await linesOf(over)).toBe(0);
    expect(await linesOf(open)).toBeGreaterThan(0);
    expect(await db().select().from(deliveries).where(eq(deliveries.orderId, over))).toEqual([]);
  });
});

describe('a promo code', () => {
  const code = () => `T${uuidv7().slice(-10).toUpperCase()}`;
  const draft = (change: Record<string, unknown> = {}) =>
    MakePromoInput.parse({
      ...{ ...key(), code: code(), kind: 'percent', value: 20, currency: 'EUR' },
      ...{ maximumDiscount: null, minimumSubtotal: 0, startsAt: null, endsAt: null },
      ...{ limitPerPerson: null, limitTotal: null },
      ...change,
    });
  const limits = { minimumSubtotal: 0, startsAt: null, endsAt: null, limitPerPerson: null };

  async function made(town: Town, change: Record<string, unknown> = {}) {
    const input = draft(change);
    const { promoId } = await makePromo(contextOf(db(), town.admin), input);
    return { promoId, code: input.code };
  }
  const quoteWith = (town: Town, promoCode: string) =>
    quoteOrder(contextOf(db(), town.customer), { ...cartOf(town), promoCode });

  it('takes off from the next quote on, shows its use, and stops at once', async () => {
    const town = await makeTown(db());
    const ctx = contextOf(db(), town.admin);
    const { promoId, code: typed } = await made(town);
    expect(await quoteWith(town, typed.toLowerCase())).toMatchObject({ discount: 200 });
    await placeTestOrder(db(), town, { promoCode: typed });
    const listed = async () => (await listPromos(ctx)).promos.find(({ id }) => id === promoId);
    expect(await listed()).toMatchObject({ used: 1, version: 1 });
    await stopPromo(ctx, { ...key(), promoId, expectedVersion: 1, stopped: true });
    expect((await quoteWith(town, typed)).promoRefused).toMatchObject({ reason: 'promo_unknown' });
    await stopPromo(ctx, { ...key(), promoId, expectedVersion: 2, stopped: false });
    expect((await quoteWith(town, typed)).discount).toBe(200);
  });

  it('has limits that are changed by one at a time, and never below its use', async () => {
    const town = await makeTown(db());
    const other = await makeUser(db(), 'admin', 'Bea Admin');
    const { promoId, code: typed } = await made(town);
    for (let n = 0; n < 2; n += 1) await placeTestOrder(db(), town, { promoCode: typed });
    const change = (limitTotal: number, admin = town.admin) =>
      changePromo(contextOf(db(), admin), {
        ...{ ...key(), ...limits, promoId, expectedVersion: 1, limitTotal },
      });
    expect(await reasonOf(db(), () => change(1))).toBe('promo_limit_below_use');
    const outcomes = await Promise.all([outcomeOf(change(2)), outcomeOf(change(3, other))]);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'promo_changed' },
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['that takes off nothing', { value: 0 }, 'promo_value'],
    ['of more than all', { value: 101 }, 'promo_value'],
    [
      'that ends before it begins',
      { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' },
      'promo_ends_first',
    ],
  ])('%s is refused', async (_, change, reason) => {
    const town = await makeTown(db());
    expect(await reasonOf(db(), () => made(town, change))).toBe(reason);
  });

  it('may be good at one restaurant alone, in the currency of that one', async () => {
    const [town, other] = [await makeTown(db()), await makeTown(db())];
    const { restaurantId } = town;
    const { promoId, code: typed } = await made(town, { restaurantId });
    expect((await quoteWith(town, typed)).promoRefused).toBeNull();
    const { promoRefused } = await quoteWith(other, typed);
    expect(promoRefused).toMatchObject({ reason: 'promo_elsewhere' });
    const { promos } = await listPromos(contextOf(db(), town.admin));
    const listed = promos.find(({ id }) => id === promoId);
    expect(listed).toMatchObject({ restaurantId, restaurantName: 'Test Kitchen' });
    const inDollars = () => made(town, { restaurantId, currency: 'USD' });
    expect(await reasonOf(db(), inDollars)).toBe('promo_other_currency');
    const nowhere = () => made(town, { restaurantId: uuidv7() });
    expect(await reasonOf(db(), nowhere)).toBe('restaurant_not_found');
  });

  it('that exists is not made again, and only admins make any', async () => {
    const town = await makeTown(db());
    const { code: typed } = await made(town);
    expect(await reasonOf(db(), () => made(town, { code: typed }))).toBe('promo_taken');
    const byCustomer = () => makePromo(contextOf(db(), town.customer), draft());
    expect(await reasonOf(db(), byCustomer)).toBe('role_not_allowed');
    expect(MakePromoInput.safeParse({ ...draft(), code: 'né' }).success).toBe(false);
  });
});
