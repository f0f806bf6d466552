import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { inheritedEnvironment } from '@/config/process-env';
import { connect } from './client';
import { migrate } from './migrate';
import { createDatabase, databaseUrl, dropDatabase } from './testing/databases';
import { ownServer, testDatabase } from './testing/test-database';

const database = testDatabase();

/** As a node does that starts: in a process of its own. */
const migrateElsewhere = (url: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/server/database.ts', 'migrate'], {
    env: { ...inheritedEnvironment(), DATABASE_URL: url },
  });

const count = async (url: string) => {
  const { db, close } = connect(url, { max: 1 });
  try {
    const [row] = await db.execute<{ applied: number; epochs: number; steps: number }>(sql`
      SELECT (SELECT count(*)::int FROM drizzle.__drizzle_migrations) AS applied,
        (SELECT count(*)::int FROM installation) AS epochs,
        (SELECT count(*)::int FROM machine_steps) AS steps`);
    return row;
  } finally {
    await close();
  }
};

describe('migrate', () => {
  it.runIf(database.real)(
    'brings a fresh database up once, though several processes begin at the same time',
    async () => {
      const server = ownServer();
      const name = `hotfoot_migrate_${randomUUID().slice(0, 8)}`;
      const url = databaseUrl(server.url, name);
      await createDatabase(server.url, name);
      try {
        await Promise.all([migrateElsewhere(url), migrateElsewhere(url), migrateElsewhere(url)]);
        const fresh = await count(url);
        expect(fresh).toMatchObject({ epochs: 1 });
        expect(fresh).toEqual(await count(databaseUrl(server.url, server.template)));
      } finally {
        await dropDatabase(server.url, name);
      }
    },
  );

  it('changes nothing where everything is done already', async () => {
    const before = await count(database.url);
    await migrate(database.url);
    await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(await count(database.url)).toEqual(before);
  });
});
