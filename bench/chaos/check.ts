import { projectEvent } from '@/domain/audiences';
import { deliveryMachine, isCarried } from '@/domain/delivery';
import type { LogEvent } from '@/domain/events';
import { allSteps, type Machine } from '@/domain/machine';
import { offerMachine } from '@/domain/offer';
import { isOpenOrder, type OrderStatus, orderMachine } from '@/domain/order';
import { isSameJson } from '@/domain/same-json';
import { isAfter } from '@/realtime/cursor';
import type { Action, Feed, History } from './history';

/** What the database holds when a run is over and all is quiet. */
export type Facts = {
  /** The whole log, in its order of reading. */
  events: LogEvent[];
  orders: {
    id: string;
    status: OrderStatus;
    fulfilment: 'delivery' | 'pickup';
    deliveryStatus: string | null;
    /** Promised for a time that is still to come. */
    planned: boolean;
  }[];
  /** Answers by the key under which they are kept. */
  answers: Map<string, unknown>;
  /** Money that should have moved by now. */
  paymentsOwed: number;
};

export type Fault =
  | 'order_lost'
  | 'answer_lost'
  | 'answered_twice'
  | 'illegal_step'
  | 'version_gap'
  | 'two_drivers'
  | 'event_missing'
  | 'event_out_of_order'
  | 'event_foreign'
  | 'feed_ended'
  | 'unforeseen_error'
  | 'stuck';

export type Finding = { fault: Fault; what: string };

const finding = (fault: Fault, what: string): Finding => ({ fault, what });

/** Changes whose answers are kept with what they did: an answer without a trace was lost. */
const KEPT = new Set([
  ...['orders.place', 'orders.cancel', 'drivers.acceptOffer', 'drivers.declineOffer'],
  'drivers.step',
]);

function* lostAnswers({ actions }: History, facts: Facts): Generator<Finding> {
  const orders = new Set(facts.orders.map(({ id }) => id));
  for (const { path, key, outcome, again, who } of actions) {
    const about = `${path} of ${who}`;
    if ('refused' in outcome) {
      if (outcome.refused === 'unknown') yield finding('unforeseen_error', about);
      continue;
    }
    if (again && 'answer' in again && !isSameJson(again.answer, outcome.answer)) {
      yield finding('answered_twice', `${about} under ${key}`);
    }
    if (path === 'orders.place') {
      const { orderId } = outcome.answer as { orderId: string };
      if (!orders.has(orderId)) yield finding('order_lost', `${orderId} of ${who}`);
    }
    if (KEPT.has(path) && (!key || !facts.answers.has(key))) {
      yield finding('answer_lost', `${about} under ${key}`);
    }
  }
}

