import { randomUUID } from 'node:crypto';
import type { Connection } from '@/db/client';
import {
  type LogPosition,
  type ReadEvent,
  readTail,
  readWatermark,
  setSleeping,
} from '@/db/queries/events';
import type { Hub, Topic } from './hub';

export type TailOptions = {
  connection: Connection;
  hub: Hub;
  /** Whether LISTEN works on this database: not on the embedded one, nor behind most poolers. */
  canListen: boolean;
  /** Told of every event once, below the watermark: the loops wake by it. */
  onEvent?: (read: ReadEvent) => void;
  onError?: (error: unknown) => void;
};

export type Tail = {
  /** Somebody in this process has committed: look now. */
  wake(): void;
  health(): { healthy: boolean; secondsSinceRead: number };
  stop(): Promise<void>;
};

const BATCH = 500;
const BATCH_LIMIT = 16_000;
/** While others commit, who can't wake us, another look every so often, milliseconds. */
const BUSY_POLL_MS = 4;
/** While only this process does, which says so itself. */
const OWN_POLL_MS = 20;
const BUSY_FOR_MS = 1_000;
/** Without LISTEN an idle tail looks this often: 0.25 ms a look on the embedded database. */
const IDLE_POLL_MS = 25;
/** A sleeping tail looks this often even if no notification comes. */
const BACKSTOP_MS = 250;
const SLEEP_FOR_MS = 60_000;
const RETRY_MS = 200;
const REMEMBERED_STREAMS = 50_000;

/** Reads the log in its order of reading and publishes what it finds to the hub. */
export async function startTail(options: TailOptions): Promise<Tail> {
  const { connection, hub, canListen } = options;
  const { db } = connection;
  const tailId = randomUUID();
  const { xmin } = await readWatermark(db);
  let place: LogPosition = { xid: xmin, position: '0' };
  let limit = BATCH;
  let stopped = false;
  let woken = false;
  let resume: (() => void) | null = null;
  let busyUntil = 0;
  /** Until when others are taken to be at work. */
  let othersUntil = 0;
  let asleepUntil = 0;
  let lastReadAt = Date.now();
  let healthy = true;
  /** The version up to which each stream has been published at commit. */
  const published = new Map<string, number>();

  const wake = () => {
    woken = true;
    resume?.();
  };

  /** Whether somebody woke us before the time was over. */
  const pause = async (milliseconds: number): Promise<boolean> => {
    if (!woken && !stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      resume = null;
    }
    const wasWoken = woken;
    woken = false;
    return wasWoken;
  };

  const publishAtCommit = (read: ReadEvent) => {
    const { stream, streamId, version } = read.event;
    if (version <= (published.get(streamId) ?? 0)) return false;
    if (published.size >= REMEMBERED_STREAMS) published.clear();
    published.set(streamId, version);
    if (stream === 'order') hub.publish(`order:${streamId}`, { kind: 'event', read });
    return true;
  };

  const publishInOrder = (read: ReadEvent) => {
    for (const topic of feedTopics(read)) hub.publish(topic, { kind: 'event', read });
    options.onEvent?.(read);
  };

  /** One look; how many events were new, and whether some wait above the watermark. */
  const look = async () => {
    const rows = await readTail(db, place, limit);
    lastReadAt = Date.now();
    let fresh = 0;
    let unsettled = 0;
    for (const read of rows) {
      if (publishAtCommit(read)) fresh += 1;
      if (read.settled) {
        publishInOrder(read);
        place = read.place;
      } else {
        unsettled += 1;
      }
    }
    // A transaction left open keeps rows unsettled: read further, so that streams don't wait for it.
    limit = unsettled === limit ? Math.min(limit * 2, BATCH_LIMIT) : BATCH;
    return { fresh, unsettled, full: rows.length >= limit };
  };

  const goToSleep = async () => {
    if (Date.now() < asleepUntil - SLEEP_FOR_MS / 2) return false;
    asleepUntil = Date.now() + SLEEP_FOR_MS;
    await setSleeping(db, tailId, new Date(asleepUntil));
    return true;
  };

  const wakeUp = async () => {
    if (asleepUntil === 0) return;
    asleepUntil = 0;
    await setSleeping(db, tailId, null);
  };

  const run = async () => {
    let idleLooks = 0;
    let wasWoken = true;
    while (!stopped) {
      try {
        const { fresh, unsettled, full } = await look();
        healthy = true;
        const now = Date.now();
        if (fresh > 0) busyUntil = now + BUSY_FOR_MS;
        idleLooks = fresh > 0 ? 0 : idleLooks + 1;
        if (full && fresh > 0) continue;
        // What nobody has announced was committed by others, unless the word of our own commit is just behind.
        const unannounced = fresh > 0 && !wasWoken;
        if (unsettled > 0) wasWoken = await pause(Math.min(50, 2 * 2 ** idleLooks));
        else if (now < busyUntil) {
          await wakeUp();
          wasWoken = await pause(now < othersUntil ? BUSY_POLL_MS : OWN_POLL_MS);
        } else if (!canListen) wasWoken = await pause(IDLE_POLL_MS);
        // What was committed before the sleep was announced is found by one more look.
        else if (await goToSleep()) wasWoken = false;
        else wasWoken = await pause(BACKSTOP_MS);
        if (unannounced && !wasWoken) othersUntil = Date.now() + BUSY_FOR_MS;
      } catch (error) {
        if (stopped) return;
        healthy = false;
        asleepUntil = 0;
        options.onError?.(error);
        await pause(RETRY_MS);
      }
    }
  };

  const listening = canListen
    ? connection.listen('hotfoot_log', wake).catch((error: unknown) => options.onError?.(error))
    : null;
  const running = run();

  return {
    wake,
    health: () => ({ healthy, secondsSinceRead: (Date.now() - lastReadAt) / 1_000 }),
    async stop() {
      stopped = true;
      resume?.();
      await running;
      const unlisten = await listening;
      await unlisten?.().catch(() => undefined);
      await setSleeping(db, tailId, null).catch(() => undefined);
    },
  };
}

function feedTopics({ event }: ReadEvent): Topic[] {
  const topics: Topic[] = ['all'];
  if (event.stream === 'restaurant') topics.push('restaurants');
  if (event.customerId) topics.push(`customer:${event.customerId}`);
  if (event.driverId) topics.push(`driver:${event.driverId}`);
  if (event.restaurantId) topics.push(`kitchen:${event.restaurantId}`);
  return topics;
}
