import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Database } from '@/db/client';
import { startEmbedded } from '@/db/embedded/start';
import { migrate } from '@/db/migrate';
import { readWatermark } from '@/db/queries/events';
import { makeTown } from '@/db/testing/town';
import { backUpEmbedded, restoreEmbedded } from './embedded';

let folder = '';
let dataDir = '';
let file = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotfoot-embedded-backup-'));
  dataDir = join(folder, 'data');
  file = join(folder, 'hotfoot.backup');
});
afterAll(() => rm(folder, { recursive: true }));

async function running<T>(work: (db: Database, url: string) => Promise<T>): Promise<T> {
  const { url, stop } = await startEmbedded({ dataDir });
  const { db, close } = connect(url, { max: 1 });
  try {
    return await work(db, url);
  } finally {
    await close();
    await stop();
  }
}

const look = (db: Database) =>
  Promise.all([
    readWatermark(db).then(({ epoch }) => epoch),
    db
      .execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM restaurants`)
      .then(([row]) => row?.n),
  ]);

it('the embedded database is restored as it was when it was copied, as another history', async () => {
  await expect(backUpEmbedded(dataDir, file)).rejects.toThrow(/There is no embedded database/);
  const [epoch] = await running(async (db, url) => {
    await migrate(url);
    await makeTown(db);
    // Its files change under whoever copies them.
    await expect(backUpEmbedded(dataDir, file)).rejects.toThrow(/stop the server/);
    return look(db);
  });
  await backUpEmbedded(dataDir, file);
  await running((db) => makeTown(db));
  await restoreEmbedded(dataDir, file);
  const restored = await running(async (db) => {
    const found = await look(db);
    await makeTown(db);
    return found;
  });
  expect(restored[1]).toBe(1);
  expect(restored[0]).not.toBe(epoch);

  const broken = join(folder, 'broken.backup');
  await writeFile(broken, 'no backup at all');
  await expect(restoreEmbedded(dataDir, broken)).rejects.toThrow(/is no backup/);
  await cp(join(folder, 'data', 'password'), broken);
  await expect(restoreEmbedded(dataDir, broken)).rejects.toThrow(/is no backup/);
  expect((await running(look))[1]).toBe(2);
}, 120_000);
