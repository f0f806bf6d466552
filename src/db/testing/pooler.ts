import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@/server/free-port';
import { serverUser } from './real-postgres';

const POOLER = '/usr/sbin/pgbouncer';
const READY_TRIES = 100;

/** Debian's package. */
export const poolerInstalled = (): boolean => existsSync(POOLER);

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** PgBouncer before the server of `url`, handing out transactions over few sessions, as hosters do. */
export async function startPooler(url: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new URL(url);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-pooler-'));
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(
    settings,
    `[databases]
* = host=${server.hostname} port=${server.port} user=${server.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
`,
  );
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const child = spawn(POOLER, [settings], { ...user, cwd: folder, stdio: 'ignore' });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > READY_TRIES || child.exitCode !== null) throw new Error('PgBouncer did not start');
    await wait(50);
  }
  const pooled = new URL(url);
  pooled.port = `${port}`;
  return {
    url: pooled.href,
    async stop() {
      end();
      await exited;
      process.off('exit', end);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
