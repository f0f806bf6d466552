// A throw-away PostgreSQL of the machine's own packages, on loopback, for tests and benchmarks.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = '/usr/lib/postgresql';

/** The newest installed PostgreSQL (15 or later) that has PostGIS, or null. */
export function findPostgres() {
  if (!existsSync(ROOT)) return null;
  const versions = readdirSync(ROOT)
    .map(Number)
    .filter((version) => version >= 15 && existsSync(join(ROOT, `${version}`, 'bin', 'initdb')))
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .sort((a, b) => b - a);
  return versions[0] ? { version: versions[0], bin: join(ROOT, `${versions[0]}`, 'bin') } : null;
}

// initdb refuses to run as root: the package's own user runs it then.
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * Starts a fresh cluster in a temporary folder. `durable` keeps fsync on, as benchmarks must.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres({ durable = false, settings = [] } = {}) {
  const found = findPostgres();
  if (!found) throw new Error('no PostgreSQL with PostGIS is installed');
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-postgres-'));
  if (user.uid) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(found.bin, 'initdb'),
    ['-D', data, '-U', 'hotfoot', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const flags = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=300',
    'shared_buffers=256MB',
    'idle_in_transaction_session_timeout=60s',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  const server = spawn(join(found.bin, 'postgres'), ['-D', data, '-p', `${port}`, ...flags], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  process.once('exit', () => server.kill('SIGQUIT'));
  for (let tries = 0; ; tries += 1) {
    try {
      execFileSync(join(found.bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`]);
      break;
    } catch (error) {
      if (tries > 200 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    url: `postgres://hotfoot@127.0.0.1:${port}/postgres`,
    version: found.version,
    async stop() {
      server.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const server = await startPostgres({ durable: process.argv.includes('--durable') });
  console.log(server.url);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.stop().then(() => process.exit(0)));
  }
  setInterval(() => undefined, 60_000);
}
