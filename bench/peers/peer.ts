import type { LogEvent } from '@/domain/events';
import { deliveryImage } from '@/domain/images.testing';

/** What `bench:hub` asks a server process, and what it hears. */
export type ToPeer =
  | { ask: 'usage'; collect?: boolean }
  | { ask: 'publish'; topics: number; perSecond: number }
  | { ask: 'rest' };
export type Usage = { cpu: NodeJS.CpuUsage; rss: number; published: number };

/** A way to carry events to sockets, in a process of its own. */
export type Peer = {
  /** Opens a port and says which. */
  listen(): Promise<number>;
  publish(topic: number, event: LogEvent): void;
};

const TICK_MS = 1;

/** A step of a delivery, as the platform writes it. */
const DATA = { delivery: deliveryImage('first', {}) };

function eventOf(topic: number, version: number, sentAt: number): LogEvent {
  return {
    ...{ id: `9.${version}`, stream: 'order', streamId: `order-${topic}`, version },
    ...{ type: 'delivery.picked_up', data: DATA, actor: 'user:driver', at: `${sentAt}` },
    ...{ customerId: `${topic}`, driverId: 'driver', restaurantId: 'kitchen' },
  };
}

export const wallClock = (): number => performance.timeOrigin + performance.now();

/** Publishes as many events as are due, each to the next topic; late ones are caught up on. */
function publisher(peer: Peer) {
  const versions: number[] = [];
  let published = 0;
  let timer: NodeJS.Timeout | undefined;
  const start = (topics: number, perSecond: number) => {
    const startedAt = performance.now();
    let done = 0;
    timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
      for (; done < due; done += 1) {
        const topic = done % topics;
        const version = (versions[topic] ?? 0) + 1;
        versions[topic] = version;
        peer.publish(topic, eventOf(topic, version, wallClock()));
        published += 1;
      }
    }, TICK_MS);
  };
  return { start, rest: () => clearInterval(timer), published: () => published };
}

export async function servePeer(peer: Peer): Promise<void> {
  const events = publisher(peer);
  const say = (message: unknown) => process.send?.(message);
  process.on('message', (message: ToPeer) => {
    if (message.ask === 'publish') events.start(message.topics, message.perSecond);
    if (message.ask === 'rest') events.rest();
    if (message.ask === 'usage') {
      if (message.collect) globalThis.gc?.();
      const { rss } = process.memoryUsage();
      say({ cpu: process.cpuUsage(), rss, published: events.published() } satisfies Usage);
    }
  });
  process.on('disconnect', () => process.exit(0));
  say({ port: await peer.listen() });
}
