import { maySeeCourier, projectEvent } from './audiences';
import { COLUMN_IDS, type ColumnId, columnsOf, isLate, toCallOf } from './board-columns';
import { applyToBoardView, type BoardView, tidyBoard } from './board-view';
import type { DriverImage } from './driver-image';
import { applyToDriverView, type DriverView } from './driver-view';
import type { LogEvent } from './events';
import type { OrderLine } from './order';
import type { Viewer } from './roles';
import { applyToOrderView, inTime, type OrderView } from './views';

/**
 * What everybody saw at a moment of the log: folded from its events by the very projections and
 * reducers that keep the live views.
 */

/** A moment of one order's story: after which of its events, and when. */
export type MomentAt = { version: number; at: string };

/** What a moment is asked for by: an event of the order, or a time; null: the present. */
export type WantedMoment = { version: number } | { time: Date } | null;

/** The moment that is meant, in this story; null when the story has no events. */
export function momentAt(
  story: readonly Pick<LogEvent, 'version' | 'at'>[],
  wanted: WantedMoment,
  now: Date,
): MomentAt | null {
  const [first] = story;
  const last = story.at(-1);
  if (!first || !last) return null;
  if (wanted && 'version' in wanted) {
    const { version, at } = story.findLast((event) => event.version <= wanted.version) ?? first;
    return { version, at };
  }
  const time = wanted && wanted.time < now ? wanted.time : now;
  const passed = story.findLast(({ at }) => Date.parse(at) <= time.getTime());
  return passed
    ? { version: passed.version, at: time.toISOString() }
    : { version: first.version, at: first.at };
}

/** The order's page as `viewer` saw it after these events of its stream; null before there was one. */
export function orderViewAt(
  viewer: Viewer,
  events: readonly LogEvent[],
  lines: OrderLine[],
): OrderView | null {
  const told = events.flatMap((event) => projectEvent(viewer, event) ?? []);
  const order = told.find(({ data }) => data.order)?.data.order;
  if (!order) return null;
  const nothing = { delivery: null, versions: { order: 0, delivery: 0 } };
  const start: OrderView = {
    ...{ order, ...nothing, lines },
    ...{ offers: [], messages: [], timeline: [] },
  };
  return told.reduce(applyToOrderView, start);
}

/**
 * The board's orders and offers at `at`, from all events before it, or of each order from the latest with
 * the order, the latest with the delivery, and the latest of each offer.
 */
export function boardViewAt(events: readonly LogEvent[], at: Date): BoardView {
  // An order has to be known before what is told of its delivery; versions do the rest.
  const ordersFirst = events.toSorted((a, b) => Number(!a.data.order) - Number(!b.data.order));
  const nothing: BoardView = { cards: [], offers: [], drivers: [], mustSees: [] };
  return tidyBoard(applyToBoardView(nothing, ordersFirst), at);
}

/** How a driver stood before the events of their feed that are folded. */
export type DriverBefore = {
  driver: DriverImage;
  version: number;
  currency: string;
  timeZone: string;
};

/** The driver's screen after these events of their feed. Earnings are those of the events. */
export function driverViewAt(
  { driver, version, currency, timeZone }: DriverBefore,
  events: readonly LogEvent[],
): DriverView {
  const viewer: Viewer = { userId: driver.id, role: 'driver', name: driver.name };
  const start: DriverView = {
    ...{ driver, driverVersion: version },
    ...{ offers: [], lastAnswer: null, jobs: [], messages: [] },
    earnedToday: { currency, timeZone, deliveries: [] },
  };
  return events
    .flatMap((event) => projectEvent(viewer, event) ?? [])
    .reduce(applyToDriverView, start);
}

/** Whose screen is of interest then: who carries it, else who is asked, else who was asked last. */
export function driverConcerned({ delivery, offers }: OrderView): string | null {
  const byTime = offers.toSorted((a, b) => inTime(a.createdAt, b.createdAt));
  const asked = byTime.findLast(({ status }) => status === 'pending') ?? byTime.at(-1);
  return delivery?.driverId ?? asked?.driverId ?? null;
}

/** Whether the customer saw where the courier was. */
export function customerSawCourier({ order, delivery }: OrderView): boolean {
  const { customerId, customerName: name } = order;
  const customer: Viewer = { userId: customerId, role: 'customer', name };
  return maySeeCourier(customer, { customerId, driverId: delivery?.driverId ?? null }, delivery);
}

export type BoardChip = { orderId: string; number: number; late: boolean };
export type BoardColumn = { id: ColumnId; total: number; chips: BoardChip[] };

/** So many orders of each column are named, with the one that it is about among them. */
const CHIPS = 6;

/** The board in small: how many stand in each column, and the uppermost of them. */
export function smallBoard(view: BoardView, at: Date, orderId: string): BoardColumn[] {
  const columns = columnsOf(view.cards, toCallOf(view.mustSees));
  return COLUMN_IDS.map((id) => {
    const cards = columns[id];
    const top = cards.slice(0, CHIPS);
    const own = cards.find(({ order }) => order.id === orderId);
    const shown = own && !top.includes(own) ? [...top.slice(0, CHIPS - 1), own] : top;
    const chips = shown.map((card) => ({
      ...{ orderId: card.order.id, number: card.order.number },
      late: isLate(card, at),
    }));
    return { id, total: cards.length, chips };
  });
}
