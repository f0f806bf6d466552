import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayDestinations } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { ANSWERS, startReceiver } from '@/relay/testing/receiver';
import { makeWebhook } from '@/services/relay.testing';
import { placeTestOrder } from '@/services/testing';
import { startServer } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const SCRIPT = fileURLToPath(new URL('./relay-process.testing.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
beforeEach(async () => {
  await db().delete(relayDestinations);
});

/** A relay in a process of its own; resolves once it runs. */
async function startRelay(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  await once(child.stdout, 'data');
  return child;
}

/** The ids of the log as receivers see them, in its order, from the `from`-th on. */
async function logged(from = 0): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    SELECT xid::text || '-' || position AS id FROM events ORDER BY events.xid, events.position`);
  return rows.slice(from).map(({ id }) => id);
}

async function placeOrders(count: number): Promise<void> {
  const town = await makeTown(db(), { autoAccept: true });
  for (let n = 0; n < count; n += 1) await placeTestOrder(db(), town);
}

/** In the order in which each came first. */
const firstTimes = (ids: readonly string[]): string[] => [...new Set(ids)];

describe('the relay of a server', () => {
  it('delivers what is committed within a second, while another webhook hangs', async () => {
    await using good = await startReceiver();
    await using dead = await startReceiver(ANSWERS.hangs);
    await makeWebhook(db(), { url: dead.url, name: 'Dead' });
    await makeWebhook(db(), { url: good.url, name: 'Good' });
    const from = (await logged()).length;
    await using server = await startServer(database);
    await placeOrders(1);
    await expect.poll(() => dead.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
    // More may come meanwhile: the loops of the server write too.
    const first = await logged(from);
    await expect
      .poll(() => good.received.slice(0, first.length).map(({ id }) => id), { timeout: 20_000 })
      .toEqual(first);
    const took: number[] = [];
    good.state.answer = (response, { body }) => {
      const { type, at } = JSON.parse(body) as { type: string; at: string };
      if (type === 'order.placed') took.push(Date.now() - Date.parse(at));
      ANSWERS.ok(response);
    };
    const town = await makeTown(db(), { autoAccept: false });
    for (let n = 1; n <= 5; n += 1) {
      await placeTestOrder(db(), town);
      await expect.poll(() => took.length, { timeout: 10_000, interval: 5 }).toBe(n);
    }
    const [median = 0] = took.toSorted((one, other) => one - other).slice(2);
    expect(median).toBeLessThan(1_000);
    console.log(
      `  beside a webhook that hangs, another gets an order ${median} ms after it was written`,
    );
    expect(server.errors).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')(
    'killed with -9 in the middle of delivering loses nothing, and keeps the order',
    { timeout: 60_000 },
    async () => {
      if (!database.real) return;
      await using receiver = await startReceiver();
      await makeWebhook(db(), { url: receiver.url });
      const from = (await logged()).length;
      await placeOrders(10);
      const expected = await logged(from);
      // It has taken the fourth, and dies before it hears the answer.
      let victim: ChildProcess | null = null;
      receiver.state.answer = (response, one) => {
        if (one.id === expected[3] && victim) victim.kill('SIGKILL');
        else ANSWERS.ok(response);
      };
      victim = await startRelay();
      await once(victim, 'exit');
      victim = null;
      expect(firstTimes(receiver.received.map(({ id }) => id))).toEqual(expected.slice(0, 4));
      await startRelay();
      await startRelay();
      await expect
        .poll(() => firstTimes(receiver.received.map(({ id }) => id)), { timeout: 30_000 })
        .toEqual(expected);
      const ids = receiver.received.map(({ id }) => id);
      // What was under way came twice, and of what came before it only what was not recorded yet.
      const again = ids.filter((id, n) => ids.indexOf(id) !== n);
      expect(again.at(-1)).toBe(expected[3]);
      expect(again).toEqual(expected.slice(4 - again.length, 4));
      // In their order, the second time too.
      expect(ids).toEqual([...expected.slice(0, 4), ...expected.slice(4 - again.length)]);
    },
  );

  it('in two processes delivers each event once, in its order', { timeout: 60_000 }, async () => {
    if (!database.real) return;
    await using receiver = await startReceiver();
    await makeWebhook(db(), { url: receiver.url });
    const from = (await logged()).length;
    await Promise.all([startRelay(), startRelay()]);
    await Promise.all([placeOrders(10), placeOrders(10), placeOrders(10)]);
    const expected = await logged(from);
    await expect
      .poll(() => receiver.received.map(({ id }) => id), { timeout: 30_000 })
      .toEqual(expected);
  });
});
