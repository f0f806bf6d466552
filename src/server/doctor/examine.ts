import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Env, getEnv } from '@/config/env';
import { loadEnvFile } from '@/config/secrets';
import { type Connection, connect } from '@/db/client';
import { withDatabase } from '@/server/with-database';
import { examineAddress } from './examine-address';
import { examineDatabase } from './examine-database';
import { examineLink } from './examine-link';
import { examineKeys, examineNode, examinePort } from './examine-process';
import { examineSinks } from './examine-sinks';
import { type Finding, messageOf, ok, wrong } from './finding';

/** The database may be one that does not answer, on a link that is a black hole. */
const DATABASE_MS = 10_000;

async function onDatabase<T>(url: string, work: (db: Connection['db']) => Promise<T>): Promise<T> {
  const connection = connect(url, { max: 1 });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${DATABASE_MS / 1_000} s`)),
      DATABASE_MS,
    );
  });
  try {
    return await Promise.race([work(connection.db), late]);
  } finally {
    clearTimeout(timer);
    await connection.close();
  }
}

const hasDatabase = (env: Env) =>
  env.DATABASE_URL !== undefined || existsSync(join(env.DATA_DIR, 'password'));

async function examineWithDatabase(env: Env): Promise<Finding[]> {
  if (!hasDatabase(env)) {
    const unmade = ok('database', 'embedded; made by the first `npm start`');
    return [unmade, ...(await examineSinks(env, null))];
  }
  try {
    return await withDatabase(async (url) => {
      const findings = await onDatabase(url, (db) => examineDatabase(db));
      const sound = findings.every(({ state }) => state !== 'wrong');
      const sinks = sound
        ? await onDatabase(url, (db) => examineSinks(env, db))
        : await examineSinks(env, null);
      return [...findings, ...sinks];
    });
  } catch (error) {
    const mend = env.DATABASE_URL
      ? 'Check DATABASE_URL, and that the server runs and lets us in.'
      : 'Stop the other server of this folder, or set DATA_DIR to another one.';
    const sinks = await examineSinks(env, null);
    return [wrong('database', messageOf(error), mend), ...sinks];
  }
}

/** Looks at everything that Hotfoot needs and everything it was told to use. Changes nothing. */
export async function examine(): Promise<Finding[]> {
  const node = examineNode(process.versions.node);
  let env: Env;
  try {
    loadEnvFile();
    env = getEnv();
  } catch (error) {
    return [
      node,
      wrong('settings', messageOf(error), 'Correct them in the environment or in .env.local.'),
    ];
  }
  return [
    node,
    ok('settings', 'every variable can be read'),
    examineKeys(env),
    await examinePort(env),
    ...(await examineAddress(env)),
    await examineLink(env.REDIS_URL),
    ...(await examineWithDatabase(env)),
  ];
}
