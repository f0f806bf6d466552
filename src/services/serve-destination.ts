import { type LogPosition, type ReadEvent, readFeed } from '@/db/queries/events';
import {
  advance,
  type Claimed,
  postpone,
  release,
  renewLease,
} from '@/db/queries/relay-destinations';
import {
  buryEvent,
  closeRelayLetter,
  dueRelayLetter,
  postponeRelayLetter,
} from '@/db/queries/relay-letters';
import { insertTries, type NewTry } from '@/db/queries/relay-tries';
import { zonesOf } from '@/db/queries/zones';
import { ensured } from '@/domain/errors';
import type { LogEvent } from '@/domain/events';
import { RELAY_ATTEMPTS, relayBackoffSeconds } from '@/domain/relay/destination';
import { type EventFilter, wants, type Zones } from '@/domain/relay/event-filter';
import type { ServiceContext } from './context';
import { DeliveryRecord } from './record-deliveries';
import type { Sink, SinkResult, Sinks } from './sink';
import { tryToDeliver } from './try-to-deliver';

export type RelayTiming = {
  /** How long a destination is held without a sign of life, and the longest that one try may take. */
  leaseSeconds: number;
  deadlineMs: number;
};

const READ = 200;
/** One destination after another gets so much of the time, however much waits for it. */
const SLICE_MS = 5_000;
const LETTERS_AT_ONCE = 20;
const ERROR_LENGTH = 500;
const ERROR_REST_MS = 5_000;

export type Serving = {
  ctx: ServiceContext;
  sinks: Sinks;
  timing: RelayTiming;
  /** Ends when the process does: what is under way then is tried by the next one. */
  stopping: AbortSignal;
};

function sinkOf({ webhooks, brokers }: Sinks, { kind, url, secrets }: Claimed): Sink {
  if (kind !== 'webhook') return ensured(brokers[kind], `a sink of kind ${kind}`);
  return webhooks.sink({ url: ensured(url, 'a webhook’s address'), secrets });
}

type Part = { events: LogEvent[]; to: LogPosition };

/** At most so many wanted events in each part; what is not wanted is passed over with them. */
function parted(
  read: readonly ReadEvent[],
  filter: EventFilter,
  zones: Zones,
  size: number,
): Part[] {
  const parts: Part[] = [];
  let events: LogEvent[] = [];
  let to: LogPosition | null = null;
  for (const { event, place } of read) {
    if (wants(filter, event, zones)) {
      if (to && events.length === size) {
        parts.push({ events, to });
        events = [];
      }
      events.push(event);
    }
    to = place;
  }
  return to ? [...parts, { events, to }] : parts;
}

/** The zones that a filter asks for of these events; of none when it asks for no zone. */
async function zonesFor(
  { db }: ServiceContext,
  { zoneId }: EventFilter,
  read: readonly ReadEvent[],
): Promise<Zones> {
  if (zoneId === null) return new Map();
  const ids = read.map(({ event }) => event.restaurantId ?? event.driverId);
  return zonesOf(db, [...new Set(ids.filter((id) => id !== null))]);
}

type Attempt = {
  result: SinkResult;
  /** For the delivery log of webhooks. */
  tries: NewTry[];
};

/** One try; null: the process is ending. */
async function attempt(
  serving: Serving,
  claimed: Claimed,
  sink: Sink,
  events: readonly LogEvent[],
): Promise<Attempt | null> {
  const { ctx, timing, stopping } = serving;
  const at = ctx.now();
  const { result, milliseconds } = await tryToDeliver(sink, events, timing.deadlineMs, stopping);
  if (!result) return null;
  const [event] = events;
  if (claimed.kind !== 'webhook' || !event) return { result, tries: [] };
  const tried: NewTry = {
    ...{ destinationId: claimed.id, eventId: event.id, eventType: event.type },
    ...{ at, milliseconds, outcome: result.kind, httpStatus: result.answer?.httpStatus ?? null },
    answer: result.answer?.text ?? null,
    error: result.kind === 'delivered' ? null : result.error,
  };
  return { result, tries: [tried] };
}

async function note({ db }: ServiceContext, { tries }: Attempt): Promise<void> {
  if (tries.length > 0) await insertTries(db, tries);
}

/** A claim, and when its lease was renewed last (`performance.now()`). */
type Held = Claimed & { renewedAt: number };

/** Makes sure that the lease outlasts a whole try; false: it is somebody else's by now, or stopped. */
async function keepLease(
  { ctx, timing: { leaseSeconds, deadlineMs } }: Serving,
  claimed: Held,
): Promise<boolean> {
  const spareMs = leaseSeconds * 1_000 - deadlineMs;
  const now = performance.now();
  if (now - claimed.renewedAt < spareMs / 2) return true;
  if (!(await renewLease(ctx.db, claimed, leaseSeconds))) return false;
  claimed.renewedAt = now;
  return true;
}

const untilNext = (ctx: ServiceContext, attempts: number, result: SinkResult): Date => {
  const asked = result.kind === 'failed' ? result.retryAfterSeconds : undefined;
  const wait = relayBackoffSeconds(attempts, ctx.random(), asked);
  return new Date(ctx.now().getTime() + wait * 1_000);
};

