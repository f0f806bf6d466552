import { Redis } from 'ioredis';
import { beforeEnd, outsideJson, placeOf, reasonOf } from './outside';
import type { Sink } from './sink';

export const REDIS_STREAM = 'hotfoot:events';
/** About so many entries are kept. */
const MOST_ENTRIES = 100_000;
const CONNECT_MS = 5_000;

/** Events as entries of a stream: all of a batch, or none. */
export function redisStreamSink(url: string): Sink {
  let open: Promise<Redis> | null = null;

  async function openRedis(): Promise<Redis> {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_MS,
      // The relay itself tries again, in its order.
      retryStrategy: () => null,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
    });
    let reason: unknown;
    redis.on('error', (error: unknown) => {
      reason = error;
    });
    redis.on('end', () => {
      open = null;
    });
    await redis.connect().catch((error: unknown) => {
      redis.disconnect();
      // "Connection is closed" says less than why.
      throw reason ?? error;
    });
    return redis;
  }

  const opened = (): Promise<Redis> => {
    if (!open) {
      const opening = openRedis();
      open = opening;
      opening.catch(() => {
        if (open === opening) open = null;
      });
    }
    return open;
  };

  const drop = () => {
    const dropped = open;
    open = null;
    void dropped?.then((redis) => redis.disconnect()).catch(() => undefined);
  };

  return {
    batch: 100,
    async deliver(events, signal) {
      try {
        const redis = await beforeEnd(opened(), signal);
        const all = redis.multi();
        for (const event of events) {
          const fields = { id: event.id, type: event.type, event: outsideJson(event) };
          const flat = Object.entries(fields).flat();
          all.xadd(REDIS_STREAM, 'MAXLEN', '~', MOST_ENTRIES, '*', ...flat);
        }
        const answers = await beforeEnd(all.exec(), signal);
        const error = answers?.find(([failure]) => failure)?.[0];
        return error ? { kind: 'failed', error: error.message } : { kind: 'delivered' };
      } catch (error) {
        drop();
        return { kind: 'failed', error: reasonOf(error) };
      }
    },
    async check() {
      try {
        const redis = await beforeEnd(opened(), AbortSignal.timeout(CONNECT_MS));
        const type = await redis.type(REDIS_STREAM);
        const ok = type === 'stream' || type === 'none';
        const place = `${REDIS_STREAM} at ${placeOf(url)}`;
        return { ok, detail: ok ? `stream ${place}` : `${place} is a ${type}, no stream` };
      } catch (error) {
        return { ok: false, detail: `${placeOf(url)}: ${reasonOf(error)}` };
      }
    },
    async close() {
      drop();
    },
  };
}
