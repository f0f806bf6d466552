import type { TestProject } from 'vitest/node';
import { getEnv } from '@/config/env';
import { migrate } from '@/db/migrate';
import { createDatabase, databaseUrl, dropDatabase } from './databases';
import { serversFor } from './find-postgres';
import { startTestServer, type TestServer } from './server';

type Provided = { kind: TestServer['kind']; url: string; template: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker. */
    databaseServers: Provided[];
  }
}

const TEMPLATE = `hotfoot_template_${process.pid}`;

/** A server with a migrated template that each file copies; the embedded one is migrated itself. */
async function prepare(): Promise<{ server: TestServer; provided: Provided }> {
  const server = await startTestServer();
  const { kind, url } = server;
  if (kind === 'real') await createDatabase(url, TEMPLATE);
  await migrate(kind === 'real' ? databaseUrl(url, TEMPLATE) : url);
  return { server, provided: { kind, url, template: TEMPLATE } };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prepared = await Promise.all(Array.from({ length: serversFor(getEnv()) }, prepare));
  for (const { server } of prepared.slice(0, 1)) {
    process.stdout.write(`  Database tests run on ${server.title}, ${prepared.length} at once.\n`);
  }
  project.provide(
    'databaseServers',
    prepared.map(({ provided }) => provided),
  );
  return async () => {
    for (const { server } of prepared) {
      if (server.kind === 'real') await dropDatabase(server.url, TEMPLATE);
      await server.stop();
    }
  };
}
