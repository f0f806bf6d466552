import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectDelivery, projectEvent, projectMessage, projectOrder } from './audiences';
import { applyToBoardView, BOARD_KEEPS_MINUTES, type BoardView, tidyBoard } from './board-view';
import { isCarried } from './delivery';
import { applyToDriverView, type DriverView } from './driver-view';
import type { LogEvent } from './events';
import {
  ADMIN,
  CUSTOMER,
  DRIVER,
  driverImage,
  minute,
  orderEvent,
  orderImage,
} from './images.testing';
import type { Viewer } from './roles';
import { type Scene, type Story, type World, writeStory } from './story.testing';
import {
  applyToCard,
  applyToCustomerView,
  applyToOrderView,
  type CustomerView,
  type OrderCard,
  type OrderView,
} from './views';

const ORDERS = ['first', 'second', 'third'];
const EMPTY: World = new Map();

const anyStory = fc
  .array(fc.nat(10_000), { minLength: 10, maxLength: 80 })
  .map((choices) => writeStory(ORDERS, choices));
/** A story, a place in it, and a place before that one (both as numbers of events). */
const storyWithPlaces = anyStory.chain((story) =>
  fc.nat(story.length).chain((at) => fc.tuple(fc.constant(story), fc.constant(at), fc.nat(at))),
);

const worldAt = (story: Story, at: number): World => story[at - 1]?.world ?? EMPTY;
const lastOf = (story: Story): World => worldAt(story, story.length);

/** What `viewer` is told of the events from a place on. */
const toldTo = (viewer: Viewer, story: Story, from: number): LogEvent[] =>
  story.slice(from).flatMap(({ event }) => {
    const mine =
      viewer.role === 'admin' ||
      (viewer.role === 'driver' ? event.driverId : event.customerId) === viewer.userId;
    return (mine && projectEvent(viewer, event)) || [];
  });

const cardFor = (viewer: Viewer, { order, delivery, version }: Scene): OrderCard => ({
  order: projectOrder(viewer, order),
  delivery: delivery && projectDelivery(viewer, delivery),
  versions: { order: version, delivery: version },
});

/** Cards without what may differ between a snapshot and a view that events have changed. */
const essence = (cards: OrderCard[]) =>
  cards
    .map(({ order, delivery }) => ({ order, delivery }))
    .sort((a, b) => a.order.id.localeCompare(b.order.id));

const pendingIn = (world: World) =>
  [...world.values()].flatMap(({ offers }) => offers.filter(({ status }) => status === 'pending'));
const byId = <T extends { id: string }>(list: T[]) =>
  [...list].sort((a, b) => a.id.localeCompare(b.id));

describe('one order', () => {
  const orderViewAt = (viewer: Viewer, story: Story, at: number): OrderView | null => {
    const scene = worldAt(story, at).get('first');
    if (!scene) return null;
    const told = toldTo(viewer, story.slice(0, at), 0);
    return {
      ...cardFor(viewer, scene),
      lines: [],
      offers: viewer.role === 'admin' ? scene.offers : [],
      messages: scene.messages.map((message) => projectMessage(viewer, message)),
      timeline: told
        .filter(({ streamId }) => streamId === 'first')
        .map(({ type, at: time, actor, version }) => ({ type, at: time, actor, version })),
    };
  };
  const essenceOfView = (view: OrderView) => ({
    ...view,
    versions: null,
    offers: byId(view.offers),
  });
  /** A story of one order that still stands at its end. */
  const oneOrder = fc
    .array(fc.nat(10_000), { minLength: 3, maxLength: 40 })
    .map((choices) => writeStory(['first'], choices))
    .filter((story) => lastOf(story).has('first'));

  it.each([CUSTOMER, ADMIN])(
    'looks the same to a $role whatever the order in which events come, and however often',
    (viewer) => {
      fc.assert(
        fc.property(oneOrder, fc.infiniteStream(fc.nat()), (story, dice) => {
          const start = orderViewAt(viewer, story, 1);
          const end = orderViewAt(viewer, story, story.length);
          const told = toldTo(viewer, story, 0);
          const shuffled = [...told, ...told]
            .map((event) => ({ event, at: dice.next().value }))
            .sort((a, b) => a.at - b.at);
          const view = shuffled.reduce(
            (before, { event }) => before && applyToOrderView(before, event),
            start,
          );
          expect(view && essenceOfView(view)).toEqual(end && essenceOfView(end));
        }),
      );
    },
  );

  it('is left alone, the very same object, by events that it holds already or that are not its own', () => {
    const [placed] = writeStory(['first', 'second'], [0]);
    const view = placed && orderViewAt(CUSTOMER, [placed], 1);
    if (!view) throw new Error('expected a view');
    expect(applyToOrderView(view, placed.event)).toBe(view);
    const other = orderEvent('second', { version: 9, data: { order: orderImage('second') } });
    expect(applyToOrderView(view, other)).toBe(view);
    expect(applyToCard(view, other)).toBe(view);
  });
});

