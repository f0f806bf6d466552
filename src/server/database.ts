import { spawn } from 'node:child_process';
import { getEnv } from '@/config/env';
import { loadEnvFile } from '@/config/secrets';
import { connect } from '@/db/client';
import { readEmbeddedUrl, startEmbedded } from '@/db/embedded/start';
import { migrate } from '@/db/migrate';
import { reset } from '@/db/reset';
import { seedDemoCity } from './demo-city';

/** The embedded database of this folder, if a server has it open now; its file outlives a crash. */
async function runningEmbedded(dataDir: string): Promise<string | null> {
  const url = await readEmbeddedUrl(dataDir);
  if (!url) return null;
  const { sql, close } = connect(url, { max: 1 });
  try {
    await sql`SELECT 1`;
    return url;
  } catch {
    return null;
  } finally {
    await close();
  }
}

/** The `npm run db:*` commands, on DATABASE_URL or on the embedded database. */
async function run(command: string | undefined): Promise<void> {
  loadEnvFile();
  const { DATABASE_URL, DATA_DIR, NODE_ENV } = getEnv();
  const running = DATABASE_URL ?? (await runningEmbedded(DATA_DIR));
  const started = running ? null : await startEmbedded({ dataDir: DATA_DIR });
  const url = running ?? started?.url;
  if (!url) throw new Error('no database');
  try {
    switch (command) {
      case 'migrate':
        return await migrate(url);
      case 'seed':
        await migrate(url);
        await seedDemoCity(url);
        return;
      case 'reset':
        if (NODE_ENV === 'production') throw new Error('db:reset does not run in production');
        await reset(url);
        return await migrate(url);
      case 'psql':
        await new Promise((resolve) =>
          spawn('psql', [url], { stdio: 'inherit' }).once('exit', resolve),
        );
        return;
      default:
        throw new Error('usage: npm run db:migrate | db:seed | db:reset | db:psql');
    }
  } finally {
    await started?.stop();
  }
}

run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
