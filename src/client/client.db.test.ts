import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import { startServer, tokenOf } from '@/server/testing';
import { hashPassword } from '@/services/passwords';
import { placeTestOrder } from '@/services/testing';
import { createGuestClient, createHotfootClient, refusalOf } from './node';

const database = testDatabase();
const db = () => database.connection.db;

describe('a client', () => {
  it('signs in by e-mail and password, or by a token that it has', async () => {
    const person = await makeUser(db(), 'customer', 'Cora Customer');
    const passwordHash = await hashPassword('a long password');
    await db().update(users).set({ passwordHash }).where(eq(users.id, person.userId));
    await using server = await startServer(database);
    const email = `${person.userId}@hotfoot.test`;
    const url = `${server.url}/`;
    const byPassword = await createHotfootClient({ url, email, password: 'a long password' });
    const byToken = await createHotfootClient({ url, token: await tokenOf(db(), person) });
    expect(byPassword.viewer).toEqual(person);
    expect(byToken.viewer).toEqual(person);
    expect(await byToken.api.orders.mine.query()).toMatchObject({ view: { cards: [] } });
    await Promise.all([byPassword.close(), byToken.close()]);

    const wrong = createHotfootClient({ url, email, password: 'another password' });
    await expect(wrong).rejects.toSatisfy((e) => refusalOf(e).reason === 'wrong_credentials');
    const forged = createHotfootClient({ url, token: 'nonsense' });
    await expect(forged).rejects.toThrow('This token belongs to no session that lasts');
    expect(await createGuestClient(url).auth.me.query()).toBeNull();
  });

  it('goes on after its last event when the server comes back, without a repeat', async () => {
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    const first = await startServer(database);
    const { port, url } = first;
    const client = await createHotfootClient({ url, token });
    const feed = client.api.orders.watchMine.subscribe({});
    /** The next that is no ETA: their loop looks at the clock, whenever that is. */
    const next = async (): Promise<string> => {
      const { data } = (await feed.next()).value;
      if (data.kind !== 'event') return data.kind;
      const { type, streamId } = data.event;
      return type === 'order.eta_changed' ? next() : `${type} ${streamId}`;
    };
    const placed = async () => `order.placed ${await placeTestOrder(db(), town)}`;
    expect(await next()).toBe('snapshot');
    const seen = await placed();
    expect(await next()).toBe(seen);
    await first[Symbol.asyncDispose]();
    const missed = [await placed(), await placed()];
    await using _second = await startServer(database, { port });
    expect([await next(), await next()]).toEqual(missed);
    const live = await placed();
    expect(await next()).toBe(live);
    await client.close();
  });

  it('ends what is followed when it closes', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const client = await createHotfootClient({
      ...{ url: server.url, token: await tokenOf(db(), town.customer) },
    });
    const feed = client.api.orders.watchMine.subscribe({});
    await feed.next();
    await client.close();
    expect((await feed.next()).done).toBe(true);
  });
});

describe('a client for browsers', () => {
  it('holds no code of Node and none of the server, and needs nothing but fetch and WebSocket', async () => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `import { createHotfootClient } from 'hotfoot/client';
          const client = await createHotfootClient(JSON.parse(process.argv[2]));
          for await (const { data } of client.api.orders.watchMine.subscribe({})) {
            console.log(data.kind, client.viewer.name);
            break;
          }
          await client.close();`,
        resolveDir: process.cwd(),
      },
      ...{ bundle: true, minify: true, write: false, metafile: true },
      ...{ platform: 'browser', format: 'esm', target: 'es2022' },
    });
    const ours = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/'));
    expect(ours).toContain('src/client/browser.ts');
    expect(ours.filter((path) => !/^src\/(client|domain|trpc)\//.test(path))).toEqual([]);

    const town = await makeTown(db());
    await using server = await startServer(database);
    const options = { url: server.url, token: await tokenOf(db(), town.customer) };
    // The same two globals as a browser has.
    const script = join(mkdtempSync(join(tmpdir(), 'hotfoot-script-')), 'script.mjs');
    writeFileSync(script, outputFiles[0]?.contents ?? '');
    const args = ['--experimental-websocket', '--no-warnings', script, JSON.stringify(options)];
    const child = spawn(process.execPath, args);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        printed += text;
      });
    }
    await once(child, 'close');
    expect(printed).toBe('snapshot Cora Customer\n');
  });
});
