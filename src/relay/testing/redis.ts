import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '@/server/free-port';

const SERVER = '/usr/bin/redis-server';
const READY_TRIES = 100;

/** Debian's package. */
export const redisInstalled = (): boolean => existsSync(SERVER);

async function answers(port: number): Promise<boolean> {
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** A Redis on loopback with a folder to itself, which keeps every write. */
export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-redis-'));
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const run = async () => {
    const server = spawn(SERVER, [...settings, '--appendonly', 'yes', '--appendfsync', 'always'], {
      stdio: 'ignore',
    });
    const end = () => server.kill('SIGKILL');
    process.once('exit', end);
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > READY_TRIES || server.exitCode !== null) throw new Error('Redis did not start');
      await wait(50);
    }
    return async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      end();
      await exited;
    };
  };
  let kill = await run();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => kill(),
    async restart() {
      kill = await run();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
