import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { frames, int32, type Message, message, PROTOCOL_3_0 } from './protocol';

const text = (value: string): Buffer => Buffer.from(`${value}\0`);

export const bind = (statement: string, portal = ''): Buffer =>
  message('B', text(portal), text(statement), Buffer.alloc(6));
export const execute = (portal = '', maxRows = 0): Buffer =>
  message('E', text(portal), int32(maxRows));
export const flush = message('H');

export function startup(user: string, database: string, minor = 0): Buffer {
  const body = Buffer.concat([
    int32(PROTOCOL_3_0 + minor),
    ...['user', user, 'database', database, ''].map(text),
  ]);
  return Buffer.concat([int32(body.length + 4), body]);
}

/** Speaks the wire protocol message by message, for what no driver would send. */
export class WireClient {
  readonly socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #closed = false;
  #wake: () => void = () => {};

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static async signedIn(url: string): Promise<WireClient> {
    const { username, password, pathname } = new URL(url);
    const client = new WireClient(url);
    client.send(startup(username, pathname.slice(1)), message('p', text(password)));
    await client.until('Z');
    return client;
  }

  send(...parts: Buffer[]): void {
    this.socket.write(Buffer.concat(parts));
  }

  /** All messages up to and including the first of `type`, or up to the end of the connection. */
  async until(type: string): Promise<Message[]> {
    for (;;) {
      const seen: Message[] = [];
      for (const frame of frames(this.#buffer)) {
        if (frame.end > this.#buffer.length) break;
        seen.push({ type: frame.type, frame: this.#buffer.subarray(frame.start, frame.end) });
        if (frame.type !== type) continue;
        this.#buffer = this.#buffer.subarray(frame.end);
        return seen;
      }
      if (this.#closed) return seen;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The types of `until`, as one string; `Z` with its status. */
  async typesUntil(type: string): Promise<string> {
    return (await this.until(type)).map(shown).join(' ');
  }

  async closed(): Promise<void> {
    if (!this.#closed) await once(this.socket, 'close');
  }
}

const shown = ({ type, frame }: Message): string => {
  if (type === 'Z') return `Z${frame.toString('latin1', 5, 6)}`;
  return type === 'E' ? `E${/\0C(\w{5})\0/.exec(frame.toString('latin1', 5))?.[1]}` : type;
};

export const joined = (messages: readonly Message[]): Buffer =>
  Buffer.concat(messages.map(({ frame }) => frame));
