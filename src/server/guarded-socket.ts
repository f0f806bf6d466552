import { WebSocket } from 'ws';
import { z } from 'zod';
import { type BucketRule, fullBucket, takeToken } from '@/domain/token-bucket';

/** What one socket, one person and one address may take. */
export type SocketLimits = {
  perAddress: number;
  perPerson: number;
  /** Subscriptions that are open at once on one socket. */
  subscriptions: number;
  /** Calls in one frame. */
  batch: number;
  messages: BucketRule;
  /** A socket that has said nothing by then is closed, milliseconds. */
  silentMs: number;
  /** What may wait for a slow reader besides the largest frame, bytes. */
  unsentBytes: number;
};

/** A page holds one socket, a busy board about a dozen subscriptions; offices share an address. */
export const SOCKET_LIMITS: SocketLimits = {
  perAddress: 1_000,
  perPerson: 50,
  subscriptions: 100,
  batch: 50,
  messages: { burst: 300, perSecond: 50 },
  silentMs: 5_000,
  unsentBytes: 1_048_576,
};

const SILENT = { code: 4_401, reason: 'said nothing' };
export const TOO_MANY = 4_429;
/** Try again later: RFC 6455's registry. */
const LATER = { code: 1_013, reason: 'try again later' };

const Call = z.object({ id: z.union([z.number(), z.string()]), method: z.string() });
const Ending = z.object({
  id: z.union([z.number(), z.string()]),
  result: z.object({ type: z.literal('stopped') }).optional(),
  error: z.object({ data: z.object({ code: z.string() }) }).optional(),
});

function parsed(text: string): unknown[] {
  try {
    const content: unknown = JSON.parse(text);
    return Array.isArray(content) ? content : [content];
  } catch {
    return [];
  }
}

type Data = Parameters<WebSocket['send']>[0];
type Sent = (error?: Error) => void;
type SendOptions = Exclude<Parameters<WebSocket['send']>[1], Sent | undefined>;

/** The id and the kind of a frame of tRPC's stand in its first characters. */
const HEAD = 80;

/**
 * A class of sockets that keep to these limits: text messages reach tRPC's adapter, binary ones are an
 * event of their own, and what is too much closes the socket. A client comes back and goes on after
 * its last event.
 */
export function guardedSockets(limits: SocketLimits) {
  return class GuardedSocket extends WebSocket {
    #bucket = fullBucket(limits.messages, Date.now());
    #subscriptions = new Set<number | string>();
    #largest = 0;
    #silence: NodeJS.Timeout | undefined;

    /** Closes the socket unless something is said in time. */
    expectWord(): void {
      this.#silence = setTimeout(() => this.close(SILENT.code, SILENT.reason), limits.silentMs);
      this.once('close', () => clearTimeout(this.#silence));
    }

    override emit(event: string | symbol, ...values: unknown[]): boolean {
      if (event !== 'message') return super.emit(event, ...values);
      clearTimeout(this.#silence);
      const left = takeToken(this.#bucket, limits.messages, Date.now());
      if (!left || this.readyState !== WebSocket.OPEN) return this.#refuse('too many messages');
      this.#bucket = left;
      const [data, isBinary] = values;
      if (isBinary === true) return super.emit('binary', data);
      if (!this.#hasRoomFor(String(data))) return this.#refuse('too many subscriptions');
      return super.emit(event, ...values);
    }

    override send(data: Data, options?: SendOptions | Sent, sent?: Sent): void {
      if (this.bufferedAmount > limits.unsentBytes + this.#largest) {
        this.terminate();
        return;
      }
      if (typeof data === 'string') {
        this.#largest = Math.max(this.#largest, data.length);
        if (this.#noteEnd(data)) return;
      }
      if (typeof options === 'function' || !options) super.send(data, options);
      else super.send(data, options, sent);
    }

    #refuse(reason: string): true {
      if (this.readyState === WebSocket.OPEN) this.close(TOO_MANY, reason);
      return true;
    }

    #hasRoomFor(text: string): boolean {
      if (!text.includes('subscription')) return true;
      for (const message of parsed(text)) {
        const call = Call.safeParse(message);
        if (!call.success) continue;
        const { id, method } = call.data;
        if (method === 'subscription') this.#subscriptions.add(id);
        if (method === 'subscription.stop') this.#subscriptions.delete(id);
      }
      return this.#subscriptions.size <= limits.subscriptions;
    }

    /**
     * Subscriptions that end on our side make room too. Clients take an error for the end of one: where it
     * only can't go on just now, the socket closes instead, and they come back and go on. True: it does.
     */
    #noteEnd(frame: string): boolean {
      const head = frame.slice(0, HEAD);
      if (!head.includes('"stopped"') && !head.includes('"error"')) return false;
      for (const message of parsed(frame)) {
        const ending = Ending.safeParse(message);
        if (!ending.success) continue;
        const { id, error } = ending.data;
        const ended = this.#subscriptions.delete(id);
        if (ended && error?.data.code === 'SERVICE_UNAVAILABLE') {
          this.close(LATER.code, LATER.reason);
          return true;
        }
      }
      return false;
    }
  };
}
