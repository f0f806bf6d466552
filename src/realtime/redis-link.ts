import { randomUUID } from 'node:crypto';
import { Redis, type RedisOptions } from 'ioredis';
import type { DriverPosition } from '@/domain/driver';
import { decodeMoves, encodeMoves } from './moves-on-wire';
import type { NodeLink, NodeLinkListener } from './node-link';

/** Moves that come within this go together, the latest of each driver; milliseconds. */
const MOVES_EVERY_MS = 25;
/** So often a node says something to itself, to know that it is heard. */
const PULSE_MS = 500;
/** Without having heard itself for so long it takes the link to be away. */
const DEAF_AFTER_MS = 2_000;
const CONNECT_MS = 2_000;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;
/** Ids of nodes are as long as this. */
const ID_LENGTH = 36;

/** Back-off with jitter, so that nodes don't come back all at once. */
const retryMs = (tries: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries) * (0.5 + Math.random() / 2);

const OPTIONS: RedisOptions = {
  connectTimeout: CONNECT_MS,
  // What can't be said now is found in the database: nothing waits for Redis.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  retryStrategy: retryMs,
};

/** Sends what there is, one message at a time: what comes meanwhile goes together with the next. */
class Outgoing {
  #sending = false;
  #again = false;

  constructor(
    private readonly send: () => Promise<unknown> | null,
    private readonly gapMs: number,
  ) {}

  push(): void {
    if (this.#sending) this.#again = true;
    else void this.#run();
  }

  async #run(): Promise<void> {
    this.#sending = true;
    do {
      this.#again = false;
      // What is not heard is known by the pulse.
      await this.send()?.catch(() => undefined);
      if (this.gapMs > 0) await new Promise((resolve) => setTimeout(resolve, this.gapMs));
    } while (this.#again);
    this.#sending = false;
  }
}

/**
 * Nodes tell each other by channels of Redis. `installation`: whose nodes they are, since channels are shared by all
 * databases of a Redis. What is published while Redis does not answer is dropped.
 */
export function openRedisLink(
  url: string,
  installation: string,
  listener: NodeLinkListener,
): NodeLink {
  const self = randomUUID();
  const name = (what: string) => `hotfoot:${installation}:${what}`;
  const channels = { committed: name('committed'), moved: name('moved'), pulse: name(self) };
  const publisher = new Redis(url, { ...OPTIONS, connectionName: 'hotfoot' });
  const subscriber = new Redis(url, { ...OPTIONS, connectionName: 'hotfoot' });
  let up = false;
  /** The latest sign of life, or the latest attempt to get one. */
  let signAt = performance.now();
  let moves = new Map<string, DriverPosition>();

  const become = (now: boolean) => {
    if (now === up) return;
    up = now;
    moves.clear();
    listener.onChange(up);
  };

  const say = (channel: string, words: string): Promise<unknown> | null =>
    up ? publisher.publish(channel, words) : null;

  const wakes = new Outgoing(() => say(channels.committed, self), 0);
  const moving = new Outgoing(() => {
    const told = moves;
    moves = new Map();
    return told.size > 0 ? say(channels.moved, self + encodeMoves(told.values())) : null;
  }, MOVES_EVERY_MS);

  subscriber.on('message', (channel: string, words: string) => {
    if (channel === channels.pulse) {
      signAt = performance.now();
      become(true);
    } else if (words.startsWith(self)) return;
    else if (channel === channels.committed) listener.onCommitted();
    else if (channel === channels.moved) {
      const positions = decodeMoves(words.slice(ID_LENGTH));
      if (positions) listener.onMoved(positions);
    }
  });

  const pulse = () => {
    if (publisher.status !== 'ready') return;
    publisher.publish(channels.pulse, '').catch(() => undefined);
  };
  subscriber.on('ready', () => {
    subscriber.subscribe(...Object.values(channels)).then(pulse, () => undefined);
  });
  publisher.on('ready', pulse);
  for (const redis of [publisher, subscriber]) {
    redis.on('ready', () => {
      signAt = performance.now();
    });
    redis.on('close', () => become(false));
    // Said by `onChange`, and tried again.
    redis.on('error', () => undefined);
  }

  const beat = setInterval(() => {
    if (performance.now() - signAt > DEAF_AFTER_MS) {
      signAt = performance.now();
      become(false);
      // They may be half open, which nobody would ever say.
      for (const redis of [publisher, subscriber]) {
        if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect(true);
      }
    }
    pulse();
  }, PULSE_MS);

  return {
    committed: () => wakes.push(),
    moved(position) {
      if (!up) return;
      moves.set(position.driverId, position);
      moving.push();
    },
    isUp: () => up,
    stop() {
      clearInterval(beat);
      up = false;
      for (const redis of [publisher, subscriber]) redis.disconnect();
    },
  };
}
