import type { Database } from '@/db/client';
import {
  type Feed,
  readFeed,
  readFeedBefore,
  readStream,
  readWatermark,
} from '@/db/queries/events';
import { advanceCursor, peekCursor } from '@/db/queries/relay';
import { tokensOf } from '@/db/queries/shares';
import type { Audience } from '@/domain/audiences';
import { channelOf, type Told, toldOf } from '@/domain/channels';
import type { LogEvent } from '@/domain/events';
import { type Hint, type HintMessage, packHints } from '@/domain/live-hints';

const READER = 'channels';
const BATCH = 100;
/** The one before is looked for among so many; further back it counts as unknown. */
const LOOK_BACK = 20;

export type ChannelMessage = { channel: string; message: HintMessage };
/** Hands messages to the channels, all or (by throwing) perhaps not all of them. */
export type SendToChannels = (messages: readonly ChannelMessage[]) => Promise<void>;

type OneBefore = (told: Told, event: LogEvent) => Promise<Pick<Hint, 'after' | 'streamAfter'>>;

const feedOf = (audience: Audience): Feed => {
  if (audience.kind === 'customer') return { customerId: audience.id };
  return audience.kind === 'driver' ? { driverId: audience.id } : 'restaurants';
};

/** What each channel was shown last before an event: by this batch, else by the log. */
function oneBefore(db: Database): OneBefore {
  const inFeed = new Map<string, string | null>();
  const inStream = new Map<string, number | null>();

  return async ({ audience }, event) => {
    const channel = channelOf(audience);
    const isShown = (other: LogEvent) =>
      toldOf(other).some((told) => told.event && channelOf(told.audience) === channel);
    if (!inFeed.has(channel)) {
      const [xid = '0', position = '0'] = event.id.split('.');
      const before = await readFeedBefore(db, feedOf(audience), { xid, position }, LOOK_BACK);
      inFeed.set(channel, before.find(isShown)?.id ?? null);
    }
    const stream = `${channel} ${event.streamId}`;
    if (!inStream.has(stream)) {
      const from = Math.max(0, event.version - LOOK_BACK - 1);
      const before = await readStream(db, event.streamId, from, event.version - from - 1);
      inStream.set(stream, before.findLast(isShown)?.version ?? (from === 0 ? 0 : null));
    }
    const known = {
      after: inFeed.get(channel) ?? null,
      streamAfter: inStream.get(stream) ?? null,
    };
    inFeed.set(channel, event.id);
    inStream.set(stream, event.version);
    return known;
  };
}

async function messagesFor(
  db: Database,
  epoch: string,
  events: readonly LogEvent[],
  share: (token: string) => Promise<Audience>,
): Promise<ChannelMessage[]> {
  const before = oneBefore(db);
  const byChannel = new Map<string, Hint[]>();
  const orders = events.filter(({ stream }) => stream === 'order');
  const shared = await tokensOf(db, [...new Set(orders.map(({ streamId }) => streamId))]);
  for (const event of events) {
    const { id, streamId, version } = event;
    const bare: Hint = { id, streamId, version, after: null, streamAfter: null };
    const add = (audience: Audience, hint: Hint) => {
      const channel = channelOf(audience);
      byChannel.set(channel, [...(byChannel.get(channel) ?? []), hint]);
    };
    const token = shared.get(streamId);
    // Who has a link is not told which order it is of.
    if (token) add(await share(token), { ...bare, streamId: '' });
    for (const one of toldOf(event)) {
      const hint = one.event ? { ...bare, ...(await before(one, event)), event: one.event } : bare;
      add(one.audience, hint);
    }
  }
  return [...byChannel].flatMap(([channel, hints]) =>
    packHints(epoch, hints).map((message) => ({ channel, message })),
  );
}

/**
 * Reads the log on from where the channels are, below the watermark, and hints at what is new. Its place
 * moves when all has been sent: what is sent twice, by two processes too, is known to the reader. Returns
 * how many events there were.
 */
export async function publishHints(options: {
  db: Database;
  send: SendToChannels;
  share: (token: string) => Promise<Audience>;
}): Promise<number> {
  const { db, send, share } = options;
  const { epoch } = await readWatermark(db);
  let published = 0;
  for (;;) {
    const place = await peekCursor(db, READER);
    const read = await readFeed(db, 'all', place, BATCH);
    const last = read.at(-1);
    if (!last) return published;
    const events = read.map(({ event }) => event);
    await send(await messagesFor(db, epoch, events, share));
    published += read.length;
    // Who has been overtaken leaves the rest to the other.
    if (!(await advanceCursor(db, READER, place, last.place))) return published;
  }
}
