import { describe, expect, it } from 'vitest';
import { connect } from '@/db/client';
import { type Feed, readFeed } from '@/db/queries/events';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { projectEvent } from '@/domain/audiences';
import { applyToBoardView, type BoardView } from '@/domain/board-view';
import { applyToDriverView, type DriverView } from '@/domain/driver-view';
import { ensured } from '@/domain/errors';
import type { LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import { applyToCustomerView, type CustomerView, type OrderCard } from '@/domain/views';
import { acceptOffer, declineOffer } from '@/services/answer-offer';
import { cancelOrder } from '@/services/cancel-order';
import { giveTo, walk } from '@/services/journey.testing';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { sendMessage } from '@/services/send-message';
import { setOnline } from '@/services/set-online';
import { restoreOrder } from '@/services/step-order';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import { parseFeedCursor } from './cursor';
import { boardSnapshot, customerSnapshot, driverSnapshot, type Snapshot } from './snapshots';

const database = testDatabase();
const db = () => database.connection.db;

/** An evening in town, move by move. */
async function evening() {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town, { name: 'Dee Driver', capacity: 2 });
  const admin = contextOf(db(), town.admin);
  const orders: string[] = [];
  const orderAt = (n: number) => ensured(orders[n], `order ${n}`);
  const place = async () => void orders.push(await placeTestOrder(db(), town));
  const round = () => runDispatchRound(contextOf(db(), 'dispatch'));
  const offerId = async () => ensured((await pendingOffers(db(), driver.userId))[0], 'an offer').id;
  const say = (who: Viewer, orderId: string, quick: string) =>
    sendMessage(contextOf(db(), who), {
      ...key(),
      orderId,
      content: { kind: 'quick', key: quick },
    });
  const moves: (() => Promise<unknown>)[] = [
    place,
    round,
    async () => acceptOffer(contextOf(db(), driver), { ...key(), offerId: await offerId() }),
    place,
    round,
    async () =>
      declineOffer(contextOf(db(), driver), {
        ...key(),
        offerId: await offerId(),
        reason: 'too_far',
      }),
    () => giveTo(db(), town, orderAt(1), driver),
    () => say(town.customer, orderAt(1), 'bell_broken'),
    () => say(driver, orderAt(1), 'on_my_way'),
    () => walk(db(), driver, orderAt(0), 'deliver'),
    place,
    () => cancelOrder(admin, { ...key(), orderId: orderAt(1), reason: 'other' }),
    () => restoreOrder(admin, { ...key(), orderId: orderAt(1) }),
    () => giveTo(db(), town, orderAt(1), driver),
    () => giveTo(db(), town, orderAt(2), driver),
    () => walk(db(), driver, orderAt(2), 'deliver'),
    () => db().execute(`DELETE FROM orders WHERE id = '${orderAt(1)}'`),
    () => setOnline(contextOf(db(), driver), { ...key(), online: false, position: null }),
  ];
  return { town, driver, moves };
}

type Watched<View> = {
  snapshot: () => Promise<Snapshot<View>>;
  feed: Feed;
  viewer: Viewer;
  apply: (view: View, event: LogEvent) => View;
  essence: (view: View) => unknown;
};

const byId = <T extends { id: string }>(list: T[]) =>
  list.toSorted((a, b) => a.id.localeCompare(b.id));
const cardsOf = (cards: OrderCard[]) => cards.map(({ order, delivery }) => ({ order, delivery }));
const byOrder = (cards: OrderCard[]) =>
  cardsOf(cards).sort((a, b) => a.order.number - b.order.number);

const asCustomer = ({ customer }: Town): Watched<CustomerView> => ({
  snapshot: () => customerSnapshot(db(), customer),
  feed: { customerId: customer.userId },
  viewer: customer,
  apply: applyToCustomerView,
  essence: ({ cards }) => cardsOf(cards),
});

const asDriver = (driver: Viewer): Watched<DriverView> => ({
  snapshot: () => driverSnapshot(db(), driver),
  feed: { driverId: driver.userId },
  viewer: driver,
  apply: applyToDriverView,
  essence: ({ driver: image, offers, jobs, messages, earnedToday }) => ({
    driver: image,
    offers,
    jobs: cardsOf(jobs),
    messages,
    earnedToday: { ...earnedToday, deliveries: byId(earnedToday.deliveries) },
  }),
});

const asAdmin = ({ admin }: Town): Watched<BoardView> => ({
  snapshot: () => boardSnapshot(db(), new Date()),
  feed: 'all',
  viewer: admin,
  apply: (view, event) => applyToBoardView(view, [event]),
  essence: ({ cards, offers, drivers }) => ({
    cards: byOrder(cards),
    offers,
    online: drivers.filter(({ driver }) => driver.online).map(({ driver }) => driver),
  }),
});

/** Brings a view to the present by what its feed holds after its cursor. */
async function broughtUp<View>(watched: Watched<View>, { view, cursor }: Snapshot<View>) {
  const place = ensured(parseFeedCursor(cursor, cursor.split('.')[0] ?? ''), 'a cursor');
  const read = await readFeed(db(), watched.feed, place, 10_000);
  return read.reduce((before, { event }) => {
    const seen = projectEvent(watched.viewer, event);
    return seen ? watched.apply(before, seen) : before;
  }, view);
}

/** Takes a snapshot after each move; in the end all of them have to be the last one. */
async function expectOneTruth<View>(
  watch: (scene: { town: Town; driver: Viewer }) => Watched<View>,
  holdBack: boolean,
) {
  const { town, driver, moves } = await evening();
  const watched = watch({ town, driver });
  const holder = holdBack ? connect(database.url, { max: 1 }) : null;
  const open = await holder?.sql.reserve();
  const taken = [await watched.snapshot()];
  for (const [index, move] of moves.entries()) {
    if (open && index === 4) {
      await open`BEGIN`;
      await open`SELECT pg_current_xact_id()`;
    }
    await move();
    taken.push(await watched.snapshot());
  }
  if (open) {
    // Everything since the open write is told again to who looked in the meantime.
    const cursors = taken.slice(5).map(({ cursor }) => cursor);
    expect(new Set(cursors).size).toBe(1);
    await open`COMMIT`;
    open.release();
  }
  await holder?.close();
  const now = watched.essence((await watched.snapshot()).view);
  for (const [index, snapshot] of taken.entries()) {
    const view = await broughtUp(watched, snapshot);
    expect(watched.essence(view), `the snapshot after move ${index}`).toEqual(now);
  }
}

describe.each([
  ['', false],
  [', also while an open write holds the watermark back', true],
])('a snapshot and the events after its cursor are the present%s', (_, holdBack) => {
  const real = it.runIf(!holdBack || database.real);
  real('for a customer', () => expectOneTruth(({ town }) => asCustomer(town), holdBack));
  real('for a driver', () => expectOneTruth(({ driver }) => asDriver(driver), holdBack));
  real('for the board', () => expectOneTruth(({ town }) => asAdmin(town), holdBack));
});