type Watched<View> = {
  viewer: Viewer;
  snapshot: (world: World, story: Story) => View;
  apply: (view: View, event: LogEvent) => View;
  essence: (view: View) => unknown;
};

const customer: Watched<CustomerView> = {
  viewer: CUSTOMER,
  snapshot: (world) => ({ cards: [...world.values()].map((scene) => cardFor(CUSTOMER, scene)) }),
  apply: applyToCustomerView,
  essence: ({ cards }) => essence(cards),
};

const assignedAtMs = ({ delivery }: Scene) => Date.parse(delivery?.assignedAt ?? '');

const driver: Watched<DriverView> = {
  viewer: DRIVER,
  snapshot(world) {
    const scenes = [...world.values()];
    const mine = scenes.filter(({ delivery }) => delivery?.driverId === DRIVER.userId);
    const done = mine.flatMap(({ delivery }) =>
      delivery?.status === 'delivered' ? [delivery] : [],
    );
    return {
      driver: driverImage(DRIVER),
      driverVersion: 1,
      offers: pendingIn(world).filter(({ driverId }) => driverId === DRIVER.userId),
      lastAnswer: null,
      jobs: mine
        .filter(({ delivery }) => delivery && isCarried(delivery.status))
        .sort((a, b) => assignedAtMs(a) - assignedAtMs(b))
        .map((scene) => cardFor(DRIVER, scene)),
      messages: mine
        .filter(({ delivery }) => delivery && isCarried(delivery.status))
        .flatMap((scene) =>
          scene.messages.filter(({ sentAt }) => Date.parse(sentAt) >= assignedAtMs(scene)),
        )
        .map((message) => projectMessage(DRIVER, message)),
      earnedToday: {
        currency: 'EUR',
        timeZone: 'Europe/Lisbon',
        deliveries: done.map(({ id, pay }) => ({ id, pay: pay ?? 0, deliveredAt: '' })),
      },
    };
  },
  apply: applyToDriverView,
  essence: ({ jobs, messages, offers, earnedToday }) => ({
    jobs: jobs.map(({ order, delivery }) => ({ order, delivery })),
    messages: byId(messages),
    offers: byId(offers),
    // The story's deliveries are done, but it does not say when.
    earnedToday: byId(earnedToday.deliveries.map(({ id, pay }) => ({ id, pay }))),
  }),
};

const board: Watched<BoardView> = {
  viewer: ADMIN,
  snapshot: (world) => ({
    cards: [...world.values()].map((scene) => cardFor(ADMIN, scene)),
    offers: pendingIn(world),
    drivers: [],
    mustSees: [],
  }),
  apply: (view, event) => applyToBoardView(view, [event]),
  essence: ({ cards, offers }) => ({ cards: essence(cards), offers: byId(offers) }),
};

function converges<View>({ viewer, snapshot, apply, essence: of }: Watched<View>) {
  it('is a snapshot and the events after it, wherever the snapshot was taken', () => {
    fc.assert(
      fc.property(storyWithPlaces, ([story, at]) => {
        const start = snapshot(worldAt(story, at), story);
        const view = toldTo(viewer, story, at).reduce(apply, start);
        expect(of(view)).toEqual(of(snapshot(lastOf(story), story)));
      }),
    );
  });

  it('comes out the same when events that the snapshot holds already are told again', () => {
    fc.assert(
      fc.property(storyWithPlaces, ([story, at, earlier]) => {
        const start = snapshot(worldAt(story, at), story);
        const view = toldTo(viewer, story, earlier).reduce(apply, start);
        expect(of(view)).toEqual(of(snapshot(lastOf(story), story)));
      }),
    );
  });

  it('does not mind how the stories of different orders are mixed', () => {
    fc.assert(
      fc.property(anyStory, fc.shuffledSubarray(ORDERS, { minLength: 3 }), (story, orders) => {
        const told = toldTo(viewer, story, 0);
        const mixed = orders.flatMap((id) => told.filter(({ streamId }) => streamId === id));
        const view = mixed.reduce(apply, snapshot(EMPTY, story));
        expect(of(view)).toEqual(of(snapshot(lastOf(story), story)));
      }),
    );
  });
}

