import { Agent, get, type IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';

import { startServer, tokenOf } from './testing';

const database = testDatabase();

/** Sooner than what has no answer is cut off. */
const SOON_MS = 5_000;

it.runIf(database.real)(
  'a node that stops answers what is under way, and waits for no connection that is kept',
  async () => {
    // Without loops nobody else waits for the lock.
    const server = await startServer(database, { role: 'web' });
    const { sql, db } = database.connection;
    const { customer } = await makeTown(db);
    const authorization = `Bearer ${await tokenOf(db, customer)}`;
    const agent = new Agent({ keepAlive: true });
    const ask = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const url = `${server.url}/api/v1/orders`;
        get(url, { agent, headers: { authorization } }, resolve).on('error', reject);
      });
    let stopped: Promise<void> | undefined;
    let beganAt = 0;
    let asked: Promise<IncomingMessage> | undefined;
    await sql.begin(async (tx) => {
      await tx`LOCK TABLE orders IN ACCESS EXCLUSIVE MODE`;
      asked = ask();
      await expect
        .poll(async () => (await tx`SELECT FROM pg_locks WHERE NOT granted`).length, {
          interval: 10,
        })
        .toBeGreaterThan(0);
      beganAt = performance.now();
      stopped = server[Symbol.asyncDispose]();
    });
    const answer = await asked;
    expect(answer?.statusCode).toBe(200);
    expect(JSON.parse(Buffer.concat((await answer?.toArray()) ?? []).toString())).toBeDefined();
    await stopped;
    expect(performance.now() - beganAt).toBeLessThan(SOON_MS);
    agent.destroy();
  },
);
