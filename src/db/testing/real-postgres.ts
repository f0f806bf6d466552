import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@/server/free-port';
import { findPostgres } from './find-postgres';

/** initdb refuses to run as root: the package's own user runs it then. */
export function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

export type RealPostgres = {
  url: string;
  version: number;
  /** Stops it, connections or not, and starts it again as it was. */
  restart(): Promise<void>;
  /** Kills it, as a power cut would. */
  kill(): Promise<void>;
  /** Until it answers: started anew if it has ended, by a kill or by itself; it recovers. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

const READY_TRIES = 200;

/**
 * Starts a fresh cluster in a temporary folder, on loopback. `durable` keeps fsync on, as benchmarks
 * must; tests do without. `settings` are `name=value`, as in its configuration file.
 */
export async function startPostgres({
  durable = false,
  settings: asked = [],
  inside = tmpdir(),
}: {
  durable?: boolean;
  settings?: readonly string[];
  /** The folder that has the cluster's own folder. */
  inside?: string;
} = {}): Promise<RealPostgres> {
  const found = findPostgres();
  if (!found) throw new Error('no PostgreSQL 15+ with PostGIS is installed');
  const user = serverUser();
  const folder = mkdtempSync(join(inside, 'hotfoot-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    `${found.bin}/initdb`,
    ['-D', data, '-U', 'hotfoot', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=300',
    'shared_buffers=256MB',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...asked,
  ].flatMap((setting) => ['-c', setting]);
  const spawnServer = () =>
    spawn(`${found.bin}/postgres`, ['-D', data, '-p', `${port}`, ...settings], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
  let server = spawnServer();
  process.once('exit', () => server.kill('SIGQUIT'));

  const isReady = () => {
    try {
      execFileSync(`${found.bin}/pg_isready`, ['-q', '-h', '127.0.0.1', '-p', `${port}`]);
      return true;
    } catch {
      return false;
    }
  };
  const ready = async () => {
    for (let tries = 0; !isReady(); tries += 1) {
      if (tries > READY_TRIES || server.exitCode !== null)
        throw new Error('PostgreSQL did not start');
      await wait(50);
    }
  };
  const stopped = async () => {
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
  };
  /** What a killed server's processes still hold is free when the last of them is gone. */
  const hasEnded = () => server.exitCode !== null || server.signalCode !== null;
  const started = async () => {
    for (let tries = 0; tries <= READY_TRIES; tries += 1) {
      if (hasEnded()) server = spawnServer();
      while (!hasEnded() && !isReady()) await wait(50);
      if (!hasEnded()) return;
      await wait(100);
    }
    throw new Error('PostgreSQL did not start again');
  };
  await ready();
  return {
    url: `postgres://hotfoot@127.0.0.1:${port}/postgres`,
    version: found.version,
    async restart() {
      await stopped();
      server = spawnServer();
      await ready();
    },
    async kill() {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    },
    start: started,
    async stop() {
      await stopped();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
