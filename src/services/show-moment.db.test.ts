import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { upsertPositions } from '@/db/queries/drivers';
import { readFeed, readStream } from '@/db/queries/events';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { projectEvent } from '@/domain/audiences';
import { applyToBoardView, type BoardView } from '@/domain/board-view';
import { applyToDriverView, type DriverView } from '@/domain/driver-view';
import { ensured } from '@/domain/errors';
import { destinationPoint } from '@/domain/geo';
import { smallBoard } from '@/domain/moment';
import { applyToOrderView, type OrderCard, type OrderView } from '@/domain/views';
import { acceptOffer } from './answer-offer';
import { carriedOrder, giveTo, walk } from './journey.testing';
import { reasonOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { sendMessage } from './send-message';
import { type Moment, showMoment } from './show-moment';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Live = { driver: unknown; board: unknown; customer: unknown };
const cardsOf = (cards: readonly OrderCard[]) =>
  cards.map(({ order, delivery }) => ({ order, delivery }));
const essenceOf = ({ order, delivery, lines, messages, timeline }: OrderView) => ({
  ...{ order, delivery, lines, messages, timeline },
});
const screenOf = (view: NonNullable<Moment['driver']>) => ({
  ...{ driver: view.driver, offers: view.offers, jobs: cardsOf(view.jobs) },
  messages: view.messages,
});

/** Two orders of one customer, delivered by one driver: asked, carried, spoken about, handed over. */
async function evening() {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town, { capacity: 2 });
  const taken = async () => {
    const orderId = await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const offer = ensured((await pendingOffers(db(), driver.userId))[0], 'an offer');
    await acceptOffer(contextOf(db(), driver), { ...key(), offerId: offer.id });
    return orderId;
  };
  const other = await taken();
  const orderId = await taken();
  await sendMessage(contextOf(db(), town.customer), {
    ...{ ...key(), orderId, content: { kind: 'quick' as const, key: 'bell_broken' } },
  });
  await walk(db(), driver, other, 'deliver');
  await walk(db(), driver, orderId, 'deliver');
  return { town, driver, orderId };
}

