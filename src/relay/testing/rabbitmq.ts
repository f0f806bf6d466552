import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'amqplib';
import { inheritedEnvironment } from '@/config/process-env';
import { freePort } from '@/server/free-port';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const READY_TRIES = 400;

/** Debian's package; nothing of the machine's own node is touched. */
export const rabbitInstalled = (): boolean => existsSync(SERVER);

async function answers(url: string): Promise<boolean> {
  try {
    await (await connect(url, { timeout: 1_000 })).close();
    return true;
  } catch {
    return false;
  }
}

/** A broker on loopback with a node name, ports, cookie and folder to itself. */
export async function startRabbit() {
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-rabbit-'));
  const [port, distPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const plugins = join(folder, 'enabled_plugins');
  writeFileSync(plugins, '[].\n');
  const env = {
    ...inheritedEnvironment(),
    HOME: folder,
    ERL_EPMD_PORT: `${epmdPort}`,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `hotfoot-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${distPort}`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_CONF_ENV_FILE: join(folder, 'no-env'),
  };
  // In the foreground and ours: one that the node starts itself would outlive it.
  const epmd = spawn('epmd', ['-port', `${epmdPort}`, '-address', '127.0.0.1'], {
    stdio: 'ignore',
  });
  process.once('exit', () => epmd.kill('SIGKILL'));
  const run = async () => {
    const server = spawn(SERVER, [], { env, cwd: folder, stdio: 'ignore', detached: true });
    const end = () => {
      if (server.pid !== undefined && server.exitCode === null) {
        try {
          process.kill(-server.pid, 'SIGKILL');
        } catch {
          // Gone already.
        }
      }
    };
    process.once('exit', end);
    for (let tries = 0; !(await answers(url)); tries += 1) {
      if (tries > READY_TRIES || server.exitCode !== null)
        throw new Error('RabbitMQ did not start');
      await wait(100);
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
    url,
    /** As by kill -9, with everything that belongs to it. */
    kill: () => kill(),
    /** Starts again on the same folder. */
    async restart() {
      kill = await run();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      epmd.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
