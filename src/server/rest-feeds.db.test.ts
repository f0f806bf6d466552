import { describe, expect, it } from 'vitest';
import { tie } from '@/db/queries/staff';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import { stepOrder } from '@/services/step-order';
import { contextOf, key, orderOf } from '@/services/testing';
import { makeRestWorld, problemIn, restClient } from './rest.testing';
import { startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function start() {
  const server = await startServer(database);
  return {
    server,
    call: restClient(server.url),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('events over REST', () => {
  type Page = { events: { type: string; cursor: string }[]; next: string; more: boolean };

  it('of an order come in order, and go on from where one was', async () => {
    await using rest = await start();
    const { orderId, tokens, town } = await makeRestWorld(db());
    await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command: 'accept' });
    const read = async (query: string) =>
      (await rest.call('GET', `/orders/${orderId}/events${query}`, { token: tokens.customer }))
        .body as Page;
    const { events } = await read('');
    expect(events.map(({ type }) => type)).toContain('order.accepted');
    const after = await read(`?after=${events[0]?.cursor}`);
    // More may have come meanwhile.
    expect(after.events.slice(0, events.length - 1)).toEqual(events.slice(1));
    const later = await read(`?after=${after.next}`);
    const known = after.events.map(({ cursor }) => cursor);
    expect(later.events.filter(({ cursor }) => known.includes(cursor))).toEqual([]);
    expect((await read('?limit=1')).more).toBe(true);
  });

  it('of all are for admins, of their own for the others, none twice and none left out', async () => {
    await using rest = await start();
    const { orderId, tokens } = await makeRestWorld(db());
    const other = await makeRestWorld(db());
    const follow = async (token: string) => {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const { body } = await rest.call('GET', `/events?limit=3${after}`, { token });
        const page = body as Page;
        seen.push(...page.events.map((event) => JSON.stringify(event)));
        if (!page.more) return seen;
        after = `&after=${page.next}`;
      }
    };
    const all = await follow(tokens.admin);
    expect(new Set(all).size).toBe(all.length);
    for (const id of [orderId, other.orderId]) {
      expect(all.some((event) => event.includes(id) && event.includes('order.placed'))).toBe(true);
    }
    const own = await follow(tokens.customer);
    expect(own.join()).toContain(orderId);
    expect(own.join()).not.toContain(other.orderId);
    const gone = await rest.call('GET', '/events?after=other.1.1', { token: tokens.admin });
    expect(problemIn(gone)).toMatchObject({ status: 410, reason: 'cursor_gone' });
  });
});

