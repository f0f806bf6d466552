import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { giveTo, orderIs, storyOf, walk } from '@/services/journey.testing';
import { stepOrder } from '@/services/step-order';
import { tellStory } from '@/services/tell-story';
import { CART_TOTAL, cartOf, contextOf, key, placeTestOrder } from '@/services/testing';
import { makeRestWorld, problemIn, restClient, type Sent } from './rest.testing';
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

type Town = Awaited<ReturnType<typeof makeTown>>;
const bodyOf = (town: Town, change: object = {}) => ({
  ...cartOf(town),
  dropoffAddress: '2 Side Street',
  expectedTotal: CART_TOTAL,
  ...change,
});
const ordering = (
  token: string,
  town: Town,
  idempotencyKey: string,
  change: object = {},
): Sent => ({
  token,
  body: bodyOf(town, change),
  headers: { 'idempotency-key': idempotencyKey },
});

type OrderBody = { id: string; status: string; version: number; dropoffAddress: string };

describe('an order over REST', () => {
  it('is taken at once, and made once however often it is sent', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const first = await rest.call('POST', '/orders', ordering(token, town, 'my-own-key'));
    const again = await rest.call('POST', '/orders', ordering(token, town, 'my-own-key'));
    expect([first.status, again.status]).toEqual([202, 202]);
    const { id } = first.body as OrderBody;
    expect((again.body as OrderBody).id).toBe(id);
    expect(first.headers.get('location')).toBe(`/api/v1/orders/${id}`);
    const { body } = await rest.call('GET', '/orders', { token });
    expect((body as { orders: OrderBody[] }).orders.map((order) => order.id)).toEqual([id]);
  });

  it('is told apart in its story from what was done in the app', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const { body } = await rest.call('POST', '/orders', ordering(token, town, 'from-a-program'));
    const orderId = (body as OrderBody).id;
    await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command: 'accept' });
    const { entries } = await tellStory(contextOf(db(), town.admin), { orderId });
    const told = entries.flatMap((entry) =>
      entry.what === 'event' && /^order[.](placed|accepted)/.test(entry.event.type)
        ? [[entry.event.type, entry.event.actor, entry.event.byApi]]
        : [],
    );
    expect(told).toEqual([
      ['order.placed', `user:${town.customer.userId}`, true],
      ['order.accepted', `user:${town.admin.userId}`, false],
    ]);
  });

  it('needs a key, and one key stands for one request', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const without = await rest.call('POST', '/orders', { token, body: bodyOf(town) });
    expect(problemIn(without)).toMatchObject({ status: 400, reason: 'idempotency_key_missing' });
    await rest.call('POST', '/orders', ordering(token, town, 'one'));
    const other = await rest.call(
      'POST',
      '/orders',
      ordering(token, town, 'one', { dropoffNote: 'x' }),
    );
    expect(problemIn(other)).toMatchObject({ status: 422, reason: 'idempotency_key_reused' });
  });

  it('sent twice at the same moment is one order and at most one conflict', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => rest.call('POST', '/orders', ordering(token, town, 'race'))),
    );
    const taken = all.filter(({ status }) => status === 202);
    const refused = all.filter(({ status }) => status !== 202).map(problemIn);
    expect(new Set(taken.map(({ body }) => (body as OrderBody).id)).size).toBe(1);
    expect(refused.map(({ status, reason }) => `${status} ${reason}`)).toEqual(
      refused.map(() => '409 idempotency_key_under_way'),
    );
    expect(refused.length).toBeGreaterThan(0);
  });

  it('goes step by step, and takes no step that does not lead there', async () => {
    await using rest = await start();
    const world = await makeRestWorld(db());
    const { orderId, tokens } = world;
    const to = (status: string, token = tokens.admin, more: object = {}) =>
      rest.call('PATCH', `/orders/${orderId}`, { token, body: { status, ...more } });
    expect(problemIn(await to('ready'))).toMatchObject({ status: 409, reason: 'illegal_step' });
    expect(problemIn(await to('accepted', tokens.customer)).status).toBe(403);
    expect(problemIn(await to('accepted', tokens.driver)).status).toBe(404);
    expect(problemIn(await to('rejected', tokens.admin, { reason: 'no_driver' })).status).toBe(422);
    for (const status of ['accepted', 'preparing', 'ready']) {
      const { body } = await to(status);
      expect((body as OrderBody).status).toBe(status);
    }
    expect(problemIn(await to('placed')).reason).toBe('illegal_step');
    expect(problemIn(await to('completed')).reason).toBe('illegal_step');
    const told = await to('cancelled', tokens.admin, { reason: 'duplicate' });
    expect((told.body as OrderBody).status).toBe('cancelled');
    expect(((await to('accepted')).body as OrderBody).status).toBe('accepted');
  });

  it('is cancelled by its customer, and by no other', async () => {
    await using rest = await start();
    const [mine, other] = [await makeRestWorld(db()), await makeRestWorld(db())];
    const cancel = (token: string) =>
      rest.call('PATCH', `/orders/${mine.orderId}`, { token, body: { status: 'cancelled' } });
    expect(problemIn(await cancel(other.tokens.customer)).reason).toBe('order_not_found');
    expect(((await cancel(mine.tokens.customer)).body as OrderBody).status).toBe('cancelled');
  });

  it('written as a whole changes in one thing alone, and in nothing when it is so already', async () => {
    await using rest = await start();
    const { orderId, tokens } = await makeRestWorld(db());
    const { dropoff, dropoffAddress, dropoffNote, status } = await orderIs(db(), orderId);
    const put = (change: object) =>
      rest.call('PUT', `/orders/${orderId}`, {
        token: tokens.admin,
        body: { status, dropoff, dropoffAddress, dropoffNote, ...change },
      });
    expect((await put({})).status).toBe(200);
    expect(await storyOf(db(), orderId)).toEqual(['order.placed']);
    const moved = await put({ dropoffAddress: '9 Other Street' });
    expect(moved.body).toMatchObject({ status: 'placed', dropoffAddress: '9 Other Street' });
    const both = await put({ dropoffAddress: '1 Third Street', status: 'accepted' });
    expect(problemIn(both)).toMatchObject({ status: 422, reason: 'one_change_at_a_time' });
    expect(problemIn(await put({ status: undefined })).status).toBe(400);
  });

  it('is changed at the version that was read, and at no other', async () => {
    await using rest = await start();
    const { orderId, tokens } = await makeRestWorld(db());
    const path = `/orders/${orderId}`;
    const read = await rest.call('GET', path, { token: tokens.admin });
    const etag = read.headers.get('etag') ?? '';
    // The kitchen is being told of it: once that is over, nothing is new.
    const rereading = async () => {
      const { headers } = await rest.call('GET', path, { token: tokens.admin });
      const tag = { 'if-none-match': headers.get('etag') ?? '' };
      return rest.call('GET', path, { token: tokens.admin, headers: tag });
    };
    await expect.poll(rereading).toMatchObject({ status: 304, body: null });
    const change = (status: string, match: string) =>
      rest.call('PATCH', path, {
        token: tokens.admin,
        body: { status },
        headers: { 'if-match': match },
      });
    const accepted = await change('accepted', etag);
    expect(accepted.status).toBe(200);
    expect(problemIn(await change('preparing', etag))).toMatchObject({
      status: 412,
      reason: 'version_passed',
    });
    expect(problemIn(await change('preparing', '"of yesterday"')).status).toBe(412);
    expect((await change('preparing', '*')).status).toBe(200);
  });

  it('sent again with the key and version of before is the answer of before', async () => {
    await using rest = await start();
    const { orderId, tokens } = await makeRestWorld(db());
    const path = `/orders/${orderId}`;
    const read = await rest.call('GET', path, { token: tokens.admin });
    const change = (key: string, body: object) =>
      rest.call('PATCH', path, {
        ...{ token: tokens.admin, body },
        headers: { 'if-match': read.headers.get('etag') ?? '', 'idempotency-key': key },
      });
    expect((await change('door', { dropoffNote: 'Ring twice' })).status).toBe(200);
    expect((await change('door', { dropoffNote: 'Ring twice' })).status).toBe(200);
    expect(problemIn(await change('other', { dropoffNote: 'Ring twice' })).status).toBe(412);
    expect(problemIn(await change('step', { status: 'accepted' })).status).toBe(412);
    const accept = (key: string) =>
      rest.call('PATCH', path, {
        ...{ token: tokens.admin, body: { status: 'accepted' } },
        headers: { 'idempotency-key': key },
      });
    expect([(await accept('a')).status, (await accept('a')).status]).toEqual([200, 200]);
    expect(problemIn(await accept('b'))).toMatchObject({ status: 409, reason: 'illegal_step' });
  });

  it('of two who change it at the version that both have read, one does', async () => {
    await using rest = await start();
    const { orderId, tokens } = await makeRestWorld(db());
    const path = `/orders/${orderId}`;
    const read = await rest.call('GET', path, { token: tokens.admin });
    const headers = { 'if-match': read.headers.get('etag') ?? '' };
    const all = await Promise.all(
      ['accepted', 'rejected'].map((status) =>
        rest.call('PATCH', path, { token: tokens.admin, body: { status }, headers }),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('is put away when it is over: gone from the lists, and told to admins for ever', async () => {
    await using rest = await start();
    const world = await makeRestWorld(db());
    const { orderId, tokens, town } = world;
    const path = `/orders/${orderId}`;
    const remove = (token: string) => rest.call('DELETE', path, { token });
    expect(problemIn(await remove(tokens.admin))).toMatchObject({
      status: 409,
      reason: 'order_open',
    });
    const admin = contextOf(db(), town.admin);
    await stepOrder(admin, { ...key(), orderId, command: 'reject' });
    expect(problemIn(await remove(tokens.customer)).status).toBe(403);
    expect((await remove(tokens.admin)).status).toBe(204);
    expect(problemIn(await remove(tokens.admin)).status).toBe(404);
    expect((await storyOf(db(), orderId)).at(-1)).toBe('order.archived');
    for (const token of [tokens.customer, tokens.admin]) {
      const { body } = await rest.call('GET', '/orders?limit=100', { token });
      expect(JSON.stringify(body)).not.toContain(orderId);
    }
    expect((await rest.call('GET', path, { token: tokens.admin })).status).toBe(200);
    expect(problemIn(await rest.call('GET', path, { token: tokens.customer })).status).toBe(404);
  });

  it('is not put away while its food is on the way back', async () => {
    await using rest = await start();
    const { orderId, tokens, town, driver } = await makeRestWorld(db());
    await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command: 'accept' });
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'pick_up');
    const body = { status: 'cancelled', reason: 'other' };
    await rest.call('PATCH', `/orders/${orderId}`, { token: tokens.admin, body });
    const removed = await rest.call('DELETE', `/orders/${orderId}`, { token: tokens.admin });
    expect(problemIn(removed).reason).toBe('order_open');
  });

  it('lists come page by page, each order once', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const placed: string[] = [];
    for (let n = 0; n < 5; n += 1) placed.unshift(await placeTestOrder(db(), town));
    const listed: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await rest.call('GET', `/orders?limit=2${cursor}`, { token });
      const page = body as { orders: OrderBody[]; next: string | null };
      listed.push(...page.orders.map(({ id }) => id));
      if (!page.next) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(listed).toEqual(placed);
  });
});
