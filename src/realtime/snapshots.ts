import type { Database, Transaction } from '@/db/client';
import { earnedToday } from '@/db/queries/deliveries';
import { findDriver, onlineDrivers } from '@/db/queries/drivers';
import { readStream, readWatermark, type Watermark } from '@/db/queries/events';
import { messagesOfOrders } from '@/db/queries/messages';
import { openMustSees } from '@/db/queries/must-sees';
import {
  cardsOfBoard,
  cardsOfCustomer,
  cardsOfDriver,
  findCard,
  findPlacesInStream,
  linesOfOrder,
  offersOfOrder,
  type PlaceInStream,
  pendingOffers,
} from '@/db/queries/orders';
import { maySeeOrder, projectCard, projectEvent, projectMessage } from '@/domain/audiences';
import { BOARD_KEEPS_MINUTES, type BoardView } from '@/domain/board-view';
import type { DriverView } from '@/domain/driver-view';
import { ensured, notFound } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { CustomerView, OrderCard, OrderView } from '@/domain/views';
import { feedCursor, orderCursor } from './cursor';

/** A view and the place in the log that it was taken at. */
export type Snapshot<View> = { view: View; cursor: string };

const CUSTOMER_ORDERS = 50;
const BOARD_ORDERS = 5_000;
const TIMELINE_EVENTS = 500;

/** Reads a view and its watermark from one and the same state of the database. */
export function consistently<T>(
  db: Database,
  read: (tx: Transaction, watermark: Watermark) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => read(tx, await readWatermark(tx)), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/** What was said about these orders; a driver reads what was said while the delivery was theirs. */
async function messagesFor(tx: Transaction, viewer: Viewer, cards: readonly OrderCard[]) {
  const wanted = cards.map(({ order, delivery }) => ({
    orderId: order.id,
    since: new Date(viewer.role === 'driver' ? (delivery?.assignedAt ?? 0) : 0),
  }));
  const messages = await messagesOfOrders(tx, wanted);
  return messages.map((message) => projectMessage(viewer, message));
}

export const atWatermark = ({ epoch, xmin }: Watermark): string =>
  feedCursor(epoch, { xid: xmin, position: '0' });

export function orderSnapshot(
  db: Database,
  viewer: Viewer,
  orderId: string,
): Promise<Snapshot<OrderView>> {
  return consistently(db, async (tx, { epoch }) => {
    versionFor(viewer, (await findPlacesInStream(tx, [orderId])).get(orderId));
    const card = ensured(await findCard(tx, orderId), 'the card of an order that is there');
    const events = await readStream(tx, orderId, 0, TIMELINE_EVENTS);
    const timeline = events.flatMap((event) => {
      const seen = projectEvent(viewer, event);
      return seen
        ? [{ type: seen.type, at: seen.at, actor: seen.actor, version: seen.version }]
        : [];
    });
    const view = {
      ...projectCard(viewer, card),
      lines: await linesOfOrder(tx, orderId),
      offers: viewer.role === 'admin' ? await offersOfOrder(tx, orderId) : [],
      messages: await messagesFor(tx, viewer, [card]),
      timeline,
    };
    return { view, cursor: orderCursor(epoch, card.versions.order) };
  });
}

/** How far an order's stream has come, for somebody who may see it: to others there is no such order. */
export function versionFor(viewer: Viewer, place: PlaceInStream | null | undefined): number {
  if (!place || !maySeeOrder(viewer, place)) throw notFound('order');
  if (viewer.role !== 'admin' && place.archivedAt) throw notFound('order');
  return place.version;
}

/** Where the changes of restaurants and dishes begin for what is read from now on. */
export async function restaurantsStart(db: Database): Promise<Snapshot<null>> {
  return { view: null, cursor: atWatermark(await readWatermark(db)) };
}

export function customerSnapshot(db: Database, viewer: Viewer): Promise<Snapshot<CustomerView>> {
  return consistently(db, async (tx, watermark) => {
    const cards = await cardsOfCustomer(tx, viewer.userId, CUSTOMER_ORDERS);
    const view = { cards: cards.map((card) => projectCard(viewer, card)) };
    return { view, cursor: atWatermark(watermark) };
  });
}

export function driverSnapshot(db: Database, viewer: Viewer): Promise<Snapshot<DriverView>> {
  return consistently(db, async (tx, watermark) => {
    const found = await findDriver(tx, viewer.userId);
    if (!found) throw notFound('driver');
    const jobs = await cardsOfDriver(tx, viewer.userId);
    const view = {
      driver: found.driver,
      driverVersion: found.version,
      offers: await pendingOffers(tx, viewer.userId),
      lastAnswer: null,
      jobs: jobs.map((card) => projectCard(viewer, card)),
      messages: await messagesFor(tx, viewer, jobs),
      earnedToday: await earnedToday(tx, viewer.userId),
    };
    return { view, cursor: atWatermark(watermark) };
  });
}

export function boardSnapshot(db: Database, now: Date): Promise<Snapshot<BoardView>> {
  return consistently(db, async (tx, watermark) => {
    const closedAfter = new Date(now.getTime() - BOARD_KEEPS_MINUTES * 60_000);
    const view = {
      cards: await cardsOfBoard(tx, closedAfter, BOARD_ORDERS),
      offers: await pendingOffers(tx),
      drivers: await onlineDrivers(tx),
      mustSees: await openMustSees(tx),
    };
    return { view, cursor: atWatermark(watermark) };
  });
}
