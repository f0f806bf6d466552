import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensured } from '@/domain/errors';
import type { ToPeer, Usage } from './peers/peer';
import type { Counts, ToReaders } from './peers/readers';

/**
 * What it costs to carry events to sockets: our ws path beside tRPC's own adapter, Socket.IO, bare ws and what
 * nobody goes below (`peers/bare-socket`), one after the other in one run; what it takes to make the events is
 * measured first and taken off. Each server is a process with a core to itself, its clients another on the other
 * core; each client checks that nothing is lost. No database. Run: npm run bench:hub [-- --quick]
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    peers: { type: 'string', default: 'hotfoot,stock-trpc,socket-io,raw-ws,bare-socket' },
    'server-core': { type: 'string', default: '0' },
    'other-core': { type: 'string', default: '1' },
  },
});
const { quick } = values;
const SECONDS = quick ? 2 : 5;
const WARM_UP_MS = quick ? 500 : 1_500;
/** A server that falls behind is given so long to catch up before what is missing counts as lost. */
const PATIENCE_MS = 15_000;
const PEERS = values.peers.split(',');

type Load = { title: string; readers: number; topics: number; perSecond: number };
const scale = quick ? 4 : 1;
const own = (perSecond: number): Load => ({
  title: `${perSecond / scale} events/s, a topic each`,
  ...{ readers: 4_000 / scale, topics: 4_000 / scale, perSecond: perSecond / scale },
});
const LOADS: readonly Load[] = [
  own(5_000),
  own(20_000),
  {
    title: `${20 / scale} events/s, all on one topic`,
    ...{ readers: 1_000 / scale, topics: 1, perSecond: 20 / scale },
  },
];

type Row = {
  load: string;
  peer: string;
  'deliveries/s': number;
  'µs of the core each': number;
  'without making it': number;
  'of it kernel': string;
  'core used': number;
  'p50 ms': number;
  'p99 ms': number;
  lost: number;
  'KB a connection': number | null;
};

async function ask<T>(process: ChildProcess, message: ToPeer | ToReaders): Promise<T> {
  const answer = once(process, 'message');
  process.send(message);
  return (await answer)[0];
}

function start(core: string | undefined, script: string, ...args: string[]): ChildProcess {
  const node = [process.execPath, '--expose-gc', '--import', 'tsx', script, ...args];
  return spawn('taskset', ['-c', `${core}`, ...node], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Waits until every reader has got everything; how much is missing when that does not come about. */
async function missing(readers: ChildProcess, wanted: number): Promise<number> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const { received, outOfOrder } = await ask<Counts>(readers, { ask: 'counts' });
    const left = wanted - received + outOfOrder;
    if (left === 0 || performance.now() > giveUpAt) return left;
    await wait(50);
  }
}

type Usages = { cpu: number; kernel: number; events: number; seconds: number };

/** What a server uses while events are published to it. */
async function observe(server: ChildProcess, load: Load, begin?: () => Promise<unknown>) {
  server.send({ ask: 'publish', topics: load.topics, perSecond: load.perSecond } satisfies ToPeer);
  await wait(WARM_UP_MS);
  await begin?.();
  const before = await ask<Usage>(server, { ask: 'usage' });
  const startedAt = performance.now();
  await wait(SECONDS * 1_000);
  const after = await ask<Usage>(server, { ask: 'usage' });
  const seconds = (performance.now() - startedAt) / 1_000;
  server.send({ ask: 'rest' } satisfies ToPeer);
  const kernel = after.cpu.system - before.cpu.system;
  const cpu = kernel + after.cpu.user - before.cpu.user;
  return { cpu, kernel, events: after.published - before.published, seconds } satisfies Usages;
}

/** Microseconds that making an event takes, and waking up for it, by load: nobody's costs of carrying it. */
async function measureMaking(): Promise<Map<Load, number>> {
  const server = start(values['server-core'], 'bench/peers/nobody.ts');
  await once(server, 'message');
  const making = new Map<Load, number>();
  for (const load of LOADS) {
    const { cpu, events } = await observe(server, load);
    making.set(load, cpu / events);
  }
  await end(server);
  return making;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

async function measure(
  server: ChildProcess,
  readers: ChildProcess,
  load: Load,
  making: number,
): Promise<Omit<Row, 'load' | 'peer' | 'KB a connection'>> {
  const perEvent = load.readers / load.topics;
  const first = await ask<Usage>(server, { ask: 'usage' });
  const { received } = await ask<Counts>(readers, { ask: 'counts' });
  const used = await observe(server, load, () => ask(readers, { ask: 'measure' }));
  const { published } = await ask<Usage>(server, { ask: 'usage' });
  const lost = await missing(readers, received + (published - first.published) * perEvent);
  const { p50, p99 } = await ask<Counts>(readers, { ask: 'counts' });
  const deliveries = used.events * perEvent;
  return {
    'deliveries/s': Math.round(deliveries / used.seconds),
    'µs of the core each': rounded(used.cpu / deliveries),
    'without making it': rounded((used.cpu - making * used.events) / deliveries),
    'of it kernel': `${Math.round((100 * used.kernel) / used.cpu)} %`,
    'core used': rounded(used.cpu / 1e6 / used.seconds, 2),
    ...{ 'p50 ms': rounded(p50), 'p99 ms': rounded(p99), lost },
  };
}

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

async function measurePeer(name: string, making: Map<Load, number>): Promise<Row[]> {
  const server = start(values['server-core'], `bench/peers/${name}.ts`);
  const [{ port }] = await once(server, 'message');
  const readers = start(values['other-core'], 'bench/peers/readers.ts', name, `${port}`);
  // What is loaded and compiled with the first connections is not theirs.
  await ask(readers, { ask: 'open', count: 200, topics: 200 });
  await ask(readers, { ask: 'close' });
  const rows: Row[] = [];
  let topics = 0;
  let kb: number | null = null;
  for (const load of LOADS) {
    if (topics !== load.topics) {
      // What connections before have left to the process would be counted for those after.
      const isFirst = topics === 0;
      topics = load.topics;
      await ask(readers, { ask: 'close' });
      const empty = await ask<Usage>(server, { ask: 'usage', collect: true });
      await ask(readers, { ask: 'open', count: load.readers, topics });
      const full = await ask<Usage>(server, { ask: 'usage', collect: true });
      kb = isFirst ? rounded((full.rss - empty.rss) / load.readers / 1_024) : null;
    }
    const row = await measure(server, readers, load, making.get(load) ?? 0);
    rows.push({ load: load.title, peer: name, ...row, 'KB a connection': kb });
  }
  for (const child of [readers, server]) await end(child);
  return rows;
}

// Everything that this process starts stays on the other core, but for the servers.
execFileSync('taskset', ['-acp', `${values['other-core']}`, `${process.pid}`], { stdio: 'ignore' });
const making = await measureMaking();
const rows: Row[] = [];
for (const name of PEERS) rows.push(...(await measurePeer(name, making)));

for (const { title } of LOADS) {
  const of = (name: string) =>
    ensured(
      rows.find(({ load, peer }) => load === title && peer === name),
      name,
    );
  console.log(`\n${title}`);
  console.table(
    PEERS.map((name) => {
      const { load: _, ...row } = of(name);
      return row;
    }),
  );
  const ours = of('hotfoot');
  for (const name of PEERS.slice(1)) {
    const peer = of(name);
    const each = peer['without making it'] / ours['without making it'];
    const p99 = ours['p99 ms'] / peer['p99 ms'];
    console.log(
      `${each.toFixed(1)} times the deliveries a core of ${name}, at ${p99.toFixed(2)} times its p99`,
    );
  }
}