/** Sends what somebody redrove, each by itself, until one fails. */
async function serveLetters(serving: Serving, claimed: Held, sink: Sink): Promise<void> {
  const { ctx } = serving;
  for (let served = 0; served < LETTERS_AT_ONCE; served += 1) {
    const letter = await dueRelayLetter(ctx.db, claimed.id, ctx.now());
    if (!letter) return;
    const { id, event } = letter;
    if (!event) {
      const error = 'The log does not keep this event any more.';
      await closeRelayLetter(ctx.db, id, { status: 'dead', error }, letter.attempts);
      continue;
    }
    if (!(await keepLease(serving, claimed))) return;
    const tried = await attempt(serving, claimed, sink, [event]);
    if (!tried) return;
    const { result } = tried;
    await note(ctx, tried);
    const attempts = letter.attempts + 1;
    if (result.kind === 'delivered') {
      await closeRelayLetter(ctx.db, id, { status: 'sent' }, attempts);
      continue;
    }
    const error = result.error.slice(0, ERROR_LENGTH);
    if (result.kind === 'refused' || attempts >= RELAY_ATTEMPTS) {
      await closeRelayLetter(ctx.db, id, { status: 'dead', error }, attempts);
    } else {
      const until = untilNext(ctx, attempts, result);
      await postponeRelayLetter(ctx.db, id, { attempts, error, until });
    }
    return;
  }
}

/** The event becomes a dead letter and the place moves on, or neither. */
async function bury(
  { ctx }: Serving,
  claimed: Claimed,
  { events, to }: Part,
  error: string,
): Promise<boolean> {
  const event = ensured(events[0], 'an event that was tried');
  const attempts = claimed.attempts + 1;
  return ctx.db.transaction(async (tx) => {
    if (!(await advance(tx, claimed, to, null))) return false;
    const [, position = ''] = event.id.split('.');
    await buryEvent(tx, { destinationId: claimed.id, event, position, attempts, error });
    return true;
  });
}

type Outcome = 'go_on' | 'one_by_one' | 'stop';

/** Delivers one part and moves the place behind it. `claimed` is kept as the row stands. */
async function servePart(
  serving: Serving,
  claimed: Held,
  { sink, record }: { sink: Sink; record: DeliveryRecord },
  part: Part,
): Promise<Outcome> {
  const { ctx } = serving;
  const { events, to } = part;
  let tries: NewTry[] = [];
  if (events.length > 0) {
    if (!(await keepLease(serving, claimed))) return 'stop';
    const tried = await attempt(serving, claimed, sink, events);
    if (!tried) return 'stop';
    const { result } = tried;
    tries = tried.tries;
    if (result.kind !== 'delivered') {
      await note(ctx, tried);
      if (!(await record.settled())) return 'stop';
      // Which of several it is shows when they are sent one by one.
      if (result.kind === 'refused' && events.length > 1) return 'one_by_one';
      const now = ctx.now();
      const attempts = claimed.attempts + 1;
      const error = result.error.slice(0, ERROR_LENGTH);
      if (result.kind === 'failed' && attempts < RELAY_ATTEMPTS) {
        const until = untilNext(ctx, attempts, result);
        await postpone(ctx.db, claimed, { attempts, error, now, until });
        return 'stop';
      }
      if (!(await bury(serving, claimed, part, error))) return 'stop';
      record.movedTo(to);
      Object.assign(claimed, { place: to, attempts: 0 });
      return 'go_on';
    }
  }
  const deliveredAt = events.length > 0 ? ctx.now() : null;
  if (!(await record.passed({ to, deliveredAt, events: events.length, tries }))) return 'stop';
  Object.assign(claimed, { place: to, attempts: 0 });
  return 'go_on';
}

/**
 * Gives a claimed destination what it has not got yet, in the order of the log, until there is nothing
 * more, a try fails, or others have waited long enough; then leaves it.
 */
export async function serveDestination(serving: Serving, claim: Claimed): Promise<void> {
  const { ctx, stopping } = serving;
  const startedAt = performance.now();
  const claimed = { ...claim, renewedAt: startedAt };
  // After an error of our own there is no hurry.
  let rest = ERROR_REST_MS;
  try {
    const sink = sinkOf(serving.sinks, claimed);
    await serveLetters(serving, claimed, sink);
    const record = new DeliveryRecord(ctx.db, claim);
    let outcome: Outcome = claimed.due ? 'go_on' : 'stop';
    while (outcome !== 'stop' && performance.now() - startedAt < SLICE_MS && !stopping.aborted) {
      const single = claimed.attempts > 0 || outcome === 'one_by_one';
      const read = await readFeed(ctx.db, 'all', claimed.place, READ);
      if (read.length === 0) break;
      const zones = await zonesFor(ctx, claimed, read);
      for (const part of parted(read, claimed, zones, single ? 1 : sink.batch)) {
        outcome = await servePart(serving, claimed, { sink, record }, part);
        if (outcome !== 'go_on' || stopping.aborted) break;
      }
    }
    await record.settled();
    rest = 0;
  } finally {
    await release(ctx.db, claimed, new Date(ctx.now().getTime() + rest));
  }
}
