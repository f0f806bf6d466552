import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { type BucketRule, fullBucket, takeToken } from '@/domain/token-bucket';
import type { Frame } from '@/realtime/told';

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
/** A reader for whom this much waits is asked to read first, bytes. */
const SLOW_BYTES = 65_536;

type Data = Parameters<WebSocket['send']>[0];
type Sent = (error?: Error) => void;
type SendOptions = Exclude<Parameters<WebSocket['send']>[1], Sent | undefined>;

/** A socket that keeps to its limits, and to which the hub may write frames that are encoded already. */
export type GuardedSocket = WebSocket & {
  /** What lies under it. */
  adopt(wire: Duplex): void;
  /** Closes it unless something is said in time. */
  expectWord(): void;
  /** A whole frame, after everything before; what comes in one go is written in one go. */
  writeFrame(frame: Frame): void;
  readonly isSlow: boolean;
  /** Settles when the reader has read what waits, or is gone. */
  room(): Promise<void>;
};

function joined(frames: readonly Frame[]): Frame {
  if (frames.every((frame) => typeof frame === 'string')) return frames.join('');
  const bytes = (frame: Frame) =>
    typeof frame === 'string' ? Buffer.from(frame, 'latin1') : frame;
  return Buffer.concat(frames.map(bytes));
}

/** Sockets with frames that wait for the end of this turn of the event loop. */
let unwritten: { writeOut(): void }[] = [];

function writeOutSoon(socket: { writeOut(): void }): void {
  unwritten.push(socket);
  if (unwritten.length > 1) return;
  setImmediate(() => {
    const sockets = unwritten;
    unwritten = [];
    for (const each of sockets) each.writeOut();
  });
}

/**
 * A class of sockets that keep to these limits: text messages reach the procedures, binary ones are an
 * event of their own, and what is too much closes the socket. A client comes back and goes on after its
 * last event.
 */
export function guardedSockets(limits: SocketLimits) {
  return class extends WebSocket implements GuardedSocket {
    #bucket = fullBucket(limits.messages, Date.now());
    #largest = 0;
    #silence: NodeJS.Timeout | undefined;
    #wire: Duplex | null = null;
    /**
     * What waits to be written: the first, and more only if there is more. A list of one, kept from event to
     * event, would grow old and hold each frame until the next full collection.
     */
    #frame: Frame | null = null;
    #more: Frame[] | null = null;
    #waitingBytes = 0;
    #drained: Promise<void> | null = null;

    adopt(wire: Duplex): void {
      this.#wire = wire;
    }

    expectWord(): void {
      this.#silence = setTimeout(() => this.close(SILENT.code, SILENT.reason), limits.silentMs);
    }

    #heard(): void {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    }

    get isSlow(): boolean {
      return this.bufferedAmount + this.#waitingBytes > SLOW_BYTES;
    }

    async room(): Promise<void> {
      this.writeOut();
      const wire = this.#wire;
      if (!wire?.writableNeedDrain) return;
      this.#drained ??= new Promise<void>((resolve) => {
        const over = () => {
          wire.off('drain', over).off('close', over);
          this.#drained = null;
          resolve();
        };
        wire.on('drain', over).on('close', over);
      });
      await this.#drained;
    }

    writeFrame(frame: Frame): void {
      if (this.readyState !== WebSocket.OPEN) return;
      if (this.#isOverfull()) {
        this.terminate();
        return;
      }
      this.#largest = Math.max(this.#largest, frame.length);
      this.#waitingBytes += frame.length;
      if (this.#frame === null) {
        this.#frame = frame;
        writeOutSoon(this);
      } else if (this.#more) this.#more.push(frame);
      else this.#more = [frame];
    }

    /** Writes the frames that wait. */
    writeOut(): void {
      if (this.#frame === null) return;
      const frames = this.#more ? joined([this.#frame, ...this.#more]) : this.#frame;
      this.#frame = null;
      this.#more = null;
      this.#waitingBytes = 0;
      if (this.readyState === WebSocket.OPEN) this.#wire?.write(frames, 'latin1');
    }

    override emit(event: string | symbol, ...values: unknown[]): boolean {
      if (event === 'message' || event === 'close') this.#heard();
      if (event !== 'message') return super.emit(event, ...values);
      const left = takeToken(this.#bucket, limits.messages, Date.now());
      if (!left || this.readyState !== WebSocket.OPEN) return this.#refuse('too many messages');
      this.#bucket = left;
      const [data, isBinary] = values;
      if (isBinary === true) return super.emit('binary', data);
      return super.emit(event, ...values);
    }

    override send(data: Data, options?: SendOptions | Sent, sent?: Sent): void {
      if (this.#isOverfull()) {
        this.terminate();
        return;
      }
      if (typeof data === 'string') this.#largest = Math.max(this.#largest, data.length);
      this.writeOut();
      if (typeof options === 'function' || !options) super.send(data, options);
      else super.send(data, options, sent);
    }

    override close(code?: number, reason?: string | Buffer): void {
      this.writeOut();
      super.close(code, reason);
    }

    /** A whole view may weigh more than the limit: what counts is what waits besides. */
    #isOverfull(): boolean {
      const waiting = this.bufferedAmount + this.#waitingBytes;
      if (waiting === 0) this.#largest = 0;
      return waiting > limits.unsentBytes + this.#largest;
    }

    #refuse(reason: string): true {
      if (this.readyState === WebSocket.OPEN) this.close(TOO_MANY, reason);
      return true;
    }
  };
}
