import { isTrackedEnvelope } from '@trpc/server';
import type { HubMessage } from './hub';

/** A whole message of the ws protocol: text of one byte a character, to be written as latin1, or bytes. */
export type Frame = string | Buffer;

/** Text, all of it in one frame, unmasked as servers send it. */
const TEXT_FRAME = 0x81;
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

/** What a message of tRPC's protocol says behind its request's id. */
function encode(value: unknown): string {
  if (!isTrackedEnvelope(value)) return `{"type":"data","data":${JSON.stringify(value)}}}`;
  const [cursor, message] = value;
  const id = JSON.stringify(cursor);
  return `{"type":"data","data":{"id":${id},"data":${JSON.stringify(message)}},"id":${id}}}`;
}

/** Its bytes, each a character. */
function frameHead(length: number): string {
  if (length < LENGTH_IN_16_BITS) return String.fromCharCode(TEXT_FRAME, length);
  if (length < 65_536) {
    return String.fromCharCode(TEXT_FRAME, LENGTH_IN_16_BITS, length >> 8, length & 0xff);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return String.fromCharCode(TEXT_FRAME, LENGTH_IN_64_BITS, ...bytes);
}

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** Text that is ASCII alone needs no buffer: the socket writes strings as they are. */
function textFrame(text: string, ascii: boolean): Frame {
  if (ascii) return frameHead(text.length) + text;
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(frameHead(bytes.length), 'latin1'), bytes]);
}

/** The part of a message that differs from reader to reader: whose request it answers. */
export function answerHead(id: number | string, jsonrpc?: '2.0'): string {
  const version = jsonrpc ? `"jsonrpc":"${jsonrpc}",` : '';
  return `{"id":${JSON.stringify(id)},${version}"result":`;
}

/**
 * What the readers of one stream are told at once. Encoded when the first of them needs it, and once for
 * all; readers whose requests have the same id share the very bytes.
 */
export class Told<Value> {
  #body: string | null = null;
  #isAscii = false;
  #head: string | null = null;
  #frame: Frame | null = null;

  constructor(
    /** What it was made from. */
    readonly from: readonly HubMessage[],
    /** Left out: there is nothing in it for these readers, whose place moves on all the same. */
    readonly value?: Value,
    /** `latest`: a reader who is slow may skip it. `recheck`: the reader's right to listen may have ended. */
    readonly nature: 'lasting' | 'latest' | 'recheck' = 'lasting',
  ) {}

  /** A frame of the ws protocol with tRPC's message, for readers with this head. */
  frame(head: string): Frame {
    if (this.#frame !== null && this.#head === head) return this.#frame;
    if (this.#body === null) {
      this.#body = encode(this.value);
      this.#isAscii = isAscii(this.#body);
    }
    this.#head = head;
    this.#frame = textFrame(head + this.#body, this.#isAscii && isAscii(head));
    return this.#frame;
  }
}
