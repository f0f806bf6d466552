import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { inheritedEnvironment } from '@/config/process-env';
import { pendingOffers } from '@/db/queries/orders';
import { zoneLeases } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import type { DriverView } from '@/domain/driver-view';
import type { LiveMessage } from '@/domain/events';
import { cartOf, key } from '@/services/testing';
import { connectClient, SECRET, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A worker in a process of its own, once it is ready; `url`: its health. */
async function startWorker(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/worker.ts'], {
    env: {
      ...inheritedEnvironment(),
      ...{ DATABASE_URL: database.url, AUTH_SECRET: SECRET, CARDS: 'off' },
      ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
      DATA_DIR: mkdtempSync(join(tmpdir(), 'hotfoot-worker-')),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const complaints: string[] = [];
  child.stderr.on('data', (piece: Buffer) => complaints.push(String(piece)));
  const port = await new Promise<string | null>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /its health on port (\d+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => resolve(null));
  });
  return { child, url: `http://127.0.0.1:${port}`, complaints };
}

describe.runIf(database.real)('nodes that leave the loops to workers', () => {
  it('carry an order to its offer by a worker, and by another one when it is killed', {
    timeout: 120_000,
  }, async () => {
    await using first = await startServer(database, { role: 'web' });
    await using second = await startServer(database, { role: 'web' });
    for (const { url } of [first, second]) {
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ loops: [] });
    }
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    await using customer = connectClient(first.url, await tokenOf(db(), town.customer));
    await using courier = connectClient(second.url, await tokenOf(db(), driver));
    const told = watch<{ data: LiveMessage<DriverView> }>((on) =>
      courier.api.drivers.watch.subscribe({}, on),
    );
    await told.until(() => told.got.length > 0, 'the driver’s view');
    const offers = () =>
      told.got.filter(({ data }) => data.kind === 'event' && data.event.type === 'offer.made');
    const place = () =>
      customer.api.orders.place.mutate({
        ...{ ...key(), ...cartOf(town), dropoffAddress: '2 Side Street' },
        expectedTotal: 1_311,
      });
    await place();
    expect(await pendingOffers(db(), driver.userId)).toEqual([]);

    const victim = await startWorker();
    await told.until(() => offers().length === 1, 'an offer by the worker');
    expect((await fetch(`${victim.url}/ready`)).status).toBe(200);
    const other = await startWorker();
    victim.child.kill('SIGKILL');
    await place();
    const [offer] = await pendingOffers(db(), driver.userId);
    if (!offer) throw new Error('no offer');
    await courier.api.drivers.declineOffer.mutate({
      ...{ ...key(), offerId: offer.id, reason: 'too_far' },
    });
    await told.until(() => offers().length === 2, 'an offer by the other worker');

    const gone = once(other.child, 'exit');
    other.child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    const leases = await db().select().from(zoneLeases).where(eq(zoneLeases.zoneId, town.zoneId));
    expect(leases.filter(({ until }) => until > new Date())).toEqual([]);
    for (const { complaints } of [victim, other]) expect(complaints).toEqual([]);
    for (const { errors } of [first, second]) expect(errors).toEqual([]);
  });

  it('say in one line what a worker lacks', async () => {
    const { child, complaints } = await startWorker({ DATABASE_URL: '' });
    expect(child.exitCode).toBe(1);
    expect(complaints.join('')).toMatch(/could not start\. A worker needs DATABASE_URL/);
  });
});
