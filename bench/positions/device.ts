import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { decodeAnswers, encodeFixes } from '@/domain/fix-frame';
import { destinationPoint, type GeoPoint } from '@/domain/geo';

/** A step of a driver between two fixes: far enough to be kept in the history. */
const STEP_M = 25;
const BINARY = 0x82;
const TEXT = 0x81;

export type Tally = { answered: number; dropped: number; latencies: number[] };

/** A masked frame, as clients have to send; the mask is zero, which leaves the bytes as they are. */
function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  const frame = Buffer.alloc(6 + payload.byteLength);
  frame[0] = opcode;
  frame[1] = 0x80 | payload.byteLength;
  frame.set(payload, 6);
  return frame;
}

const PONG = clientFrame(TEXT, Buffer.from('PONG'));

/**
 * A driver's device on a bare socket, so that four thousand of them take little of the machine: sends a
 * fix a frame, so many before the first is answered, and the next with each answer.
 */
export class Device {
  #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #seq = 0;
  #recordedMs = 0;
  #sentAt = new Map<number, number>();
  #running = false;

  private constructor(
    socket: Socket,
    private at: GeoPoint,
    private readonly heading: number,
    private readonly tally: Tally,
  ) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (error) => {
      throw error;
    });
  }

  /** From a loopback address of its own kind, as devices have: one address may hold a thousand sockets. */
  static #address(): string {
    Device.#opened += 1;
    return `127.0.1.${1 + (Device.#opened % 200)}`;
  }
  static #opened = 0;

  static open(port: number, token: string, at: GeoPoint, tally: Tally): Promise<Device> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: Device.#address() });
      socket.setNoDelay(true);
      socket.once('error', reject);
      socket.write(
        [
          'GET /api/trpc HTTP/1.1',
          'Host: 127.0.0.1',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
          `Cookie: next-auth.session-token=${token}`,
          '\r\n',
        ].join('\r\n'),
      );
      socket.once('data', (head) => {
        socket.off('error', reject);
        if (!head.toString().startsWith('HTTP/1.1 101')) reject(new Error(head.toString()));
        else resolve(new Device(socket, at, Math.random() * 360, tally));
      });
    });
  }

  start(window: number): void {
    this.#running = true;
    for (let n = 0; n < window; n += 1) this.#send();
  }

  stop(): void {
    this.#running = false;
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(): void {
    this.#seq += 1;
    this.#recordedMs = Math.max(this.#recordedMs + 1, Date.now());
    this.at = destinationPoint(this.at, this.heading, STEP_M);
    const fix = {
      ...{ at: this.at, headingDeg: this.heading, speedMps: 7, accuracyM: 8 },
      recordedAt: new Date(this.#recordedMs).toISOString(),
    };
    this.#sentAt.set(this.#seq, performance.now());
    this.#socket.write(clientFrame(BINARY, new Uint8Array(encodeFixes(this.#seq, [fix]))));
  }

  #read(bytes: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (data.length >= 2) {
      const long = data[1] === 126;
      const start = long ? 4 : 2;
      const end = start + (long ? data.readUInt16BE(2) : (data[1] ?? 0));
      if (data.length < end) break;
      this.#take(data[0] ?? 0, data.subarray(start, end));
      data = data.subarray(end);
    }
    this.#rest = data;
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === TEXT && payload.toString() === 'PING') this.#socket.write(PONG);
    if (opcode !== BINARY) return;
    for (const answer of decodeAnswers(payload)) {
      const taken =
        answer.kind === 'outcomes' && ['live', 'history'].includes(answer.outcomes[0] ?? '');
      if (taken) this.tally.answered += 1;
      else this.tally.dropped += 1;
      this.tally.latencies.push(performance.now() - (this.#sentAt.get(answer.seq) ?? 0));
      this.#sentAt.delete(answer.seq);
      if (this.#running) this.#send();
    }
  }
}