describe('a moment of an order', () => {
  it('shows what live subscribers had with that very event: customer, driver and board', async () => {
    const { town, driver, orderId } = await evening();
    const admin = contextOf(db(), town.admin);
    const all = await readFeed(db(), 'all', { xid: '0', position: '0' }, 10_000);
    const stream = await readStream(db(), orderId, 0, 1_000);
    expect(stream.length).toBeGreaterThan(12);
    const start = ensured(
      (await showMoment(admin, { orderId, at: '1' })).customer,
      'the page at first',
    );
    const joined = ensured(
      all.find(({ event }) => event.streamId === driver.userId)?.event.data.driver,
      'a driver who joined',
    );
    let customerView = start;
    let boardView: BoardView = { cards: [], offers: [], drivers: [], mustSees: [] };
    let driverView: DriverView = {
      ...{ driver: joined, driverVersion: 0, offers: [], lastAnswer: null, jobs: [] },
      ...{
        messages: [],
        earnedToday: { currency: 'EUR', timeZone: 'Europe/Lisbon', deliveries: [] },
      },
    };
    const live = new Map<number, Live>();
    for (const { event } of all) {
      boardView = applyToBoardView(boardView, [event]);
      if (event.driverId === driver.userId) {
        const seen = projectEvent(driver, event);
        if (seen) driverView = applyToDriverView(driverView, seen);
      }
      if (event.streamId !== orderId) continue;
      const seen = projectEvent(town.customer, event);
      if (seen) customerView = applyToOrderView(customerView, seen);
      live.set(event.version, {
        customer: essenceOf(customerView),
        driver: screenOf(driverView),
        board: smallBoard(boardView, new Date(event.at), orderId),
      });
    }
    expect(live.size).toBe(stream.length);
    for (const { version, at } of stream) {
      const moment = await showMoment(admin, { orderId, at: String(version) });
      const expected = ensured(live.get(version), 'a live view');
      expect(moment).toMatchObject({ version, at, versions: stream.length });
      expect(moment.customer && essenceOf(moment.customer), `customer ${version}`).toEqual(
        expected.customer,
      );
      expect(moment.board, `board ${version}`).toEqual(expected.board);
      if (moment.driver) {
        expect(screenOf(moment.driver), `driver ${version}`).toEqual(expected.driver);
      }
    }
    const screens = await Promise.all(
      stream.map(({ version }) => showMoment(admin, { orderId, at: String(version) })),
    );
    // From nobody, to the question, to the job, to nothing in hand.
    expect(screens[0]?.driver).toBeNull();
    expect(screens.some(({ driver: screen }) => screen?.offers.length)).toBe(true);
    expect(screens.some(({ driver: screen }) => screen?.jobs.length === 2)).toBe(true);
    expect(screens.at(-1)?.driver?.jobs).toEqual([]);
    expect(screens.map(({ customerSeesCourier }) => customerSeesCourier)).toContain(true);
    expect(screens.at(-1)?.customerSeesCourier).toBe(false);
  });

  it('can be asked for by its time, and shows where the courier was by then', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const admin = contextOf(db(), town.admin);
    const [assigned] = await db().execute<{ at: Date }>(sql`
      SELECT at FROM events WHERE stream_id = ${orderId} AND type = 'delivery.assigned'`);
    const from = new Date(ensured(assigned, 'an assignment').at).getTime();
    const crumbs = [1, 2, 3].map((n) => ({
      driverId: driver.userId,
      at: destinationPoint(town.centre, 0, 300 - n * 50),
      recordedAt: new Date(from + n * 10_000).toISOString(),
    }));
    await upsertPositions(db(), [], crumbs);
    const later = { ...admin, now: () => new Date(from + 60_000) };
    const at = new Date(from + 25_000).toISOString();
    const moment = await showMoment(later, { orderId, at });
    expect(moment.at).toBe(at);
    expect(moment.courier).toMatchObject({ recordedAt: crumbs[1]?.recordedAt });
    expect(moment.courier?.way).toHaveLength(2);
    expect(moment.courier?.at.lat).toBeCloseTo(crumbs[1]?.at.lat ?? 0, 5);
    expect(moment.customerSeesCourier).toBe(true);
    const before = await showMoment(later, { orderId, at: new Date(from - 5).toISOString() });
    expect(before.customerSeesCourier).toBe(false);
    expect(before.courier).toBeNull();
  });

  it('has the board of then, not of now', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town, { capacity: 3 });
    const orderId = await placeTestOrder(db(), town);
    const admin = contextOf(db(), town.admin);
    const then = new Date().toISOString();
    await giveTo(db(), town, orderId, driver);
    await walk(db(), driver, orderId, 'deliver');
    const columnAt = async (at: string | null) =>
      (await showMoment(admin, { orderId, at })).board.find(({ chips }) =>
        chips.some((chip) => chip.orderId === orderId),
      )?.id;
    expect(await columnAt(then)).toBe('preparing');
    expect(await columnAt(null)).toBe('done');
  });

  it('is refused to others, for nonsense and for what there never was', async () => {
    const { town, orderId, driver } = await carriedOrder(db());
    const admin = contextOf(db(), town.admin);
    for (const who of [town.customer, driver]) {
      const call = () => showMoment(contextOf(db(), who), { orderId, at: null });
      expect(await reasonOf(db(), call)).toBe('role_not_allowed');
    }
    for (const at of ['yesterday', '-1', '2026-99-99', '']) {
      const call = () => showMoment(admin, { orderId, at });
      expect(await reasonOf(db(), call)).toBe('moment_unknown');
    }
    const unknown = () => showMoment(admin, { orderId: driver.userId, at: null });
    expect(await reasonOf(db(), unknown)).toBe('order_not_found');
  });
});
