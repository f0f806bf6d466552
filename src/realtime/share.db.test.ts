import { describe, expect, it } from 'vitest';
import { readStream } from '@/db/queries/events';
import { testDatabase } from '@/db/testing/test-database';
import { makeUser } from '@/db/testing/town';
import { carriedOrder, orderIs, takeStep } from '@/services/journey.testing';
import { shareOrder, unshareOrder } from '@/services/share-order';
import { contextOf, key, outcomeOf } from '@/services/testing';
import { Hub } from './hub';
import { followShare, shareSnapshot } from './share';

const database = testDatabase();
const db = () => database.connection.db;

async function sharedOrder() {
  const carried = await carriedOrder(db(), { last: 'pick_up' });
  const customer = contextOf(db(), carried.town.customer);
  const { token } = await shareOrder(customer, { ...key(), orderId: carried.orderId });
  return { ...carried, customer, token };
}

/** Tells the hub what the order's stream holds after `from`. */
async function tell(hub: Hub, orderId: string, from: number): Promise<void> {
  for (const event of await readStream(db(), orderId, from, 100)) {
    hub.publish(`order:${orderId}`, {
      kind: 'event',
      read: { place: { xid: '1', position: '1' }, settled: true, byApi: false, event },
    });
  }
}
const length = async (orderId: string) => (await readStream(db(), orderId, 0, 100)).length;

describe('a share link', () => {
  it('shows status and ETA, and nothing that says who, where or what', async () => {
    const { orderId, token } = await sharedOrder();
    const order = await orderIs(db(), orderId);
    expect(await shareSnapshot(db(), token)).toEqual({
      status: 'ready',
      deliveryStatus: 'picked_up',
      imminent: false,
      etaFrom: expect.toSatisfy((at) => Date.parse(at) === order.promisedFrom.getTime()),
      etaTo: expect.toSatisfy((at) => Date.parse(at) === order.promisedTo.getTime()),
      timeZone: 'Europe/Lisbon',
    });
  });

  it('is one per order, hard to guess, and in no event', async () => {
    const { customer, orderId, token } = await sharedOrder();
    expect(await shareOrder(customer, { ...key(), orderId })).toEqual({ token });
    expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    expect(JSON.stringify(await readStream(db(), orderId, 0, 100))).not.toContain(token);
    for (const guess of ['', 'x', `${token.slice(1)}A`, orderId]) {
      expect(await outcomeOf(shareSnapshot(db(), guess))).toEqual({ refused: 'link_not_found' });
    }
  });

  it('is dead after the delivery, for those who kept it and those who watch', async () => {
    const { driver, orderId, token } = await sharedOrder();
    const hub = new Hub();
    const watching = followShare({ db: db(), hub, token, signal: undefined });
    expect((await watching.next()).value).toMatchObject({ deliveryStatus: 'picked_up' });
    const from = await length(orderId);
    for (const step of ['arrive_dropoff', 'deliver'] as const) {
      await takeStep(db(), driver, orderId, step);
    }
    await tell(hub, orderId, from);
    expect(await watching.next()).toEqual({ done: false, value: null });
    expect((await watching.next()).done).toBe(true);
    expect(await outcomeOf(shareSnapshot(db(), token))).toEqual({ refused: 'link_not_found' });
  });

  it('ends at once when the customer ends it, and a new one is another', async () => {
    const { customer, orderId, token } = await sharedOrder();
    const hub = new Hub();
    const watching = followShare({ db: db(), hub, token, signal: undefined });
    await watching.next();
    const from = await length(orderId);
    await unshareOrder(customer, { ...key(), orderId });
    await tell(hub, orderId, from);
    expect(await watching.next()).toEqual({ done: false, value: null });
    expect(await outcomeOf(shareSnapshot(db(), token))).toEqual({ refused: 'link_not_found' });
    expect((await shareOrder(customer, { ...key(), orderId })).token).not.toBe(token);
  });

  it('is made by the order’s customer alone, while there is something to follow', async () => {
    const { town, orderId } = await carriedOrder(db(), { last: 'deliver' });
    const share = (who: Parameters<typeof contextOf>[1]) =>
      outcomeOf(shareOrder(contextOf(db(), who), { ...key(), orderId }));
    expect(await share(town.customer)).toEqual({ refused: 'order_closed' });
    expect(await share(await makeUser(db(), 'customer', 'Sam Stranger'))).toEqual({
      refused: 'order_not_found',
    });
    expect(await share(town.admin)).toEqual({ refused: 'role_not_allowed' });
  });
});