it('a restaurant is added, filled, changed by the version that was seen, and put away', async () => {
  await using rest = await start();
  const { tokens, town } = await makeRestWorld(db());
  const token = tokens.admin;
  const as = { token };
  const found = await rest.call('GET', `/restaurants/${town.restaurantId}`);
  const { id: _, ...known } = (found.body as { restaurant: Record<string, unknown> }).restaurant;
  const { name, kind, cuisine, description, address, location } = known;
  const { minimumOrder, deliveryFeeBase, deliveryFeePerKm, prepMinutes, autoAccept } = known;
  const { pickupOffered, slotMinutes, slotCapacity, taxBp } = known;
  const details = {
    ...{ name, kind, cuisine, description, address, location, phone: null },
    ...{ minimumOrder, deliveryFeeBase, deliveryFeePerKm, prepMinutes, autoAccept },
    ...{ pickupOffered, slotMinutes, slotCapacity, taxBp },
  };
  const made = await rest.call('POST', '/restaurants', {
    ...as,
    body: { ...details, name: 'New' },
  });
  expect(made.status).toBe(201);
  const { restaurant } = made.body as { restaurant: { id: string } };
  const path = `/restaurants/${restaurant.id}`;
  const section = await rest.call('POST', `${path}/menu/sections`, {
    ...as,
    body: { name: 'All' },
  });
  const sectionPath = `${path}/menu/sections/${(section.body as { id: string }).id}`;
  const dish = {
    name: 'Soup',
    description: '',
    price: 500,
    unit: '',
    allergens: [],
    optionGroups: [],
  };
  const added = await rest.call('POST', `${sectionPath}/dishes`, { ...as, body: dish });
  const dishPath = added.headers.get('location')?.replace('/api/v1', '') ?? '';
  const dearer = (match: string, price: number) =>
    rest.call('PATCH', dishPath, { ...as, body: { price }, headers: { 'if-match': match } });
  const etag = added.headers.get('etag') ?? '';
  expect((await dearer(etag, 600)).body).toMatchObject({ name: 'Soup', price: 600 });
  expect(problemIn(await dearer(etag, 700))).toMatchObject({
    status: 412,
    reason: 'edited_meanwhile',
  });
  const unread = { token: tokens.customer, body: { price: 1 } };
  expect(problemIn(await rest.call('PATCH', dishPath, unread)).status).toBe(403);
  expect((await rest.call('DELETE', dishPath, as)).status).toBe(204);
  expect((await rest.call('DELETE', path, as)).status).toBe(204);
  expect(problemIn(await rest.call('GET', path)).reason).toBe('restaurant_not_found');
  const near = `/restaurants?lat=${town.centre.lat}&lng=${town.centre.lng}`;
  expect(JSON.stringify((await rest.call('GET', near)).body)).not.toContain(restaurant.id);
  const still = await rest.call('DELETE', `/restaurants/${town.restaurantId}`, as);
  expect(problemIn(still).reason).toBe('restaurant_has_orders');
});

it('a radius leaves out who is farther away, though they deliver', async () => {
  await using rest = await start();
  const { centre, restaurantId } = await makeTown(db());
  const near = async (radius: number) => {
    const at = `lat=${centre.lat + 0.01}&lng=${centre.lng}`;
    const { body } = await rest.call('GET', `/restaurants?${at}&radius=${radius}`);
    return JSON.stringify(body).includes(restaurantId);
  };
  expect([await near(1_000), await near(1_200)]).toEqual([false, true]);
});

