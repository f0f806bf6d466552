import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Enough for the city, its orders and the database's own log. */
const SIZE = '1g';

/** A disk that can be filled without harm to anybody else. */
export type Disk = {
  folder: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  remove(): void;
};

/** One in memory; null where none can be mounted, as without the rights of root. */
export function smallDisk(): Disk | null {
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  if (status !== 0) {
    rmdirSync(folder);
    return null;
  }
  // The server runs as another user.
  chmodSync(folder, 0o755);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      spawnSync('fallocate', ['--length', `${bavail * bsize}`, ballast]);
    },
    empty: () => rmSync(ballast, { force: true }),
    remove() {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}
