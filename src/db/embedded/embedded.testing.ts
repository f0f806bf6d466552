import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { type EmbeddedOptions, startEmbedded } from './start';

const START_MS = 60_000;

/** One embedded database for the tests of a file, on data of its own. */
export function embeddedForFile(options: Pick<EmbeddedOptions, 'idleInTransactionMs'> = {}): {
  url(): string;
  pool(options?: postgres.Options<Record<string, never>>): postgres.Sql;
} {
  const pools: postgres.Sql[] = [];
  let url = '';

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'embedded-'));
    const db = await startEmbedded({ dataDir, ...options });
    url = db.url;
    return async () => {
      await db.stop();
      await rm(dataDir, { recursive: true });
    };
  }, START_MS);

  afterAll(async () => {
    await Promise.all(pools.map((sql) => sql.end({ timeout: 1 })));
  });

  return {
    url: () => url,
    pool(poolOptions = {}) {
      const sql = postgres(url, { max: 10, onnotice: () => {}, ...poolOptions });
      pools.push(sql);
      return sql;
    },
  };
}