it('an edit without a version is made once for each key, though the version is another by then', async () => {
  await using rest = await start();
  const { tokens, town, sectionId } = await makeRestWorld(db());
  const path = `/restaurants/${town.restaurantId}`;
  const send = (method: string, at: string, key: string, body?: object) =>
    rest.call(method, `${path}${at}`, {
      ...{ token: tokens.admin, headers: { 'idempotency-key': key } },
      ...(body ? { body } : {}),
    });
  type Page = { restaurant: { prepMinutes: number; version: number } };
  const slow = await send('PATCH', '', 'slow', { prepMinutes: 41 });
  expect((slow.body as Page).restaurant.prepMinutes).toBe(41);
  await send('PATCH', '', 'quick', { prepMinutes: 12 });
  // Somebody's first request comes again, late: what came after it stays.
  const late = await send('PATCH', '', 'slow', { prepMinutes: 41 });
  expect(late.status).toBe(200);
  expect((late.body as Page).restaurant.prepMinutes).toBe(12);
  expect(problemIn(await send('PATCH', '', 'slow', { prepMinutes: 42 }))).toMatchObject({
    ...{ status: 422, reason: 'idempotency_key_reused' },
  });
  expect(problemIn(await send('PUT', '/delivery-area', 'slow', { area: RADIUS }))).toMatchObject({
    ...{ status: 422, reason: 'idempotency_key_reused' },
  });

  const dish = `/menu/dishes/${town.dishes.main}`;
  await send('PATCH', dish, 'dear', { price: 9_900 });
  await send('PATCH', dish, 'cheap', { price: 100 });
  expect((await send('PATCH', dish, 'dear', { price: 9_900 })).body).toMatchObject({ price: 100 });
  const gone = [dish, `/menu/sections/${sectionId}`];
  for (const [n, at] of gone.entries()) {
    expect((await send('DELETE', at, `gone-${n}`)).status).toBe(204);
    expect((await send('DELETE', at, `gone-${n}`)).status).toBe(204);
    expect((await send('DELETE', at, `other-${n}`)).status).toBe(404);
  }

  const twice = await Promise.all(
    Array.from({ length: 4 }, () => send('PUT', '/delivery-area', 'area', { area: RADIUS })),
  );
  expect(twice.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  const versions = twice.flatMap(({ status, body }) =>
    status === 200 ? [(body as Page).restaurant.version] : [],
  );
  expect(new Set(versions).size).toBe(1);
  expect(rest.server.errors).toEqual([]);
});

const RADIUS = { kind: 'radius', radiusM: 4_000 };

describe('somebody in a kitchen', () => {
  async function kitchenOf(...restaurantIds: string[]) {
    const person = await makeUser(db(), 'kitchen', 'Kit Kitchen');
    for (const restaurantId of restaurantIds) {
      await tie(db(), { restaurantId, userId: person.userId });
    }
    return tokenOf(db(), person);
  }
  type Listed = { orders: { id: string; customerName: string; dropoffAddress: string }[] };
  type Page = { events: { streamId: string; actor: string; type: string }[] };

  it('reads the orders and events of their restaurants, and no more of them than on the tablet', async () => {
    await using rest = await start();
    const [mine, also, foreign] = [
      await makeRestWorld(db()),
      await makeRestWorld(db()),
      await makeRestWorld(db()),
    ];
    const token = await kitchenOf(mine.town.restaurantId, also.town.restaurantId);
    const get = (path: string) => rest.call('GET', path, { token });
    const { orders } = (await get('/orders')).body as Listed;
    expect(orders.map(({ id }) => id)).toEqual([also.orderId, mine.orderId]);
    expect(orders[0]).toMatchObject({ dropoffAddress: '', pin: null, tip: 0 });
    expect(orders[0]?.customerName).not.toContain(' ');
    const one = `?restaurantId=${mine.town.restaurantId}`;
    expect((await get(`/orders${one}`)).body).toMatchObject({ orders: [{ id: mine.orderId }] });
    const other = `?restaurantId=${foreign.town.restaurantId}`;
    expect((await get(`/orders${other}`)).body).toMatchObject({ orders: [] });

    const order = await get(`/orders/${mine.orderId}`);
    expect(order.body).toMatchObject({ dropoffAddress: '', lines: [{ quantity: 1 }] });
    expect((await get(`/orders/${foreign.orderId}`)).status).toBe(404);
    expect((await get(`/orders/${foreign.orderId}/events`)).status).toBe(404);
    const accepted = await rest.call('PATCH', `/orders/${mine.orderId}`, {
      ...{ token, body: { status: 'accepted' } },
      headers: { 'if-match': order.headers.get('etag') ?? '' },
    });
    expect(accepted.body).toMatchObject({ status: 'accepted', dropoffAddress: '' });
    const story = (await get(`/orders/${mine.orderId}/events`)).body as Page;
    expect(story.events.map(({ type }) => type)).toContain('order.accepted');
    expect(JSON.stringify(story)).not.toContain(mine.town.customer.userId);

    const page = (await get('/events?limit=500')).body as Page;
    const streams = new Set(page.events.map(({ streamId }) => streamId));
    expect(streams).toContain(mine.orderId);
    expect(streams).toContain(also.orderId);
    expect(streams).not.toContain(foreign.orderId);
    expect(JSON.stringify(page)).not.toContain(mine.town.customer.userId);
    expect(rest.server.errors).toEqual([]);
  });

  it('who acts for no restaurant sees nothing, and orders nothing', async () => {
    await using rest = await start();
    const { town } = await makeRestWorld(db());
    const token = await kitchenOf();
    expect((await rest.call('GET', '/orders', { token })).body).toMatchObject({ orders: [] });
    expect((await rest.call('GET', '/events', { token })).body).toMatchObject({ events: [] });
    const { idempotencyKey, ...body } = orderOf(town);
    const placing = { token, body, headers: { 'idempotency-key': idempotencyKey } };
    expect(problemIn(await rest.call('POST', '/orders', placing)).status).toBe(403);
  });
});
