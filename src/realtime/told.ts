import { isTrackedEnvelope } from '@trpc/server';
import type { HubMessage } from './hub';

/** A whole text message in one frame, as servers send it: unmasked. */
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

function textFrame(head: string, body: string): Buffer {
  const headBytes = Buffer.byteLength(head);
  const length = headBytes + Buffer.byteLength(body);
  const start = length < LENGTH_IN_16_BITS ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = TEXT_FRAME;
  if (start === 2) frame[1] = length;
  else if (start === 4) {
    frame[1] = LENGTH_IN_16_BITS;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN_64_BITS;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(head, start);
  frame.write(body, start + headBytes);
  return frame;
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
  #head: string | null = null;
  #frame: Buffer | null = null;

  constructor(
    /** What it was made from. */
    readonly from: readonly HubMessage[],
    /** Left out: there is nothing in it for these readers, whose place moves on all the same. */
    readonly value?: Value,
    /** `latest`: a reader who is slow may skip it. `recheck`: the reader's right to listen may have ended. */
    readonly nature: 'lasting' | 'latest' | 'recheck' = 'lasting',
  ) {}

  /** A frame of the ws protocol with tRPC's message, for readers with this head. */
  frame(head: string): Buffer {
    if (this.#frame && this.#head === head) return this.#frame;
    this.#body ??= encode(this.value);
    this.#head = head;
    this.#frame = textFrame(head, this.#body);
    return this.#frame;
  }
}
