import { randomBytes } from 'node:crypto';
import { copyDatabase, createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startTestServer, type TestServer } from '@/db/testing/server';
import { makeCity } from './city';
import { CITIES, folderOf, writeRun } from './run';
import { startServer } from './start-server';

/** As many databases as cities; the embedded server has a single one. */
async function makeCities(server: TestServer): Promise<string[]> {
  if (server.kind === 'embedded') {
    await makeCity(server.url);
    return [server.url];
  }
  const nameOf = (city: number) => `hotfoot_e2e_${process.pid}_${city}`;
  const urls = Array.from({ length: CITIES }, (_, city) => databaseUrl(server.url, nameOf(city)));
  await createDatabase(server.url, nameOf(0));
  await makeCity(urls[0] ?? '');
  for (let city = 1; city < CITIES; city += 1) {
    await copyDatabase(server.url, nameOf(city), nameOf(0));
  }
  return urls;
}

/** The built app on a demo city of its own for each worker, without the simulation. */
export default async function setup(): Promise<() => Promise<void>> {
  const database = await startTestServer();
  console.log(`  Browser tests run on ${database.title}, ${CITIES} at once.`);
  const urls = await makeCities(database);
  const servers = await Promise.all(
    urls.map(async (url, city) => {
      const secret = randomBytes(33).toString('base64url');
      const dataDir = `${folderOf(city)}/data`;
      const server = await startServer(url, secret, dataDir);
      writeRun(city, { url: server.url, databaseUrl: url, secret, dataDir });
      return server;
    }),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
    if (database.kind === 'real') {
      for (const url of urls) await dropDatabase(database.url, new URL(url).pathname.slice(1));
    }
    await database.stop();
  };
}