describe('a customer’s orders', () => converges(customer));
describe('a driver’s page', () => converges(driver));
describe('the board', () => {
  converges(board);

  it('is the same however its events are cut into batches', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(storyWithPlaces, cuts, ([story, at], sizes) => {
        const start = board.snapshot(worldAt(story, at), story);
        let rest = toldTo(ADMIN, story, at);
        let view = start;
        for (let n = 0; rest.length > 0; n += 1) {
          const size = sizes[n % sizes.length] ?? 1;
          view = applyToBoardView(view, rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(board.essence(view)).toEqual(board.essence(board.snapshot(lastOf(story), story)));
      }),
    );
  });

  it('keeps the very object of every card that its events do not change', () => {
    fc.assert(
      fc.property(storyWithPlaces, ([story, at]) => {
        const start = board.snapshot(worldAt(story, at), story);
        const told = toldTo(ADMIN, story, at);
        const touched = new Set(told.map(({ streamId }) => streamId));
        const view = applyToBoardView(start, told);
        for (const card of start.cards) {
          if (!touched.has(card.order.id)) expect(view.cards).toContain(card);
        }
      }),
    );
  });

  it('takes a driver as the latest event tells them, and keeps where they were seen', () => {
    const seen = {
      driverId: DRIVER.userId,
      at: { lat: 1, lng: 2 },
      headingDeg: null,
      speedMps: null,
      recordedAt: minute(0),
    };
    const entry = { driver: driverImage(DRIVER), version: 3, position: seen };
    const start: BoardView = { cards: [], offers: [], drivers: [entry], mustSees: [] };
    const told = (version: number, online: boolean): LogEvent => ({
      ...orderEvent(DRIVER.userId, { version, data: { driver: driverImage(DRIVER, { online }) } }),
      stream: 'driver',
    });
    expect(applyToBoardView(start, [told(3, false)])).toBe(start);
    const after = applyToBoardView(start, [told(5, false), told(4, true)]);
    expect(after.drivers).toEqual([
      { driver: driverImage(DRIVER, { online: false }), version: 5, position: seen },
    ]);
  });
});

it('these stories lead to every end', () => {
  const seen = new Set<string>();
  for (const story of fc.sample(anyStory, { seed: 7, numRuns: 100 })) {
    for (const { event } of story) seen.add(event.type);
  }
  for (const type of [
    'message.sent',
    'delivery.delivered',
    'delivery.returned',
    'order.restored',
    'order.deleted',
  ]) {
    expect(seen).toContain(type);
  }
});

it.each(['order.archived', 'order.deleted'])('%s takes an order out of every list', (type) => {
  const card: OrderCard = {
    order: orderImage('gone', { status: 'completed' }),
    delivery: null,
    versions: { order: 1, delivery: 0 },
  };
  const other = { ...card, order: orderImage('other') };
  const event = orderEvent('gone', { type, version: 2, data: { order: card.order } });
  const left = [other];
  expect(applyToCustomerView({ cards: [card, other] }, event).cards).toEqual(left);
  const board: BoardView = { cards: [card, other], offers: [], drivers: [], mustSees: [] };
  expect(applyToBoardView(board, [event]).cards).toEqual(left);
});

it('the board drops what was closed long enough ago, and nothing else', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const closed = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  const card = (id: string, order: Partial<Scene['order']>): OrderCard => ({
    order: orderImage(id, order),
    delivery: null,
    versions: { order: 1, delivery: 0 },
  });
  const view: BoardView = {
    cards: [
      card('open', { status: 'ready', placedAt: closed(600) }),
      card('just closed', { status: 'completed', closedAt: closed(BOARD_KEEPS_MINUTES - 1) }),
      card('long closed', { status: 'completed', closedAt: closed(BOARD_KEEPS_MINUTES + 1) }),
    ],
    offers: [],
    drivers: [],
    mustSees: [],
  };
  expect(tidyBoard(view, now).cards.map(({ order }) => order.id)).toEqual(['open', 'just closed']);
  const young = { ...view, cards: view.cards.slice(0, 2) };
  expect(tidyBoard(young, now)).toBe(young);
});
