import { ensured } from '@/domain/errors';
import { seededRandom } from '@/domain/random';

/** What goes wrong, and for how long. */
export const FAULTS = [
  /** The database server is killed, all its processes with it, and started again. */
  'database_killed',
  /** One of its backends is killed: the server drops every session and recovers by itself. */
  'backend_killed',
  /** Every session of the application is ended by the server. */
  'sessions_ended',
  /** A node is killed, its dispatcher and all its sockets with it, and started again. */
  'node_killed',
  /** The link between a node and the database swallows everything. */
  'link_silent',
  'link_resetting',
  'link_refusing',
  /** What is open on the link is dead, though nobody has closed it; new connections are well. */
  'link_half_open',
  /** What is asked arrives; answers do not. */
  'link_deaf',
  'link_slow',
  /** A screen stops reading its socket. */
  'slow_reader',
  /** The process that runs rounds alone. */
  'worker_killed',
  /** The clock of a process jumps, and jumps back. */
  'clock_jumped',
  /** The database can write nothing any more. */
  'disk_full',
  /** What the database writes takes long to be on its disk. */
  'disk_slow',
  'redis_killed',
  /** The link of all to Redis swallows everything. */
  'redis_silent',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export type Fault = {
  /** From the beginning of the load, milliseconds. */
  atMs: number;
  kind: FaultKind;
  lastsMs: number;
  /** Which of the nodes, where it strikes one. */
  node: number;
};

/** By so much a clock jumps, ahead or back, milliseconds. */
export const CLOCK_JUMP_MS = 90_000;

const FIRST_MS = 5_000;
const PAUSE_MS = { least: 2_000, more: 5_000 };
const LASTS_MS = { least: 500, more: 4_500 };

/** The same for the same seed. Each kind comes once before any comes again; none overlaps another. */
export function planFaults(seed: number, untilMs: number, nodes: number): Fault[] {
  const random = seededRandom(seed);
  const between = ({ least, more }: { least: number; more: number }) =>
    Math.round(least + random() * more);
  const plan: Fault[] = [];
  let deck: FaultKind[] = [];
  for (let atMs = FIRST_MS; ; ) {
    if (deck.length === 0) deck = [...FAULTS];
    const [kind] = deck.splice(Math.floor(random() * deck.length), 1);
    const lastsMs = between(LASTS_MS);
    if (atMs + lastsMs > untilMs) return plan;
    const node = Math.floor(random() * nodes);
    plan.push({ atMs, kind: ensured(kind, 'a kind of fault'), lastsMs, node });
    atMs += lastsMs + between(PAUSE_MS);
  }
}
