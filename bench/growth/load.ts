import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { eventIn, subscription } from '../headline/frames';
import type { Person } from '../orders/town';
import { wallClock } from '../peers/peer';
import { Reader } from '../peers/reader';

/**
 * The clients of `bench:growth`, and who changes their orders in the database beside the platform, in a
 * process of their own: when a change was committed and when it was on its customer's screen are told
 * by one clock.
 */
export type ToLoad =
  | { ask: 'open'; port: number; people: Person[] }
  | { ask: 'change'; orders: string[]; perSecond: number; seconds: number };
export type Changed = { latencies: number[]; missing: number };

const [databaseUrl = ''] = process.argv.slice(2);
const WRITERS = 4;
const OPENING_AT_ONCE = 50;
const PATIENCE_MS = 10_000;
const sql = postgres(databaseUrl, { max: WRITERS });
const shown = new Map<string, number>();

function onEvent(frame: Buffer): void {
  const note = eventIn(frame)?.data.order?.dropoffNote;
  // Later events of the order bring it again.
  if (note && !shown.has(note)) shown.set(note, wallClock());
}

async function open(port: number, people: Person[]): Promise<void> {
  const dialect = subscription('orders.watchMine');
  for (let from = 0; from < people.length; from += OPENING_AT_ONCE) {
    const some = people.slice(from, from + OPENING_AT_ONCE);
    await Promise.all(some.map(({ cookie }) => Reader.open(port, dialect, 0, onEvent, cookie)));
  }
}

async function change({ orders, perSecond, seconds }: Extract<ToLoad, { ask: 'change' }>) {
  const committed = new Map<string, number>();
  const writing: Promise<void>[] = [];
  const write = async (n: number) => {
    const note = `note ${perSecond} ${wallClock()} ${n}`;
    await sql`UPDATE orders SET dropoff_note = ${note} WHERE id = ${orders[n % orders.length] ?? ''}`;
    committed.set(note, wallClock());
  };
  const startedAt = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueAt = startedAt + (n * 1_000) / perSecond;
    while (performance.now() < dueAt) await wait(Math.max(0, dueAt - performance.now()));
    writing.push(write(n));
  }
  await Promise.all(writing);
  const giveUpAt = performance.now() + PATIENCE_MS;
  const missing = () => [...committed.keys()].filter((note) => !shown.has(note)).length;
  while (missing() > 0 && performance.now() < giveUpAt) await wait(20);
  const latencies = [...committed].flatMap(([note, at]) => {
    const arrived = shown.get(note);
    return arrived === undefined ? [] : [arrived - at];
  });
  const changed: Changed = { latencies, missing: missing() };
  shown.clear();
  return changed;
}

process.on('message', async (message: ToLoad) => {
  if (message.ask === 'change') process.send?.(await change(message));
  else {
    await open(message.port, message.people);
    process.send?.('open');
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
