import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const BINARY = 0x82;

/** How a client of a peer says what it wants, knows that it has it, and shows that it is alive. */
export type Dialect = {
  path(topic: number): string;
  /** Said once the socket is open. */
  greet(topic: number): string | null;
  /** The text by which the server says that the reader listens now; null: the open socket says it. */
  ready: string | null;
  answers: Readonly<Record<string, string>>;
};

const TRPC: Dialect = {
  path: () => '/',
  greet: (topic) =>
    JSON.stringify({
      ...{ id: 1, method: 'subscription', params: { path: 'follow', input: { topic } } },
    }),
  ready: '"snapshot"',
  answers: { PING: 'PONG' },
};

const BARE: Dialect = {
  ...{ path: (topic) => `/?topic=${topic}`, greet: () => null, ready: null, answers: {} },
};

export const DIALECTS = {
  hotfoot: TRPC,
  'stock-trpc': TRPC,
  'socket-io': {
    path: (topic) => `/socket.io/?EIO=4&transport=websocket&topic=${topic}`,
    greet: () => '40',
    ready: '40{',
    answers: { '2': '3' },
  },
  'raw-ws': BARE,
  'bare-socket': BARE,
} satisfies Record<string, Dialect>;

/** A masked frame, as clients have to send; the mask is zero, which leaves the bytes as they are. */
function clientFrame(text: string | Uint8Array): Buffer {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const start = long ? 8 : 6;
  const frame = Buffer.alloc(start + payload.length);
  frame[0] = typeof text === 'string' ? TEXT : BINARY;
  frame[1] = 0x80 | (long ? 126 : payload.length);
  if (long) frame.writeUInt16BE(payload.length, 2);
  frame.set(payload, start);
  return frame;
}

/** A client on a bare socket, so that four thousand of them take little of the machine. */
export class Reader {
  #rest: Buffer = Buffer.alloc(0);
  #isReady = false;

  private constructor(
    private readonly socket: Socket,
    private readonly dialect: Dialect,
    private readonly onEvent: (frame: Buffer) => void,
    private readonly onReady: () => void,
  ) {
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (error) => {
      throw error;
    });
    if (dialect.ready === null) this.#becomeReady();
  }

  static open(
    port: number,
    dialect: Dialect,
    topic: number,
    onEvent: (frame: Buffer) => void,
    cookie?: string,
  ): Promise<Reader> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.once('error', reject);
      socket.write(
        [
          `GET ${dialect.path(topic)} HTTP/1.1`,
          'Host: 127.0.0.1',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
          ...(cookie ? [`Cookie: ${cookie}`] : []),
          '\r\n',
        ].join('\r\n'),
      );
      socket.once('data', (bytes) => {
        socket.off('error', reject);
        const end = bytes.indexOf('\r\n\r\n') + 4;
        if (!bytes.toString('latin1', 0, 12).endsWith('101')) reject(new Error(`${bytes}`));
        const reader: Reader = new Reader(socket, dialect, onEvent, () => resolve(reader));
        const greeting = dialect.greet(topic);
        if (greeting !== null) socket.write(clientFrame(greeting));
        if (end < bytes.length) reader.#read(bytes.subarray(end));
      });
    });
  }

  say(message: string | Uint8Array): void {
    this.socket.write(clientFrame(message));
  }

  close(): void {
    this.socket.destroy();
  }

  #becomeReady(): void {
    this.#isReady = true;
    // The reader is known only once it has been made.
    queueMicrotask(this.onReady);
  }

  #read(bytes: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (data.length >= 2) {
      const long = data[1] === 126;
      const start = long ? 4 : 2;
      if (data.length < start) break;
      const end = start + (long ? data.readUInt16BE(2) : (data[1] ?? 0));
      if (data.length < end) break;
      this.#take(data.subarray(start, end));
      data = data.subarray(end);
    }
    this.#rest = data;
  }

  #take(payload: Buffer): void {
    if (payload.length < 20) {
      const answer = this.dialect.answers[payload.toString()];
      if (answer !== undefined) this.socket.write(clientFrame(answer));
      if (answer !== undefined || this.#isReady) return;
    }
    if (this.#isReady) this.onEvent(payload);
    else if (payload.includes(this.dialect.ready ?? '')) this.#becomeReady();
  }
}
