import { spawn } from 'node:child_process';
import { getEnv } from '@/config/env';
import { loadEnvFile } from '@/config/secrets';
import { backUpEmbedded, restoreEmbedded } from '@/db/backup/embedded';
import { backUpServer, restoreServer } from '@/db/backup/server';
import { migrate } from '@/db/migrate';
import { reset } from '@/db/reset';
import { seedDemoCity } from './demo-city';
import { withDatabase } from './with-database';

const USAGE =
  'usage: npm run db:migrate | db:seed | db:reset | db:psql | db:backup -- <file> | db:restore -- <file>';

/** The `npm run db:*` commands, on DATABASE_URL or on the embedded database. */
async function run(command: string | undefined, url: string): Promise<void> {
  switch (command) {
    case 'migrate':
      return migrate(url);
    case 'seed':
      await migrate(url);
      await seedDemoCity(url);
      return;
    case 'reset':
      if (getEnv().NODE_ENV === 'production') {
        throw new Error('db:reset does not run in production');
      }
      await reset(url);
      return migrate(url);
    case 'psql':
      await new Promise((resolve) =>
        spawn('psql', [url], { stdio: 'inherit' }).once('exit', resolve),
      );
      return;
    default:
      throw new Error(USAGE);
  }
}

/** Copies all of the database into a file, or puts such a file in its place. */
async function copy(command: 'backup' | 'restore', file: string | undefined): Promise<void> {
  if (!file) throw new Error(USAGE);
  loadEnvFile();
  const { DATABASE_URL, DATA_DIR } = getEnv();
  if (command === 'backup') {
    if (DATABASE_URL) await backUpServer(DATABASE_URL, file);
    else await backUpEmbedded(DATA_DIR, file);
    console.log(
      `  The database is in ${file}. Pictures lie in ${DATA_DIR}/photos and ${DATA_DIR}/proofs.`,
    );
    return;
  }
  if (DATABASE_URL) await restoreServer(DATABASE_URL, file);
  else await restoreEmbedded(DATA_DIR, file);
  console.log('  The database is that of the file. Pages that are open will begin afresh.');
}

const [, , command, file] = process.argv;
const done =
  command === 'backup' || command === 'restore'
    ? copy(command, file)
    : withDatabase((url) => run(command, url));
done.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
