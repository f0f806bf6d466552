import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { poolerInstalled, startPooler } from '@/db/testing/pooler';
import { startTestServer } from '@/db/testing/server';
import { freePort } from '@/server/free-port';
import { startPusherServer } from '../pusher/server';
import { makeCity } from './city';
import { folderOf, writeRun } from './run';

/** Of ten messages one is lost, one comes twice, and one comes late. */
const FAULTS = { drop: 0.1, repeat: 0.1, reorder: 0.1 };
/** Seldom, as a cron job is: what must not wait for it does not. */
const TICK_EVERY_MS = 20_000;

const secret = () => randomBytes(33).toString('base64url');

async function startNext(env: Record<string, string>, port: number) {
  const child = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', `${port}`],
    {
      env: { ...process.env, ...env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const exited = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the pages ended with ${code}`)));
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/sign-in`).then(
      (response) => response.ok,
      () => false,
    );
  const ready = async () => {
    while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await Promise.race([ready(), exited]);
  exited.catch(() => undefined);
  return async () => {
    child.kill('SIGTERM');
    await exited.catch(() => undefined);
  };
}

/** Calls the cron route, twice at once; says what went wrong in it. */
function startTicker(url: string, cronSecret: string) {
  const tick = async () => {
    const response = await fetch(`${url}/api/cron/tick`, {
      headers: { authorization: `Bearer ${cronSecret}` },
    }).catch(() => null);
    if (response && !response.ok) console.error('the tick went wrong', await response.text());
  };
  const timer = setInterval(() => {
    void tick();
    void tick();
  }, TICK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Hosted mode: the Next app alone, without a server process of ours, beside Pusher with its faults. */
export default async function setup(): Promise<() => Promise<void>> {
  const database = await startTestServer();
  const name = `hotfoot_hosted_${process.pid}`;
  const real = database.kind === 'real';
  const url = real ? databaseUrl(database.url, name) : database.url;
  if (real) await createDatabase(database.url, name);
  await makeCity(url);
  // As on a hoster’s machines, where one is to be had.
  const pooler = real && poolerInstalled() ? await startPooler(url) : null;
  console.log(`  Hosted mode runs on ${database.title}${pooler ? ', through PgBouncer' : ''}.`);
  const app = { id: '1', key: 'hosted-test', secret: secret() };
  const pusher = await startPusherServer(app, { faults: FAULTS, seed: 7 });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const run = { url: origin, databaseUrl: url, secret: secret(), dataDir: `${folderOf(0)}/data` };
  const cronSecret = secret();
  const stopNext = await startNext(
    {
      DATABASE_URL: pooler?.url ?? url,
      DATABASE_POOLED: real ? 'on' : 'off',
      AUTH_SECRET: run.secret,
      NEXTAUTH_SECRET: run.secret,
      NEXTAUTH_URL: origin,
      AUTH_TRUST_HOST: 'true',
      PUBLIC_URL: origin,
      DATA_DIR: run.dataDir,
      CARDS: 'off',
      CRON_SECRET: cronSecret,
      PUSHER_APP_ID: app.id,
      PUSHER_KEY: app.key,
      PUSHER_SECRET: app.secret,
      PUSHER_ORIGIN: pusher.origin,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    port,
  );
  const stopTicker = startTicker(origin, cronSecret);
  writeRun(0, { ...run, pusherOrigin: pusher.origin, cronSecret });
  return async () => {
    stopTicker();
    await stopNext();
    console.log('  Messages of Pusher:', pusher.counts);
    await pusher.stop();
    await pooler?.stop();
    if (real) await dropDatabase(database.url, name);
    await database.stop();
  };
}
