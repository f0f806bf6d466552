import { spawn } from 'node:child_process';
import { getEnv } from '@/config/env';
import { migrate } from '@/db/migrate';
import { reset } from '@/db/reset';
import { seedDemoCity } from './demo-city';
import { withDatabase } from './with-database';

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
      throw new Error('usage: npm run db:migrate | db:seed | db:reset | db:psql');
  }
}

withDatabase((url) => run(process.argv[2], url)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
