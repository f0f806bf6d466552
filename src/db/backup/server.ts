import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '@/db/client';
import { migrate } from '@/db/migrate';
import { findProgram, runProgram } from './client-programs';
import { NEW_HISTORY } from './new-history';

async function asking<T>(url: string, ask: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = connect(url, { max: 1 });
  try {
    return await ask(db);
  } finally {
    await close();
  }
}

const majorOf = async (db: Database): Promise<number> => {
  const [row] = await db.execute<{ number: number }>(
    sql`SELECT current_setting('server_version_num')::int / 10000 AS number`,
  );
  return row?.number ?? 0;
};

/** Writes the whole database into a file, as it is at one moment, while everything goes on. */
export async function backUpServer(url: string, file: string): Promise<void> {
  const dump = findProgram('pg_dump', await asking(url, majorOf));
  const unfinished = `${file}.unfinished`;
  const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${unfinished}`, url];
  try {
    await runProgram(dump, args);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** A restored database under servers that know another history would be read from places that it does not have. */
async function refuseInUse(db: Database): Promise<void> {
  const [row] = await db.execute<{ sessions: number }>(sql`
    SELECT count(*)::int AS sessions FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'hotfoot' AND pid <> pg_backend_pid()`);
  if (row && row.sessions > 0) {
    throw new Error(
      `${row.sessions} connections of Hotfoot are open on this database: stop all nodes, then try again.`,
    );
  }
}

/** Puts the database of a file in place of what is there, whole or not at all; see `NEW_HISTORY`. */
export async function restoreServer(url: string, file: string): Promise<void> {
  await access(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  const major = await asking(url, async (db) => {
    await refuseInUse(db);
    return majorOf(db);
  });
  const [restore, psql] = [findProgram('pg_restore', major), findProgram('psql', major)];
  const folder = await mkdtemp(`${file}.restoring-`);
  try {
    // Read to its end first: a file that is broken changes nothing.
    const script = join(folder, 'script.sql');
    await runProgram(restore, ['--no-owner', '--no-privileges', `--file=${script}`, file]);
    await runProgram(psql, [
      ...['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1'],
      '--command=DROP SCHEMA IF EXISTS drizzle CASCADE',
      '--command=DROP SCHEMA IF EXISTS public CASCADE',
      // The image of PostGIS puts these into every database, and so into every file.
      '--command=DROP SCHEMA IF EXISTS tiger, tiger_data, topology CASCADE',
      '--command=CREATE SCHEMA public',
      `--file=${script}`,
      '--command=SET search_path = public',
      `--command=${NEW_HISTORY}`,
      url,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await migrate(url);
}
