import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEnv } from '@/config/env';
import { startEmbedded } from '@/db/embedded/start';
import { testsRunOn } from '@/db/testing/find-postgres';
import { startPostgres } from '@/db/testing/real-postgres';

export type TestServer = {
  /** `embedded` serialises transactions: races and interleaving need a real server. */
  kind: 'real' | 'embedded';
  url: string;
  /** For people: which server the tests run on. */
  title: string;
  stop(): Promise<void>;
};

/**
 * The database server of a test run: TEST_DATABASE_URL if set, else an installed PostgreSQL with
 * PostGIS, else the embedded one. TEST_DATABASE=embedded asks for the embedded one.
 */
export async function startTestServer(): Promise<TestServer> {
  const { TEST_DATABASE_URL } = getEnv();
  if (testsRunOn(getEnv()) === 'embedded') {
    const dataDir = mkdtempSync(join(tmpdir(), 'hotfoot-test-'));
    const embedded = await startEmbedded({ dataDir });
    return {
      kind: 'embedded',
      url: embedded.url,
      title: 'the embedded PostgreSQL + PostGIS',
      async stop() {
        await embedded.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  }
  if (TEST_DATABASE_URL) {
    return {
      kind: 'real',
      url: TEST_DATABASE_URL,
      title: 'the PostgreSQL of TEST_DATABASE_URL',
      stop: async () => undefined,
    };
  }
  const server = await startPostgres();
  return {
    kind: 'real',
    url: server.url,
    title: `an installed PostgreSQL ${server.version} + PostGIS`,
    stop: server.stop,
  };
}
