import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { reconnectDelayMs } from '@/trpc/reconnect';

/** What all tabs have lived through together. */
export type Tally = {
  /** Connections that came to nothing, by what was answered. */
  failed: Map<string, number>;
  /** Views that were sent whole although the tab had a cursor. */
  resyncs: number;
  /** Versions of orders that did not follow the one before. */
  gaps: number;
  /** Subscriptions that were refused or ended. */
  errors: number;
};

type Message = {
  id: number | null;
  method?: string;
  error?: unknown;
  result?: { type: string; id?: string; data?: { data?: { kind?: string; event?: Event } } };
};
type Event = { streamId: string; version: number };

const SUBSCRIPTIONS = [1, 2] as const;

/** A masked frame, as clients have to send; the mask is zero, which leaves the payload as it is. */
function clientFrame(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const start = long ? 8 : 6;
  const frame = Buffer.alloc(start + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (long ? 126 : payload.length);
  if (long) frame.writeUInt16BE(payload.length, 2);
  frame.set(payload, start);
  return frame;
}

/**
 * The page of an order, as its socket sees it: it follows the order and the customer's feed, comes back by the
 * page's own back-off, and goes on after the last event of each. On a bare socket, so that 5,000 of them
 * take little of the machine.
 */
export class Tab {
  #socket: Socket | null = null;
  #lastEventIds: (string | undefined)[] = [];
  #started = new Set<number>();
  #version = 0;
  #closed = false;
  #isOpening = true;
  /** When both subscriptions were there again, `performance.now()`; null while they are not. */
  subscribedAt: number | null = null;

  constructor(
    private readonly port: number,
    /** From which address the proxy says that it comes. */
    private readonly address: string,
    private readonly cookie: string,
    readonly orderId: string,
    private readonly tally: Tally,
  ) {}

  /** The latest version of the order that was told. */
  get version(): number {
    return this.#version;
  }

  open(attempt = 0): void {
    const socket = connect(this.port, '127.0.0.1').setNoDelay(true);
    let rest: Buffer = Buffer.alloc(0);
    let isOpen = false;
    socket.write(
      [
        'GET /api/trpc HTTP/1.1',
        `Host: 127.0.0.1:${this.port}`,
        `Origin: http://127.0.0.1:${this.port}`,
        ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
        `X-Forwarded-For: ${this.address}`,
        `Cookie: ${this.cookie}`,
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    );
    socket.on('data', (bytes: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
      if (!isOpen) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const status = rest.toString('latin1', 9, 12);
        if (status !== '101') {
          this.#fail(status);
          socket.destroy();
          return;
        }
        isOpen = true;
        this.#isOpening = false;
        rest = rest.subarray(end + 4);
        // A new socket is opened before the old one is left.
        const before = this.#socket;
        this.#subscribe(socket);
        before?.destroy();
      }
      rest = this.#read(socket, rest);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!isOpen) this.#fail(error.code ?? error.message);
    });
    socket.on('close', () => {
      if (!isOpen) this.#openLater(attempt + 1);
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.subscribedAt = null;
      this.#comeBack();
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }

  #comeBack(): void {
    if (this.#isOpening) return;
    this.#isOpening = true;
    this.#openLater(0);
  }

  #openLater(attempt: number): void {
    if (this.#closed) return;
    setTimeout(() => this.open(attempt), reconnectDelayMs(attempt));
  }

  #fail(why: string): void {
    this.tally.failed.set(why, (this.tally.failed.get(why) ?? 0) + 1);
  }

  #subscribe(socket: Socket): void {
    this.#socket = socket;
    this.#started.clear();
    this.subscribedAt = null;
    const paths = ['orders.watch', 'orders.watchMine'];
    const inputs = [{ orderId: this.orderId }, {}];
    const calls = SUBSCRIPTIONS.map((id, n) => ({
      ...{ id, method: 'subscription' },
      params: { path: paths[n], input: inputs[n], lastEventId: this.#lastEventIds[n] },
    }));
    socket.write(clientFrame(1, Buffer.from(JSON.stringify(calls))));
  }

  /** Takes whole frames; what is left of the bytes. */
  #read(socket: Socket, bytes: Buffer): Buffer {
    let data = bytes;
    while (data.length >= 2) {
      const kind = (data[1] ?? 0) & 0x7f;
      const start = kind === 127 ? 10 : kind === 126 ? 4 : 2;
      if (data.length < start) break;
      const length =
        kind === 127 ? Number(data.readBigUInt64BE(2)) : kind === 126 ? data.readUInt16BE(2) : kind;
      if (data.length < start + length) break;
      const opcode = (data[0] ?? 0) & 0x0f;
      const payload = data.subarray(start, start + length);
      if (opcode === 9) socket.write(clientFrame(10, payload));
      else if (opcode === 8) socket.end(clientFrame(8, payload));
      else if (opcode === 1) this.#take(socket, payload.toString());
      data = data.subarray(start + length);
    }
    return data;
  }

  #take(socket: Socket, text: string): void {
    if (text === 'PING') socket.write(clientFrame(1, Buffer.from('PONG')));
    if (!text.startsWith('{') || socket !== this.#socket) return;
    const { id, method, error, result } = JSON.parse(text) as Message;
    if (method === 'reconnect') this.#comeBack();
    if (error || result?.type === 'stopped') this.tally.errors += 1;
    if (id === null || !result) return;
    if (result.type === 'started') {
      this.#started.add(id);
      if (this.#started.size === SUBSCRIPTIONS.length) this.subscribedAt = performance.now();
    } else if (result.type === 'data') this.#told(id, result);
  }

  #told(id: number, { id: cursor, data }: NonNullable<Message['result']>): void {
    const had = this.#lastEventIds[id - 1] !== undefined;
    if (cursor !== undefined) this.#lastEventIds[id - 1] = cursor;
    const { kind, event } = data?.data ?? {};
    if (kind !== 'event') {
      if (had) this.tally.resyncs += 1;
      // An order's cursor is `epoch.version`.
      else if (id === 1) this.#version = Number(cursor?.split('.')[1]);
    } else if (id === 1 && event) {
      if (event.version !== this.#version + 1) this.tally.gaps += 1;
      this.#version = event.version;
    }
  }
}
