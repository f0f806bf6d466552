import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { GeoPoint } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { postJson } from '../orders/post-json';
import type { Cart, Person } from '../orders/town';
import { wallClock } from '../peers/peer';
import { Reader } from '../peers/reader';
import { Driver, type DriverCounts } from './driver';
import { eventIn, subscription } from './frames';

/**
 * The people of `bench:headline`, in a process of their own, on bare sockets: customers who watch their orders
 * and where the courier is, and drivers. Orders come at random moments, each through its whole life.
 */
export type ToLoad =
  | { ask: 'open'; ports: number[]; customers: Person[]; drivers: (Person & { at: GeoPoint })[] }
  | { ask: 'order'; carts: Cart[]; perSecond: number; seconds: number }
  | { ask: 'measure' }
  | { ask: 'seen' };

export type Seen = {
  placed: number;
  completed: number;
  refused: [reason: string, count: number][];
  fixes: number;
  /** By how much the latest order was sent after its moment, milliseconds. */
  latestMs: number;
  /** From when an order was sent until its first offer was at the driver's screen, milliseconds. */
  toOffer: number[];
  /** From when a step was written by the trigger until its frame was at the customer's screen. */
  toFrame: number[];
  /** How many events each customer's screen got, and the id of the last, in the order of `customers`. */
  events: { count: number; last: string }[];
  /** Events that came out of the order of the log, or again. */
  outOfOrder: number;
  /** Frames with a courier's place. */
  places: number;
};

const OPENING_AT_ONCE = 50;
const POSITION = Buffer.from('"recordedAt"');

let customers: { person: Person; reader: Reader; port: number }[] = [];
const drivers: Driver[] = [];
const counts: DriverCounts = { fixes: 0, refused: new Map() };
/** Orders whose first offer has yet to come: when they were sent, or when the offer came first. */
const sent = new Map<string, number>();
const offered = new Map<string, number>();
const seen = { placed: 0, completed: 0, latestMs: 0, outOfOrder: 0, places: 0 };
let toOffer: number[] = [];
let toFrame: number[] = [];
const events: Seen['events'] = [];

function noteOffer(orderId: string): void {
  if (offered.has(orderId)) return;
  offered.set(orderId, wallClock());
  pairUp(orderId);
}

function pairUp(orderId: string): void {
  const [from, to] = [sent.get(orderId), offered.get(orderId)];
  if (from === undefined || to === undefined) return;
  toOffer.push(to - from);
  sent.delete(orderId);
}

function isAfter(id: string, last: string): boolean {
  const [xid = '0', place = '0'] = id.split('.');
  const [lastXid = '0', lastPlace = '0'] = last.split('.');
  return xid === lastXid ? BigInt(place) > BigInt(lastPlace) : BigInt(xid) > BigInt(lastXid);
}

/** What a customer's screen does with what comes. */
function watch(index: number): (frame: Buffer) => void {
  const shown = { count: 0, last: '0.0' };
  events[index] = shown;
  return (frame) => {
    const event = eventIn(frame);
    if (!event) {
      if (frame.includes(POSITION)) seen.places += 1;
      return;
    }
    if (!isAfter(event.id, shown.last)) seen.outOfOrder += 1;
    shown.count += 1;
    shown.last = event.id;
    toFrame.push(wallClock() - Date.parse(event.at));
    if (event.type !== 'order.completed') return;
    seen.completed += 1;
    customers[index]?.reader.say(JSON.stringify({ id: 2, method: 'subscription.stop' }));
  };
}

async function inGroups<Of, Made>(all: readonly Of[], make: (one: Of, n: number) => Promise<Made>) {
  const made: Made[] = [];
  for (let from = 0; from < all.length; from += OPENING_AT_ONCE) {
    const some = all.slice(from, from + OPENING_AT_ONCE);
    made.push(...(await Promise.all(some.map((one, n) => make(one, from + n)))));
  }
  return made;
}

async function open(message: Extract<ToLoad, { ask: 'open' }>): Promise<void> {
  const portOf = (n: number) => message.ports[n % message.ports.length] ?? 0;
  const dialect = subscription('orders.watchMine');
  customers = await inGroups(message.customers, async (person, n) => {
    const port = portOf(n);
    const reader = await Reader.open(port, dialect, 0, watch(n), person.cookie);
    return { person, reader, port };
  });
  drivers.push(
    ...(await inGroups(message.drivers, (one, n) =>
      Driver.open(portOf(n), one, one.at, counts, noteOffer),
    )),
  );
}

async function place(index: number, cart: Cart): Promise<void> {
  const customer = customers[index];
  if (!customer) return;
  const sentAt = wallClock();
  const order = { ...cart, handover: 'at_door', idempotencyKey: randomUUID() };
  const path = '/api/trpc/orders.place';
  const text = await postJson({ port: customer.port, path }, customer.person.cookie, order);
  const orderId = /"orderId":"([^"]+)"/.exec(text)?.[1];
  if (!orderId) {
    const reason = /"reason":"([^"]+)"/.exec(text)?.[1] ?? text.slice(0, 80);
    counts.refused.set(reason, (counts.refused.get(reason) ?? 0) + 1);
    return;
  }
  seen.placed += 1;
  sent.set(orderId, sentAt);
  pairUp(orderId);
  // The page of the order: where the courier is.
  const params = { path: 'orders.courier', input: { orderId } };
  customer.reader.say(JSON.stringify({ id: 2, method: 'subscription', params }));
}

async function order({ carts, perSecond, seconds }: Extract<ToLoad, { ask: 'order' }>) {
  const random = seededRandom(perSecond);
  const startedAt = performance.now();
  let dueAt = startedAt;
  for (let n = 0; ; n += 1) {
    dueAt += (-Math.log(1 - random()) * 1_000) / perSecond;
    if (dueAt - startedAt > seconds * 1_000) return;
    while (performance.now() < dueAt) await wait(Math.max(0, dueAt - performance.now()));
    seen.latestMs = Math.max(seen.latestMs, performance.now() - dueAt);
    const cart = carts[n % carts.length];
    if (cart) void place(n % customers.length, cart);
  }
}

process.on('message', async (message: ToLoad) => {
  if (message.ask === 'open') await open(message);
  if (message.ask === 'order') await order(message);
  if (message.ask === 'measure') [toOffer, toFrame] = [[], []];
  const all: Seen = {
    ...{ ...seen, fixes: counts.fixes, refused: [...counts.refused], events },
    ...(message.ask === 'seen' ? { toOffer, toFrame } : { toOffer: [], toFrame: [] }),
  };
  process.send?.(all);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
