import { setTimeout as wait } from 'node:timers/promises';
import { wallClock } from './peer';
import { DIALECTS, Reader } from './reader';

/**
 * The clients of `bench:hub`, in a process of their own. Each checks that the events of its topic come one
 * after the other; how long they took is counted in steps of a tenth of a millisecond.
 */
export type ToReaders =
  | { ask: 'open'; count: number; topics: number }
  | { ask: 'counts' }
  | { ask: 'measure' }
  | { ask: 'close' };
export type Counts = { received: number; outOfOrder: number; p50: number; p99: number };

const [name = '', port = ''] = process.argv.slice(2);
const dialect = DIALECTS[name as keyof typeof DIALECTS];
const OPENING_AT_ONCE = 50;
const STEP_MS = 0.1;
const STEPS = 200_000;

let readers: Reader[] = [];
let received = 0;
let outOfOrder = 0;
let measured = 0;
let steps = new Uint32Array(STEPS);

const VERSION = Buffer.from('"version":');
const AT = Buffer.from('"at":"');

function numberAt(frame: Buffer, start: number): number {
  let end = start;
  // Digits and a point.
  while ((frame[end] ?? 0) >= 0x2e && (frame[end] ?? 0) <= 0x39) end += 1;
  return Number(frame.toString('latin1', start, end));
}

function follow(): (frame: Buffer) => void {
  let last = 0;
  return (frame) => {
    received += 1;
    const version = numberAt(frame, frame.indexOf(VERSION) + VERSION.length);
    if (last > 0 && version !== last + 1) outOfOrder += 1;
    last = version;
    const took = wallClock() - numberAt(frame, frame.lastIndexOf(AT) + AT.length);
    const step = Math.min(STEPS - 1, Math.max(0, Math.floor(took / STEP_MS)));
    steps[step] = (steps[step] ?? 0) + 1;
    measured += 1;
  };
}

function percentile(share: number): number {
  let left = Math.ceil(share * measured);
  for (let step = 0; step < STEPS; step += 1) {
    left -= steps[step] ?? 0;
    if (left <= 0) return (step + 1) * STEP_MS;
  }
  return Number.NaN;
}

async function open(count: number, topics: number): Promise<void> {
  for (let from = 0; from < count; from += OPENING_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENING_AT_ONCE, count - from) }, (_, n) =>
      Reader.open(Number(port), dialect, (from + n) % topics, follow()),
    );
    readers.push(...(await Promise.all(some)));
  }
}

process.on('message', async (message: ToReaders) => {
  if (message.ask === 'open') await open(message.count, message.topics);
  if (message.ask === 'close') {
    for (const reader of readers) reader.close();
    readers = [];
    // For the server to have noticed.
    await wait(500);
  }
  if (message.ask === 'measure') {
    steps = new Uint32Array(STEPS);
    measured = 0;
  }
  const counts: Counts = { received, outOfOrder, p50: percentile(0.5), p99: percentile(0.99) };
  process.send?.(counts);
});
process.on('disconnect', () => process.exit(0));
