/** PostgreSQL wire protocol 3.0: https://www.postgresql.org/docs/current/protocol-message-formats.html */

export const PROTOCOL_3_0 = 196_608;
const CANCEL_REQUEST = 80_877_102;
const SSL_REQUEST = 80_877_103;
const GSSENC_REQUEST = 80_877_104;

const MAX_STARTUP_BYTES = 10_000;
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** One typed message. `frame` is the whole of it: type byte, length, body. */
export type Message = { type: string; frame: Buffer };

export type StartupPacket =
  | { kind: 'ssl' | 'gssenc' | 'cancel' }
  | { kind: 'startup'; version: number; parameters: ReadonlyMap<string, string> };

/** The bytes are not the protocol. The message is meant for the client. */
export class ProtocolError extends Error {}

/** Splits a client's byte stream into messages, without copying a big one more than once. */
export class FrontendReader {
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = 4;

  /** Bytes received and not yet taken. */
  get buffered(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The next untyped packet of the start-up phase, or null until it is complete. Throws ProtocolError. */
  nextStartup(): StartupPacket | null {
    const head = this.#peek(4);
    if (!head) return null;
    const length = head.readUInt32BE(0);
    if (length < 8 || length > MAX_STARTUP_BYTES) {
      throw new ProtocolError('invalid length of startup packet');
    }
    const packet = this.#take(length);
    return packet && parseStartup(packet);
  }

  /** The next message, or null until it is complete. Throws ProtocolError. */
  next(maxBytes = MAX_MESSAGE_BYTES): Message | null {
    const head = this.#peek(5);
    if (!head) return null;
    const length = head.readUInt32BE(1);
    if (length < 4 || length > maxBytes) throw new ProtocolError('invalid message length');
    const frame = this.#take(length + 1);
    return frame && { type: typeOf(frame, 0), frame };
  }

  #peek(bytes: number): Buffer | null {
    if (this.#size < Math.max(bytes, this.#wanted)) return null;
    return this.#joined();
  }

  #take(bytes: number): Buffer | null {
    if (this.#size < bytes) {
      this.#wanted = bytes;
      return null;
    }
    const all = this.#joined();
    this.#wanted = 4;
    this.#size -= bytes;
    this.#chunks = this.#size > 0 ? [all.subarray(bytes)] : [];
    return all.subarray(0, bytes);
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    if (only && this.#chunks.length === 1) return only;
    const all = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [all];
    return all;
  }
}

function parseStartup(packet: Buffer): StartupPacket {
  const version = packet.readUInt32BE(4);
  if (version === SSL_REQUEST) return { kind: 'ssl' };
  if (version === GSSENC_REQUEST) return { kind: 'gssenc' };
  if (version === CANCEL_REQUEST) return { kind: 'cancel' };
  if (version >>> 16 !== 3) throw new ProtocolError('unsupported frontend protocol');
  const words = packet.toString('utf8', 8).split('\0');
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [name, value] = [words[i], words[i + 1]];
    if (!name) break;
    parameters.set(name, value ?? '');
  }
  return { kind: 'startup', version, parameters };
}

const typeOf = (bytes: Buffer, offset: number): string =>
  String.fromCharCode(bytes.readUInt8(offset));

/** Walks over complete messages; `start` and `end` are offsets of each frame in `bytes`. */
export function* frames(bytes: Buffer): Generator<{ type: string; start: number; end: number }> {
  let start = 0;
  while (start + 5 <= bytes.length) {
    const end = start + 1 + bytes.readUInt32BE(start + 1);
    yield { type: typeOf(bytes, start), start, end };
    start = end;
  }
}

/** Reads a NUL-terminated string; `end` is the offset after the NUL. */
export function readCString(bytes: Buffer, start: number): { text: string; end: number } {
  const nul = bytes.indexOf(0, start);
  if (nul === -1) throw new ProtocolError('invalid string in message');
  return { text: bytes.toString('utf8', start, nul), end: nul + 1 };
}

/** The rows in a raw answer of the backend, as text. */
export function textRows(answer: Buffer): (string | null)[][] {
  const rows: (string | null)[][] = [];
  for (const { type, start } of frames(answer)) {
    if (type !== 'D') continue;
    let at = start + 7;
    rows.push(
      Array.from({ length: answer.readUInt16BE(start + 5) }, () => {
        const length = answer.readInt32BE(at);
        const from = at + 4;
        at = from + Math.max(length, 0);
        return length < 0 ? null : answer.toString('utf8', from, at);
      }),
    );
  }
  return rows;
}

const cstring = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf8');

export function int32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeInt32BE(value, index * 4);
  });
  return bytes;
}

/** A typed message, in either direction. */
export function message(type: string, ...body: Buffer[]): Buffer {
  const length = body.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(length), ...body]);
}

export type TransactionStatus = 'I' | 'T' | 'E';

export const authenticationOk = message('R', int32(0));
export const authenticationCleartextPassword = message('R', int32(3));

export const parameterStatus = (name: string, value: string): Buffer =>
  message('S', cstring(name), cstring(value));

export const backendKeyData = (processId: number, secret: number): Buffer =>
  message('K', int32(processId, secret));

export const readyForQuery = (status: TransactionStatus): Buffer =>
  message('Z', Buffer.from(status));

/** Tells a client that asked for a later minor version, or for protocol options, what it gets. */
export const negotiateProtocolVersion = (unknownOptions: readonly string[]): Buffer =>
  message('v', int32(PROTOCOL_3_0, unknownOptions.length), ...unknownOptions.map(cstring));

/** `code` is a SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const errorResponse = (severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer =>
  message(
    'E',
    ...[`S${severity}`, `V${severity}`, `C${code}`, `M${text}`].map(cstring),
    Buffer.from([0]),
  );

/** Format 0 is text, 1 is binary. No column is described: clients take the overall format. */
export const copyInResponse = (binary: boolean): Buffer =>
  message('G', Buffer.from([binary ? 1 : 0, 0, 0]));

export const query = (sql: string): Buffer => message('Q', cstring(sql));
export const sync = message('S');
export const copyFail = (reason: string): Buffer => message('f', cstring(reason));
export const parseStatement = (name: string, sql: string): Buffer =>
  message('P', cstring(name), cstring(sql), Buffer.alloc(2));
export const closeStatement = (name: string): Buffer =>
  message('C', Buffer.from('S'), cstring(name));

/** The same message with the NUL-terminated string at `start` replaced. */
export function replaceCString(frame: Buffer, start: number, text: string): Buffer {
  const { end } = readCString(frame, start);
  return message(typeOf(frame, 0), frame.subarray(5, start), cstring(text), frame.subarray(end));
}
