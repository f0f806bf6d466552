import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { makeCluster, postgisBundle, snapshotPath } from '@/db/embedded/cluster';
import { joinTar, tarEntry } from '@/db/embedded/tar';

/** Makes the snapshot that a first start unpacks. Run it after an update of the PGlite packages. */
async function main(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'embedded-snapshot-'));
  try {
    const cluster = join(scratch, 'postgres');
    await makeCluster(cluster, await postgisBundle(scratch));
    const names = await readdir(cluster, { recursive: true, withFileTypes: true });
    const entries: Buffer[] = [];
    for (const file of names) {
      if (file.name === 'postmaster.pid') continue;
      const path = join(file.parentPath, file.name);
      const name = relative(cluster, path).split(sep).join('/');
      entries.push(
        file.isDirectory() ? tarEntry(`${name}/`, null) : tarEntry(name, await readFile(path)),
      );
    }
    const archive = joinTar(entries);
    const packed = await promisify(brotliCompress)(archive, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: archive.length,
      },
    });
    await writeFile(snapshotPath(), packed);
    process.stdout.write(`${snapshotPath()}: ${packed.length} bytes for ${archive.length}\n`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

await main();
