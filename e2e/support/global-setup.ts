import { randomBytes } from 'node:crypto';
import { migrate } from '@/db/migrate';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startTestServer } from '@/db/testing/server';
import { seedDemoCity } from '@/server/demo-city';
import { writeRun } from './run';
import { startServer } from './start-server';

/** A database with the demo city and the built app on it, without the simulation. */
export default async function setup(): Promise<() => Promise<void>> {
  const database = await startTestServer();
  console.log(`  Browser tests run on ${database.title}.`);
  const name = `hotfoot_e2e_${process.pid}`;
  const url = database.kind === 'real' ? databaseUrl(database.url, name) : database.url;
  if (database.kind === 'real') await createDatabase(database.url, name);
  await migrate(url);
  await seedDemoCity(url);
  const secret = randomBytes(33).toString('base64url');
  const server = await startServer(url, secret);
  writeRun({ url: server.url, databaseUrl: url, secret });
  return async () => {
    await server.stop();
    if (database.kind === 'real') await dropDatabase(database.url, name);
    await database.stop();
  };
}
