import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { groupBy } from '@/domain/group-by';
import { check, type Facts, type Finding, repeats, slowest } from './chaos/check';
import { readFacts } from './chaos/facts';
import { History } from './chaos/history';
import { startLoad } from './chaos/load';
import { planFaults } from './chaos/plan';
import { strike } from './chaos/strike';
import { startSystem } from './chaos/system';

const USAGE = `npm run chaos -- [--seed 1] [--minutes 2] [--verbose]

Two nodes, a PostgreSQL and simulated people of their own; faults by a plan that the seed makes. Every answer and
every message that clients got is compared with the database. Exits with 1 when something does not agree.`;

const Options = z.object({
  seed: z.coerce.number().int().default(1),
  minutes: z.coerce.number().min(0.2).max(600).default(2),
});

/** So long all may take to come to an end once nobody orders any more, and nothing is broken. */
const SETTLE_MS = 150_000;
const LOOK_EVERY_MS = 2_000;
const SHOWN = 30;

/** Until everything has ended and every feed has brought what there is, or the time is up. */
async function settle(look: () => Promise<Finding[]>): Promise<Finding[]> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const findings = await look();
    const open = findings.some(({ fault }) => fault === 'stuck' || fault === 'event_missing');
    if (!open || performance.now() > until) return findings;
    await wait(LOOK_EVERY_MS);
  }
}

function verdict(lines: [string, string | number][], findings: Finding[]): string {
  const counts = new Map<string, number>();
  for (const { fault } of findings) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [
    '',
    ...lines.map(([name, value]) => `  ${name.padEnd(44)} ${value}`),
    '',
    ...[...counts].map(([fault, count]) => `  ✗ ${fault}: ${count}`),
    ...findings.slice(0, SHOWN).map(({ fault, what }) => `    ${fault}: ${what}`),
    findings.length > SHOWN ? `    … and ${findings.length - SHOWN} more` : '',
    findings.length === 0 ? '  All is well.' : `  ${findings.length} findings.`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const { seed, minutes } = Options.parse(values);
  const log = values.verbose ? (line: string) => console.error(line) : () => undefined;
  const startedAt = Date.now();
  const system = await startSystem(log);
  const { db } = system.direct;
  // Food is ready soon, so that orders end within the run.
  await db.execute(sql`UPDATE restaurants SET prep_minutes = 1, auto_accept = true`);
  const history = new History();
  const load = await startLoad(system.nodes, seed, history);
  const plan = planFaults(seed, minutes * 60_000, system.nodes.length);
  console.log(`  seed ${seed}, ${minutes} minutes, ${plan.length} faults`);
  if (!system.disk) console.log('  no disk can be filled here: disk_full does nothing');

  const beganAt = Date.now();
  const seconds = () => ((Date.now() - beganAt) / 1_000).toFixed(1).padStart(7);
  for (const fault of plan) {
    await wait(Math.max(0, beganAt + fault.atMs - Date.now()));
    console.log(`${seconds()} s  ${fault.kind} (node ${fault.node}, ${fault.lastsMs} ms)`);
    await strike(fault, system, load.screen);
  }
  await wait(Math.max(0, beganAt + minutes * 60_000 - Date.now()));
  load.stopOrdering();
  console.log(`${seconds()} s  nobody orders any more · ${load.tally.line()}`);

  let facts: Facts | undefined;
  const findings = await settle(async () => {
    facts = await readFacts(db);
    return check(history, facts);
  });
  await load.stop();
  await system.stop();

  const { actions, feeds } = history;
  const slow = slowest(actions);
  const byStatus = groupBy(facts?.orders ?? [], ({ status }) => status);
  console.log(
    verdict(
      [
        ['took, seconds', Math.round((Date.now() - startedAt) / 1_000)],
        ['faults', plan.length],
        ['orders', [...byStatus].map(([status, of]) => `${of.length} ${status}`).join(', ')],
        [
          'changes asked for, answered',
          `${actions.length}, ${actions.filter(({ outcome }) => 'answer' in outcome).length}`,
        ],
        ['sent twice', actions.filter(({ again }) => again !== null).length],
        ['slowest answer, milliseconds', slow ? `${Math.round(slow.tookMs)} (${slow.path})` : '–'],
        ['events in the log', facts?.events.length ?? 0],
        [
          'feeds, messages',
          `${feeds.length}, ${feeds.reduce((sum, { frames }) => sum + frames.length, 0)}`,
        ],
        [
          'fresh views in place of events',
          feeds.flatMap(({ frames }) => frames).filter(({ kind }) => kind === 'resync').length,
        ],
        ['events that came again', repeats(history)],
      ],
      findings,
    ),
  );
  process.exit(findings.length === 0 ? 0 : 1);
}

// The database server ends with this process, when that ends in an orderly way.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

main().catch((error: unknown) => {
  console.error(error);
  process.exit(2);
});
