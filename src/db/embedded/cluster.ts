import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, gzip } from 'node:zlib';
import { type Extension, PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { joinTar, tarEntries } from './tar';

const packages = createRequire(import.meta.url);

// The stack depth goes with the --stack-size that the process is started with: the engine dies of
// a JavaScript stack overflow. 200 kB holds with 3,900 kB, except in JSON nested 100,000 deep.
const START_PARAMETERS = [
  'shared_buffers=32MB',
  'max_stack_depth=200kB',
  'min_wal_size=32MB',
  'max_wal_size=256MB',
].flatMap((setting) => ['-c', setting]);

// Raster, topology and the geocoder take 0.35 GB of memory and 0.9 s of each start.
const POSTGIS_PARTS =
  /^(?:lib\/postgresql\/postgis-3\.so|share\/proj\/.*|share\/postgresql\/extension\/postgis(?:\.control|--\d[\d.]*\.sql))$/;

/**
 * Opens the cluster in `<dataDir>/postgres`, making it first if there is none. The database that
 * it opens has PostGIS. A cluster is put in place in one step: a broken first start leaves none.
 */
export async function openCluster(dataDir: string, log: (line: string) => void): Promise<PGlite> {
  const directory = join(dataDir, 'postgres');
  const bundle = await postgisBundle(dataDir);
  if (!existsSync(directory)) {
    const fresh = join(dataDir, 'postgres.new');
    await rm(fresh, { recursive: true, force: true });
    const snapshot = snapshotPath();
    if (existsSync(snapshot)) {
      await unpack(await promisify(brotliDecompress)(await readFile(snapshot)), fresh);
    } else {
      log('making the embedded database without a snapshot: this takes about 10 seconds');
      await makeCluster(fresh, bundle);
    }
    await rename(fresh, directory);
  }
  const pg = await open(directory, bundle);
  await pg.exec('create extension if not exists postgis');
  return pg;
}

/** Makes a cluster with PostGIS in `directory`, which must not exist, from nothing. */
export async function makeCluster(directory: string, bundle: URL): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pg = await open(directory, bundle, ['-c', 'wal_recycle=off']);
  await pg.exec('create extension postgis');
  await pg.exec('vacuum (freeze, analyze)');
  await pg.exec('select pg_switch_wal()');
  await pg.exec('checkpoint');
  await pg.close();
}

/** Where the snapshot for the installed versions is, or would be. */
export const snapshotPath = (): string =>
  join(
    import.meta.dirname,
    `snapshot-${installed('@electric-sql/pglite').version}-${installed('@electric-sql/pglite-postgis').version}.tar.br`,
  );

/** The part of the PostGIS package that is used, kept in the data directory. */
export async function postgisBundle(dataDir: string): Promise<URL> {
  const { version, entry } = installed('@electric-sql/pglite-postgis');
  const path = join(dataDir, `postgis-${version}.tar.gz`);
  if (!existsSync(path)) {
    const whole = await promisify(gunzip)(await readFile(join(dirname(entry), 'postgis.tar.gz')));
    const parts = [...tarEntries(whole)].filter(({ name }) => POSTGIS_PARTS.test(name));
    await writeFile(
      `${path}.new`,
      await promisify(gzip)(joinTar(parts.map(({ raw }) => raw)), { level: 1 }),
    );
    await rename(`${path}.new`, path);
  }
  return pathToFileURL(path);
}

function open(directory: string, bundle: URL, parameters: string[] = []): Promise<PGlite> {
  const slimPostgis: Extension = {
    name: postgis.name,
    setup: async (pg, options) => ({
      ...(await postgis.setup(pg, options)),
      bundlePath: bundle,
    }),
  };
  return PGlite.create(directory, {
    extensions: { postgis: slimPostgis, pg_trgm, btree_gist },
    startParams: [...PGlite.defaultStartParams, ...START_PARAMETERS, ...parameters],
  });
}

async function unpack(archive: Buffer, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const { name, directory: isDirectory, data } of tarEntries(archive)) {
    const path = join(directory, name);
    if (isDirectory) await mkdir(path, { recursive: true, mode: 0o700 });
    else await writeFile(path, data, { mode: 0o600 });
  }
}

/** What a cluster's files fit. */
export const installedVersions = () => ({
  pglite: installed('@electric-sql/pglite').version,
  postgis: installed('@electric-sql/pglite-postgis').version,
});

function installed(name: string): { version: string; entry: string } {
  const entry = packages.resolve(name);
  const manifest: unknown = packages(join(dirname(entry), '../package.json'));
  if (typeof manifest !== 'object' || !manifest || !('version' in manifest)) {
    throw new Error(`${name} has no version`);
  }
  return { version: String(manifest.version), entry };
}
