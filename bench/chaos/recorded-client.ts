import { setTimeout as wait } from 'node:timers/promises';
import type { HotfootClient } from '@/client/create-client';
import { refusalOf } from '@/trpc/refusal';
import { type Feed, type History, isFeed } from './history';

/** As a page does: what got no answer is sent again under the same key. */
const UNANSWERED = new Set(['offline', 'unavailable']);
const TRY_AGAIN_MS = 300;
const GIVE_UP_MS = 45_000;
/** Shares of changes that are sent twice, and that are held up so that later ones overtake them. */
const TWICE = 0.1;
const HELD_UP = 0.1;
const HELD_UP_MS = 1_500;

type Outcome = { answer: unknown } | { refused: string };
type Call = (input: unknown, options?: unknown) => Promise<unknown>;
type Listener = { onData?: (value: unknown) => void; onError?: (error: unknown) => void };
type Subscribe = (input: unknown, listener: Listener) => { unsubscribe(): void };

/** A client that notes what it asks, what it is answered, and what its feeds bring. */
export function recorded(
  client: HotfootClient,
  history: History,
  random: () => number,
): HotfootClient {
  const who = client.viewer.userId;

  const tryOnce = (call: Call, input: unknown): Promise<Outcome> =>
    call(input).then(
      (answer) => ({ answer: answer ?? null }),
      (error: unknown) => ({ refused: refusalOf(error).reason, error }),
    );

  /** Until an answer comes; the last of the tries. */
  async function insist(call: Call, input: unknown): Promise<{ outcome: Outcome; tookMs: number }> {
    const until = performance.now() + GIVE_UP_MS;
    for (;;) {
      const startedAt = performance.now();
      const outcome = await tryOnce(call, input);
      const tookMs = performance.now() - startedAt;
      const unanswered = 'error' in outcome && UNANSWERED.has(refusalOf(outcome.error).code);
      if (!unanswered || performance.now() > until) return { outcome, tookMs };
      await wait(TRY_AGAIN_MS);
    }
  }

  async function change(path: string, call: Call, input: unknown): Promise<unknown> {
    const held = random() < HELD_UP ? random() * HELD_UP_MS : 0;
    const twice = random() < TWICE;
    if (held > 0) await wait(held);
    const [first, second] = await Promise.all([
      insist(call, input),
      twice ? insist(call, input) : null,
    ]);
    const { outcome, tookMs } = first;
    const key =
      typeof input === 'object' && input && 'idempotencyKey' in input
        ? String(input.idempotencyKey)
        : null;
    history.actions.push({ who, path, key, tookMs, outcome, again: second?.outcome ?? null });
    if ('answer' in outcome) return outcome.answer;
    throw 'error' in outcome ? outcome.error : new Error(outcome.refused);
  }

  const follow = (path: string, subscribe: Subscribe, input: unknown, listener: Listener) => {
    if (!isFeed(path)) return subscribe(input, listener);
    const feed: Feed = { viewer: client.viewer, path, frames: [], ended: null };
    history.feeds.push(feed);
    return subscribe(input, {
      ...listener,
      onData(value) {
        note(feed, value);
        listener.onData?.(value);
      },
      onError(error) {
        feed.ended = refusalOf(error).reason;
        listener.onError?.(error);
      },
    });
  };

  /** The client is made of proxies, too: a path grows until it is called. */
  function along(target: object, path: string[]): unknown {
    return new Proxy(() => undefined, {
      get(_, name) {
        const inner: unknown = Reflect.get(target, name);
        if (typeof name !== 'string' || typeof inner !== 'function') return inner;
        const where = path.join('.');
        if (name === 'mutate' && where !== 'drivers.reportPosition') {
          return (input: unknown) => change(where, inner as unknown as Call, input);
        }
        if (name === 'subscribe') {
          return (input: unknown, listener: Listener) =>
            follow(where, inner as unknown as Subscribe, input, listener);
        }
        return name === 'query' || name === 'mutate' ? inner : along(inner, [...path, name]);
      },
    });
  }

  // What is called and what comes back are those of the client behind it.
  return { ...client, api: along(client.api, []) as HotfootClient['api'] };
}

type Message = {
  id: string;
  data: { kind: string; event?: { id: string }; events?: { id: string }[] };
};

function note(feed: Feed, value: unknown): void {
  // Feeds are tracked: each message has its cursor, see `realtime/follow`.
  const { id: cursor, data } = value as Message;
  const { kind } = data;
  if (kind === 'snapshot' || kind === 'resync') feed.frames.push({ cursor, kind, ids: [] });
  else {
    const events = data.events ?? (data.event ? [data.event] : []);
    feed.frames.push({ cursor, kind: 'events', ids: events.map((event) => event.id) });
  }
}
