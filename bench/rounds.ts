import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { readZone } from '@/db/queries/zone-snapshot';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { policyOf } from '@/domain/dispatch/zone-policy';
import { decideZone } from '@/services/plan-zone';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf } from '@/services/testing';
import { fillWithWork } from './busy-zones';
import { percentiles } from './percentiles';

/**
 * How long a round of dispatch takes with 10,000 open deliveries and 20,000 drivers in one set of zones, on
 * a real PostgreSQL with fsync: reading each zone's snapshot, planning it, and a whole pass over all zones
 * with every write, by *batch* and by *nearest*. Run: npm run bench:rounds
 */

const { values } = parseArgs({
  options: {
    zones: { type: 'string', default: '40' },
    deliveries: { type: 'string', default: '10000' },
    drivers: { type: 'string', default: '20000' },
    times: { type: 'string', default: '5' },
    passes: { type: 'string', default: '1' },
    policies: { type: 'string', default: 'batch,nearest' },
  },
});
const size = {
  zones: Number(values.zones),
  deliveries: Number(values.deliveries),
  drivers: Number(values.drivers),
};

async function timed<T>(into: number[], work: () => Promise<T> | T): Promise<T> {
  const startedAt = performance.now();
  const answer = await work();
  into.push(performance.now() - startedAt);
  return answer;
}

/** Reads and plans every zone, some times over, and writes nothing. */
async function measurePlans({ db, sql }: Connection) {
  const zones = await sql<{ id: string; document: unknown }[]>`
    SELECT id, dispatch_policy AS document FROM zones ORDER BY id`;
  const [reads, plans, rounds]: [number[], number[], number[]] = [[], [], []];
  const ofACore: number[] = [];
  const decided = { offer: 0, hold: 0, wait: 0, give_up: 0 };
  for (let time = 0; time <= Number(values.times); time += 1) {
    for (const { id, document } of zones) {
      const policy = policyOf(document);
      if (policy.kind !== 'batch') continue;
      const ctx = { now: () => new Date(), random: () => 0.5 };
      // The first time warms up.
      const [read, plan, round] = time === 0 ? [[], [], []] : [reads, plans, rounds];
      await timed(round, async () => {
        const rows = await timed(read, () => readZone(db, id, ctx.now()));
        const cpu = process.cpuUsage();
        const decisions = await timed(plan, () => decideZone(ctx, policy, rows));
        const { user, system } = process.cpuUsage(cpu);
        if (time > 0) ofACore.push((user + system) / 1_000);
        if (time === 1) for (const { kind } of decisions) decided[kind] += 1;
      });
    }
  }
  console.log('decided once over all zones:', decided);
  return [
    percentiles('batch: read a zone', reads),
    percentiles('batch: plan a zone', plans),
    percentiles('batch: plan a zone, of a core', ofACore),
    percentiles('batch: read and plan a zone', rounds),
  ];
}

/** Whole passes of the control loop over all zones, writes included. */
async function measurePasses({ db }: Connection, title: string) {
  const passes: number[] = [];
  const commits: number[] = [];
  for (let pass = 0; pass < Number(values.passes); pass += 1) {
    let before = performance.now();
    const ctx = contextOf(db, 'dispatch', {
      committed: () => {
        commits.push(performance.now() - before);
        before = performance.now();
      },
    });
    const { offered } = await timed(passes, () => runDispatchRound(ctx));
    const seconds = (passes.at(-1) ?? 0) / 1_000;
    console.log(`${title}: ${offered} questions in ${seconds.toFixed(0)} s`);
  }
  return [
    percentiles(`${title}: a pass over all zones, with writes`, passes),
    percentiles(`${title}: from one commit to the next`, commits),
  ];
}

const DATABASE = 'hotfoot_bench_rounds';
const server = await startPostgres({ durable: true });
const url = databaseUrl(server.url, DATABASE);
try {
  await createDatabase(server.url, DATABASE);
  await migrate(url);
  const connection = connect(url, { max: 4 });
  const filler = connect(url, { max: 1 });
  await fillWithWork(filler.sql, size);
  await filler.close();
  console.log(size, `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
  const rows = await measurePlans(connection);
  for (const kind of values.policies.split(',').filter((each) => each !== 'none')) {
    // Whoever was asked by the policy before has answered nothing.
    await connection.sql`UPDATE offers SET status = 'withdrawn' WHERE status = 'pending'`;
    await connection.sql`UPDATE deliveries SET next_attempt_at = now() WHERE status = 'offering'`;
    await connection.sql`
      UPDATE zones SET dispatch_policy = dispatch_policy || jsonb_build_object('kind', ${kind}::text)`;
    await connection.sql`
      UPDATE zones SET dispatch_policy = dispatch_policy - 'leadSeconds' WHERE ${kind} <> 'batch'`;
    rows.push(...(await measurePasses(connection, kind)));
  }
  console.table(rows);
  console.log(`load ${loadavg()[0]?.toFixed(1)} at the end`);
  await connection.close();
} finally {
  await dropDatabase(server.url, DATABASE);
  await server.stop();
}
