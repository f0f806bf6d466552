import type { TestProject } from 'vitest/node';
import { migrate } from '@/db/migrate';
import { startTestServer } from './server';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: { kind: 'real' | 'embedded'; url: string; template: string };
  }
}

/** One server for all database tests, with a migrated template that each file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  process.stdout.write(`  Database tests run on ${server.title}.\n`);
  const template = `hotfoot_template_${process.pid}`;
  if (server.kind === 'real') {
    const { createDatabase, dropDatabase, databaseUrl } = await import('./databases');
    await createDatabase(server.url, template);
    await migrate(databaseUrl(server.url, template));
    project.provide('databaseServer', { kind: server.kind, url: server.url, template });
    return async () => {
      await dropDatabase(server.url, template);
      await server.stop();
    };
  }
  await migrate(server.url);
  project.provide('databaseServer', { kind: server.kind, url: server.url, template });
  return server.stop;
}
