import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  authenticationCleartextPassword,
  authenticationOk,
  backendKeyData,
  copyInResponse,
  errorResponse,
  FrontendReader,
  negotiateProtocolVersion,
  PROTOCOL_3_0,
  ProtocolError,
  parameterStatus,
  readCString,
  readyForQuery,
  type StartupPacket,
} from './protocol';
import { type Unit, Units } from './units';

const LOGIN_MS = 10_000;
/** For a client that does not read what it is told last. */
const GOODBYE_MS = 5_000;
const MAX_PASSWORD_BYTES = 1_024;
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

export type Login = {
  user: string;
  database: string;
  password: string;
  /** Sent to every client as ParameterStatus. */
  parameters: ReadonlyMap<string, string>;
};

export type ClientEvents = {
  /** Messages have come in, or the client can take answers again. */
  work(client: Client): void;
  gone(client: Client): void;
};

/** One connection: sign-in, then units of work to take and answers to send. */
export class Client {
  readonly id: number;
  readonly units: Units;
  readonly #socket: Socket;
  readonly #login: Login;
  readonly #events: ClientEvents;
  readonly #reader = new FrontendReader();
  readonly #loginTimer: NodeJS.Timeout;
  #phase: 'startup' | 'password' | 'ready' | 'closed' = 'startup';

  constructor(id: number, socket: Socket, login: Login, events: ClientEvents) {
    this.id = id;
    this.units = new Units(`c${id}`);
    this.#socket = socket;
    this.#login = login;
    this.#events = events;
    this.#loginTimer = setTimeout(() => socket.destroy(), LOGIN_MS);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#guard(() => this.#receive(chunk)));
    socket.on('drain', () => events.work(this));
    socket.on('end', () => this.#ended());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#left());
  }

  /** The next unit to run; null while there is none, or while answers pile up unread. */
  takeUnit(): Unit | null {
    if (this.#phase !== 'ready' || this.#socket.writableLength > MAX_UNREAD_BYTES) return null;
    const taken = this.#guard(() => this.units.take());
    this.#socket.resume();
    if (taken?.kind === 'copy-in') {
      this.send(copyInResponse(taken.binary));
      return this.takeUnit();
    }
    if (taken?.kind === 'terminate') this.#hangUp();
    return taken?.kind === 'unit' ? taken.unit : null;
  }

  send(bytes: Buffer): void {
    if (bytes.length > 0 && this.#socket.writable) this.#socket.write(bytes);
  }

  /** Says why, then closes. */
  terminate(code: string, text: string): void {
    this.send(errorResponse('FATAL', code, text));
    this.#hangUp();
  }

  #guard<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.terminate('08P01', error.message);
      return null;
    }
  }

  #receive(chunk: Buffer): void {
    if (this.#phase === 'closed') return;
    this.#reader.push(chunk);
    while (this.#phase === 'startup') {
      const packet = this.#reader.nextStartup();
      if (!packet) return;
      this.#start(packet);
    }
    if (this.#phase === 'password') {
      const message = this.#reader.next(MAX_PASSWORD_BYTES);
      if (!message) return;
      if (message.type !== 'p') throw new ProtocolError('expected a password');
      this.#signIn(readCString(message.frame, 5).text);
    }
    if (this.#phase !== 'ready') return;
    for (let next = this.#reader.next(); next; next = this.#reader.next()) this.units.add(next);
    if (this.units.bytes === 0) return;
    if (this.units.bytes > MAX_QUEUED_BYTES) this.#socket.pause();
    this.#events.work(this);
  }

  #start(packet: StartupPacket): void {
    if (packet.kind === 'cancel') this.#hangUp();
    else if (packet.kind === 'startup') this.#greet(packet.version, packet.parameters);
    else this.send(Buffer.from('N'));
  }

  #greet(version: number, parameters: ReadonlyMap<string, string>): void {
    const options = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
    if (version !== PROTOCOL_3_0 || options.length > 0) {
      this.send(negotiateProtocolVersion(options));
    }
    const { user, database } = this.#login;
    const wanted = parameters.get('database') ?? parameters.get('user');
    if (parameters.get('user') !== user) {
      this.terminate('28000', `the embedded database has one user, "${user}"`);
    } else if (wanted !== database) {
      this.terminate('3D000', `the embedded database has one database, "${database}"`);
    } else {
      this.#phase = 'password';
      this.send(authenticationCleartextPassword);
    }
  }

  #signIn(password: string): void {
    const { user, password: expected, parameters } = this.#login;
    if (!timingSafeEqual(digest(password), digest(expected))) {
      this.terminate('28P01', `password authentication failed for user "${user}"`);
      return;
    }
    clearTimeout(this.#loginTimer);
    this.#phase = 'ready';
    this.send(
      Buffer.concat([
        authenticationOk,
        ...[...parameters].map(([name, value]) => parameterStatus(name, value)),
        backendKeyData(this.id, randomInt(2 ** 31)),
        readyForQuery('I'),
      ]),
    );
  }

  /** What came before the end of the stream is still run, as a server does. */
  #ended(): void {
    if (this.#phase === 'ready') {
      this.units.add({ type: 'X', frame: Buffer.alloc(0) });
      this.#events.work(this);
    } else {
      this.#hangUp();
    }
  }

  #hangUp(): void {
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), GOODBYE_MS).unref();
    this.#left();
  }

  #left(): void {
    clearTimeout(this.#loginTimer);
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#events.gone(this);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
