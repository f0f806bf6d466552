import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@/domain/random';
import { wallClock } from '../peers/peer';
import { DIALECTS, Reader } from '../peers/reader';
import { postJson } from './post-json';

/**
 * The customers of `bench:orders`, in a process of their own: each has a screen open on a bare socket, and
 * orders come over HTTP at random moments, the same for whoever answers. What is kept of an order is when it
 * was sent, when it was answered, and when its frame had come to its customer's screen.
 */
export type ToSender =
  | { ask: 'open'; target: Target }
  | { ask: 'run'; perSecond: number; seconds: number };

export type Target = {
  peer: 'hotfoot' | 'classic' | 'least';
  /** Where orders are posted. */
  http: { port: number; path: string };
  screenPort: number;
  /** A header each, where somebody has to be signed in. */
  cookies: (string | null)[];
  /** What is ordered: one after the other. */
  carts: object[];
};

export type Sent = {
  /** Moments on the clock of this machine, milliseconds; null: no answer, or no frame. */
  orders: { id: string; sentAt: number; answeredAt: number; shownAt: number | null }[];
  refused: number;
  /** By how much the slowest was sent after its moment. */
  latestMs: number;
};

const SCREENS = {
  hotfoot: {
    ...{ path: () => '/api/trpc', ready: '"snapshot"', answers: { PING: 'PONG' } },
    greet: () =>
      JSON.stringify({
        ...{ id: 1, method: 'subscription', params: { path: 'orders.watchMine', input: {} } },
      }),
  },
  classic: DIALECTS['socket-io'],
  least: DIALECTS['raw-ws'],
};
const ID_AFTER = {
  hotfoot: Buffer.from('"streamId":"'),
  classic: Buffer.from('"orderId":"'),
  least: Buffer.from('"orderId":"'),
};
const PLACED = Buffer.from('order.placed');
const ID_LENGTH = 36;
const OPENING_AT_ONCE = 50;
/** What has not come after so long counts as lost. */
const PATIENCE_MS = 15_000;

const shown = new Map<string, number>();
let target: Target | null = null;

async function open(to: Target): Promise<void> {
  target = to;
  const marker = ID_AFTER[to.peer];
  const onEvent = (frame: Buffer) => {
    if (!frame.includes(PLACED)) return;
    const start = frame.indexOf(marker) + marker.length;
    shown.set(frame.toString('latin1', start, start + ID_LENGTH), wallClock());
  };
  for (let from = 0; from < to.cookies.length; from += OPENING_AT_ONCE) {
    const some = to.cookies
      .slice(from, from + OPENING_AT_ONCE)
      .map((cookie, n) =>
        Reader.open(to.screenPort, SCREENS[to.peer], from + n, onEvent, cookie ?? undefined),
      );
    await Promise.all(some);
  }
}

/** An order's id, or null when it was refused. */
async function post({ http, cookies, carts }: Target, n: number): Promise<string | null> {
  const customerId = n % cookies.length;
  const cart = carts[n % carts.length];
  const order = { ...cart, customerId, idempotencyKey: randomUUID() };
  const text = await postJson(http, cookies[customerId] ?? null, order);
  return /"orderId":"([^"]+)"/.exec(text)?.[1] ?? null;
}

async function run(to: Target, perSecond: number, seconds: number): Promise<Sent> {
  const random = seededRandom(perSecond);
  const orders: Sent['orders'] = [];
  const underWay: Promise<void>[] = [];
  let refused = 0;
  let latestMs = 0;
  const send = async (n: number) => {
    const sentAt = wallClock();
    const id = await post(to, n);
    if (id) orders.push({ id, sentAt, answeredAt: wallClock(), shownAt: null });
    else refused += 1;
  };
  const startedAt = performance.now();
  let dueAt = startedAt;
  for (let n = 0; n < perSecond * seconds; n += 1) {
    dueAt += (-Math.log(1 - random()) * 1_000) / perSecond;
    while (performance.now() < dueAt) await wait(Math.max(0, dueAt - performance.now()));
    latestMs = Math.max(latestMs, performance.now() - dueAt);
    underWay.push(send(n));
  }
  await Promise.all(underWay);
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (orders.some(({ id }) => !shown.has(id)) && performance.now() < giveUpAt) await wait(20);
  for (const order of orders) order.shownAt = shown.get(order.id) ?? null;
  shown.clear();
  return { orders, refused, latestMs };
}

process.on('message', async (message: ToSender) => {
  if (message.ask === 'open') {
    await open(message.target);
    process.send?.('open');
  } else if (target) process.send?.(await run(target, message.perSecond, message.seconds));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
