import { initTRPC, type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import type { LogPosition, ReadEvent } from '@/db/queries/events';
import { projectEvent, seesLike } from '@/domain/audiences';
import type { LiveMessage, LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import { feedCursor, isAfter } from '@/realtime/cursor';
import { Hub, type HubMessage } from '@/realtime/hub';
import { type Listen, LiveFeed } from '@/realtime/live-feed';
import type { Source } from '@/realtime/shared-stream';
import { Told } from '@/realtime/told';

const EPOCH = '0123456789ab';
type Message = TrackedEnvelope<LiveMessage<null>>;

/** A customer's feed as `followFeed` makes it, but that nothing is missed and no database asked. */
class CustomerFeed extends LiveFeed<Message> {
  #place: LogPosition = { xid: '0', position: '0' };
  readonly #source: Source<Message>;

  constructor(viewer: Viewer, signal: AbortSignal | undefined) {
    super(hub, signal);
    this.#source = {
      key: `customer:${viewer.userId} ${EPOCH} ${seesLike(viewer)}`,
      topic: `customer:${viewer.userId}`,
      tell(messages) {
        const read = readOf(messages[0]);
        const event = read && projectEvent(viewer, read.event);
        if (!event) return new Told(messages);
        const message = { kind: 'event' as const, event };
        return new Told(messages, tracked(feedCursor(EPOCH, read.place), message));
      },
    };
  }

  next(told: Told<Message>) {
    const read = readOf(told.from[0]);
    if (!read || !isAfter(read.place, this.#place)) return 'known' as const;
    this.#place = read.place;
    return told;
  }

  protected async *replay(listen: Listen<Message>) {
    listen([this.#source]);
    const snapshot = { kind: 'snapshot' as const, view: null };
    yield new Told([], tracked(feedCursor(EPOCH, this.#place), snapshot));
  }
}

const readOf = (message: HubMessage | undefined): ReadEvent | null =>
  message?.kind === 'event' ? message.read : null;

const hub = new Hub();
const t = initTRPC.create();

export const customerRouter = t.router({
  follow: t.procedure
    .input(z.object({ topic: z.number(), lastEventId: z.string().nullish() }))
    .subscription(({ input, signal }) => {
      const viewer: Viewer = { userId: `${input.topic}`, role: 'customer', name: '' };
      return new CustomerFeed(viewer, signal);
    }),
});

let position = 0;

export function publishToHub(topic: number, event: LogEvent): void {
  position += 1;
  const place = { xid: '9', position: `${position}` };
  hub.publish(`customer:${topic}`, {
    kind: 'event',
    read: { event, place, settled: true, byApi: false },
  });
}