/** Replays what one machine went through; `at` are the states of one thing in their order. */
function* illegalSteps<State extends string>(
  machine: Machine<State, string>,
  id: string,
  at: readonly State[],
): Generator<Finding> {
  const legal = new Set(allSteps(machine).map(({ from, to }) => `${from} ${to}`));
  let before: State | null = null;
  for (const state of at) {
    const illegal = before === null ? state !== machine.initial : !legal.has(`${before} ${state}`);
    if (illegal && state !== before) {
      yield finding('illegal_step', `${machine.name} ${id}: ${before ?? 'nothing'} → ${state}`);
    }
    before = state;
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function* brokenStreams(events: readonly LogEvent[]): Generator<Finding> {
  const streams = new Map<string, LogEvent[]>();
  for (const event of events) push(streams, event.streamId, event);
  for (const [id, unsorted] of streams) {
    const stream = unsorted.toSorted((a, b) => a.version - b.version);
    for (const [n, { version }] of stream.entries()) {
      if (version !== n + 1) {
        yield finding('version_gap', `${id}: ${version} in place of ${n + 1}`);
        break;
      }
    }
    const [orders, deliveries, offers] = [new Map(), new Map(), new Map()];
    for (const { data } of stream) {
      if (data.order) push(orders, data.order.id, data.order.status);
      if (data.delivery) push(deliveries, data.delivery.id, data.delivery.status);
      if (data.offer) push(offers, data.offer.id, data.offer.status);
    }
    for (const [of, states] of orders) yield* illegalSteps(orderMachine, of, states);
    for (const [of, states] of deliveries) yield* illegalSteps(deliveryMachine, of, states);
    for (const [of, states] of offers) yield* illegalSteps(offerMachine, of, states);
    yield* twoDrivers(stream);
  }
}

/** Of one stream: a delivery that goes from one driver's hands into another's, or that two have accepted. */
function* twoDrivers(stream: readonly LogEvent[]): Generator<Finding> {
  const carriedBy = new Map<string, string>();
  const acceptedBy = new Map<string, string>();
  for (const { data } of stream) {
    const { delivery, offer } = data;
    if (offer?.status === 'accepted') {
      const before = acceptedBy.get(offer.deliveryId);
      if (before && before !== offer.driverId) {
        yield finding('two_drivers', `${offer.deliveryId}: accepted by two`);
      }
      acceptedBy.set(offer.deliveryId, offer.driverId);
    }
    if (!delivery) continue;
    if (!isCarried(delivery.status)) {
      carriedBy.delete(delivery.id);
      if (delivery.status !== 'delivered') acceptedBy.delete(delivery.id);
      continue;
    }
    const before = carriedBy.get(delivery.id);
    if (before && before !== delivery.driverId) {
      yield finding('two_drivers', `${delivery.id}: from ${before} to ${delivery.driverId}`);
    }
    if (delivery.driverId) carriedBy.set(delivery.id, delivery.driverId);
  }
}

const placeOf = (id: string) => {
  const [xid = '0', position = '0'] = id.split('.');
  return { xid, position };
};

function concerns({ path, viewer }: Feed, event: LogEvent): boolean {
  if (path === 'admin.watchBoard') return true;
  const whose = path === 'drivers.watch' ? event.driverId : event.customerId;
  return whose === viewer.userId && projectEvent(viewer, event) !== null;
}

/** A feed brings, after the place of its view, each event that concerns it, once and in order. */
function* brokenFeed(feed: Feed, events: readonly LogEvent[]): Generator<Finding> {
  const about = `${feed.path} of ${feed.viewer.userId}`;
  if (feed.ended) yield finding('feed_ended', `${about}: ${feed.ended}`);
  const theirs = events.filter((event) => concerns(feed, event)).map(({ id }) => id);
  const known = new Set(theirs);
  let due: string[] = [];
  let next = 0;
  let seen = new Set<string>();
  let begun = false;
  for (const { kind, cursor, ids } of feed.frames) {
    if (kind !== 'events') {
      const [, xid = '0', position = '0'] = cursor.split('.');
      due = theirs.filter((id) => isAfter(placeOf(id), { xid, position }));
      next = 0;
      seen = new Set();
      begun = true;
      continue;
    }
    for (const id of ids.filter((one) => !seen.has(one))) {
      seen.add(id);
      if (!known.has(id)) {
        yield finding('event_foreign', `${about}: ${id}`);
        continue;
      }
      const at = due.indexOf(id, next);
      if (at < 0) yield finding('event_out_of_order', `${about}: ${id}`);
      for (const missing of due.slice(next, Math.max(next, at))) {
        yield finding('event_missing', `${about}: ${missing} before ${id}`);
      }
      if (at >= 0) next = at + 1;
    }
  }
  if (!begun) yield finding('event_missing', `${about}: not even a first view`);
  for (const missing of due.slice(next))
    yield finding('event_missing', `${about}: ${missing} at the end`);
}

/** Open, and nothing that a person sees: nobody was found, its kitchen begins later, or it waits at the counter. */
function* stuck({ orders, paymentsOwed }: Facts): Generator<Finding> {
  for (const { id, status, fulfilment, deliveryStatus, planned } of orders) {
    const seen = deliveryStatus === 'no_driver' || planned;
    const waits = fulfilment === 'pickup' && status === 'ready';
    if (isOpenOrder(status) && !seen && !waits) {
      yield finding('stuck', `order ${id}: ${status}, delivery ${deliveryStatus}`);
    }
  }
  if (paymentsOwed > 0) yield finding('stuck', `${paymentsOwed} payments are owed`);
}

/** What of a run's history does not agree with the database, or with the rules. */
export function check(history: History, facts: Facts): Finding[] {
  return [
    ...lostAnswers(history, facts),
    ...brokenStreams(facts.events),
    ...history.feeds.flatMap((feed) => [...brokenFeed(feed, facts.events)]),
    ...stuck(facts),
  ];
}

/** Events that came more than once, which readers leave aside by their cursor. */
export const repeats = ({ feeds }: Pick<History, 'feeds'>): number =>
  feeds.reduce((sum, { frames }) => {
    const ids = frames.flatMap((frame) => frame.ids);
    return sum + ids.length - new Set(ids).size;
  }, 0);

export const slowest = (actions: readonly Action[]): Action | undefined =>
  actions.toSorted((a, b) => b.tookMs - a.tookMs)[0];
