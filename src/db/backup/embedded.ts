import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { connect } from '@/db/client';
import { installedVersions } from '@/db/embedded/cluster';
import { DataDirHeld, takeLock } from '@/db/embedded/lock';
import { startEmbedded } from '@/db/embedded/start';
import { joinTar, tarEntries, tarEntry } from '@/db/embedded/tar';
import { migrate } from '@/db/migrate';
import { NEW_HISTORY } from './new-history';

/** The first entry of an archive: what made it. */
const LABEL = 'hotfoot-embedded-database.json';
const CLUSTER = 'postgres';

/** Has the data directory to itself for as long as `work` takes. */
async function alone<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // The lock names a port: who finds it held asks there whether its holder lives.
  const port = createServer();
  await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
  const address = port.address();
  const release = await takeLock(
    dataDir,
    typeof address === 'object' && address ? address.port : 0,
  ).catch((error: unknown) => {
    port.close();
    throw error instanceof DataDirHeld
      ? new Error(`${error.message}: stop the server, then try again.`)
      : error;
  });
  try {
    return await work();
  } finally {
    await release();
    port.close();
  }
}

async function entriesUnder(folder: string, name: string): Promise<Buffer[]> {
  const entries = [tarEntry(`${name}/`, null)];
  for (const one of await readdir(join(folder, name), { withFileTypes: true })) {
    const path = `${name}/${one.name}`;
    if (one.isDirectory()) entries.push(...(await entriesUnder(folder, path)));
    else entries.push(tarEntry(path, await readFile(join(folder, path))));
  }
  return entries;
}

/** Copies the embedded database of `dataDir` into a file, while nobody has it open. */
export async function backUpEmbedded(dataDir: string, file: string): Promise<void> {
  await alone(dataDir, async () => {
    const cluster = await entriesUnder(dataDir, CLUSTER).catch(() => {
      throw new Error(`There is no embedded database in ${dataDir} yet.`);
    });
    const label = tarEntry(LABEL, Buffer.from(JSON.stringify(installedVersions())));
    await writeFile(`${file}.unfinished`, await promisify(gzip)(joinTar([label, ...cluster])), {
      mode: 0o600,
    });
    await rename(`${file}.unfinished`, file);
  });
}

async function readArchive(file: string) {
  const packed = await readFile(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  const broken = new Error(`${file} is no backup of an embedded database, or is not whole.`);
  const archive = await promisify(gunzip)(packed).catch(() => {
    throw broken;
  });
  const [label, ...entries] = tarEntries(archive);
  if (label?.name !== LABEL) throw broken;
  const [made, here] = [label.data.toString(), JSON.stringify(installedVersions())];
  if (made !== here) {
    throw new Error(`${file} was made by ${made}; here is ${here}: restore it with that version.`);
  }
  return entries;
}

/** Puts the database of a file in place of the one in `dataDir`, which is kept beside it until the next time. */
export async function restoreEmbedded(dataDir: string, file: string): Promise<void> {
  const entries = await readArchive(file);
  await alone(dataDir, async () => {
    // Made ready beside the old one, so that whatever goes wrong leaves that as it was.
    const fresh = join(dataDir, 'restored');
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    for (const { name, directory, data } of entries) {
      if (directory) await mkdir(join(fresh, name), { recursive: true, mode: 0o700 });
      else await writeFile(join(fresh, name), data, { mode: 0o600 });
    }
    const { url, stop } = await startEmbedded({ dataDir: fresh });
    const { db, close } = connect(url, { max: 1 });
    try {
      await db.execute(sql.raw(NEW_HISTORY));
    } finally {
      await close();
    }
    await migrate(url);
    await stop();
    const before = join(dataDir, `${CLUSTER}.before`);
    await rm(before, { recursive: true, force: true });
    await rename(join(dataDir, CLUSTER), before).catch(() => undefined);
    await rename(join(fresh, CLUSTER), join(dataDir, CLUSTER));
    await rm(fresh, { recursive: true, force: true });
  });
}
