import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver } from '@/db/testing/town';
import type { LiveMessage } from '@/domain/events';
import type { CounterArrival, KitchenView } from '@/domain/kitchen-view';
import type { Viewer } from '@/domain/roles';
import { giveTo, walk } from '@/services/journey.testing';
import { staffedTown } from '@/services/kitchen.testing';
import { stepOrder } from '@/services/step-order';
import { contextOf, key, outcomeOf, placeTestOrder } from '@/services/testing';
import { untieStaff } from '@/services/tie-staff';
import { Hub } from './hub';
import { followCounter, followKitchen } from './kitchen';
import { startTail } from './tail';

const database = testDatabase();
const db = () => database.connection.db;

async function live() {
  const hub = new Hub();
  const options = { connection: database.connection, hub, canListen: database.real };
  const tail = await startTail(options);
  return { hub, [Symbol.asyncDispose]: () => tail.stop() };
}

/** What a tablet hears until `enough`; each value may bring about the next. */
async function heard(
  hub: Hub,
  viewer: Viewer,
  slug: string,
  onValue: (value: LiveMessage<KitchenView>, count: number) => Promise<unknown> | null,
  lastEventId: string | null = null,
) {
  const cut = new AbortController();
  const got: { id: string; message: LiveMessage<KitchenView> }[] = [];
  const now = () => new Date();
  const feed = { db: db(), hub, viewer, slug, now, lastEventId, signal: cut.signal };
  for await (const [id, message] of followKitchen(feed)) {
    got.push({ id, message });
    const next = onValue(message, got.length);
    if (!next) break;
    await next;
  }
  cut.abort();
  return got;
}

const typesOf = (got: { message: LiveMessage<KitchenView> }[]) =>
  got.map(({ message }) => (message.kind === 'event' ? message.event.type : message.kind));

describe('a kitchen’s feed', () => {
  it('starts with a snapshot, goes on live, and resumes after its cursor', async () => {
    await using server = await live();
    const { town, cook } = await staffedTown(db());
    const { town: elsewhere } = await staffedTown(db());
    const got = await heard(server.hub, cook, town.slug, (_, count) => {
      if (count > 1) return null;
      return placeTestOrder(db(), elsewhere).then(() => placeTestOrder(db(), town));
    });
    expect(typesOf(got)).toEqual(['snapshot', 'order.placed']);
    const [, placed] = got;
    const text = JSON.stringify(placed);
    for (const secret of ['Side Street', town.customer.userId, town.customer.name]) {
      expect(text).not.toContain(secret);
    }
    const rest = await heard(server.hub, cook, town.slug, () => null, placed?.id ?? null);
    expect(typesOf(rest)).toEqual(['must_see.raised']);
  });

  it('is heard alike on every tablet: what one has accepted is quiet on the other', async () => {
    await using server = await live();
    const { town, cook } = await staffedTown(db());
    const orderId = await placeTestOrder(db(), town);
    const accept = () => stepOrder(contextOf(db(), cook), { ...key(), orderId, command: 'accept' });
    // Both have to listen before anything happens.
    let listening = 0;
    const first = async () => {
      listening += 1;
      if (listening === 2) await accept();
    };
    const listen = () =>
      heard(server.hub, cook, town.slug, (message, count) => {
        if (count === 1) return first();
        const seen = message.kind === 'event' && message.event.type === 'must_see.acknowledged';
        return seen ? null : Promise.resolve();
      });
    const both = await Promise.all([listen(), listen()]);
    for (const got of both) {
      expect(typesOf(got)[0]).toBe('snapshot');
      expect(typesOf(got).at(-1)).toBe('must_see.acknowledged');
    }
  });

  it('ends when they are not tied any more, and is not for strangers', async () => {
    await using server = await live();
    const { town, cook } = await staffedTown(db());
    const { cook: stranger } = await staffedTown(db());
    const { userId } = cook;
    const untie = () =>
      untieStaff(contextOf(db(), town.admin), {
        ...{ ...key(), restaurantId: town.restaurantId, userId },
      });
    const outcome = await outcomeOf(heard(server.hub, cook, town.slug, untie));
    expect(outcome).toEqual({ refused: 'restaurant_not_found' });
    const strange = await outcomeOf(heard(server.hub, stranger, town.slug, () => null));
    expect(strange).toEqual({ refused: 'restaurant_not_found' });
  });
});

it('couriers on the way are told in minutes, until they are at the counter', async () => {
  await using server = await live();
  const { town, cook } = await staffedTown(db());
  const driver = await makeDriver(db(), town, { meters: 2_000 });
  const orderId = await placeTestOrder(db(), town);
  await stepOrder(contextOf(db(), cook), { ...key(), orderId, command: 'accept' });
  const cut = new AbortController();
  const got: CounterArrival[][] = [];
  const counter = { db: db(), hub: server.hub, viewer: cook, slug: town.slug, everyMs: 1 };
  for await (const arrivals of followCounter({ ...counter, signal: cut.signal })) {
    got.push(arrivals);
    if (got.length === 1) await giveTo(db(), town, orderId, driver);
    if (got.length === 2) await walk(db(), driver, orderId, 'arrive_pickup');
    if (got.length === 3) break;
  }
  cut.abort();
  expect(got.map((each) => each.map((arrival) => arrival.orderId))).toEqual([[], [orderId], []]);
  const minutes = got[1]?.[0]?.minutes ?? 0;
  expect(minutes).toBeGreaterThan(3);
  expect(minutes).toBeLessThan(15);
});
