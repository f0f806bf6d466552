import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inheritedEnvironment } from '@/config/process-env';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { type RealPostgres, startPostgres } from '@/db/testing/real-postgres';
import { startTcpProxy, type TcpProxy } from '@/db/testing/tcp-proxy';
import { ensured } from '@/domain/errors';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { seedDemoCity } from '@/server/demo-city';
import { freePort } from '@/server/free-port';
import { type Disk, smallDisk } from './disk';

const SECRET = 'a secret for chaos that is long enough';
/** It must keep what it has confirmed, however it ends; and its disk can be made slow, which nobody waits for without fsync. */
const DATABASE_SETTINGS = [
  ...['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'],
  ...['max_wal_size=128MB', 'commit_siblings=0'],
];

/** A link to a server of this machine, and its address by that link. */
async function linkTo(serverUrl: string): Promise<{ link: TcpProxy; url: string }> {
  const url = new URL(serverUrl);
  const link = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = `${link.port}`;
  return { link, url: url.href };
}

/** A server process, and its own link to the database. */
export class Node {
  #child: ChildProcess | null = null;
  #stopping = false;

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly databaseUrl: string,
    readonly link: TcpProxy,
    private readonly redisUrl: string,
    private readonly role: 'node' | 'worker',
    private readonly log: (line: string) => void,
  ) {}

  static async start(
    servers: { databaseUrl: string; redisUrl: string },
    role: 'node' | 'worker',
    log: (line: string) => void,
  ): Promise<Node> {
    const { link, url } = await linkTo(servers.databaseUrl);
    const port = await freePort();
    const own = `http://127.0.0.1:${port}`;
    const node = new Node(own, port, url, link, servers.redisUrl, role, log);
    await node.run();
    return node;
  }

  /** Until it is ready; one that can't start yet, or ends by itself, is started again. */
  async run(): Promise<void> {
    const about = [this.databaseUrl, SECRET, `${this.port}`, this.redisUrl, this.role];
    const child = spawn(process.execPath, ['--import', 'tsx', 'bench/chaos/node.ts', ...about], {
      env: inheritedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (piece: Buffer) => this.log(piece.toString().trimEnd()));
    }
    const first = await Promise.race([
      once(child, 'message').then(() => 'ready' as const),
      once(child, 'exit').then(() => 'ended' as const),
    ]);
    if (first === 'ready' || this.#stopping) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await this.run();
  }

  /** Its clock goes so far ahead of the real one, milliseconds. */
  jumpClock(ms: number): void {
    this.#child?.send(ms, () => undefined);
  }

  async kill(): Promise<void> {
    const child = ensured(this.#child, 'a process');
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.kill();
    await this.link.stop();
  }
}

/** A database and a Redis of its own, two nodes and a worker on them, and a way to look at it past all links. */
export type System = {
  postgres: RealPostgres;
  redis: Awaited<ReturnType<typeof startRedis>>;
  /** Of all to Redis. */
  redisLink: TcpProxy;
  nodes: Node[];
  worker: Node;
  disk: Disk | null;
  direct: Connection;
  stop(): Promise<void>;
};

export async function startSystem(log: (line: string) => void): Promise<System> {
  if (!redisInstalled()) throw new Error('Redis is missing: Debian’s package is redis-server');
  const disk = smallDisk();
  const postgres = await startPostgres({
    settings: DATABASE_SETTINGS,
    ...(disk ? { inside: disk.folder } : {}),
  });
  await migrate(postgres.url);
  await seedDemoCity(postgres.url);
  const redis = await startRedis();
  const { link: redisLink, url: redisUrl } = await linkTo(redis.url);
  const direct = connect(postgres.url, { max: 4 });
  const servers = { databaseUrl: postgres.url, redisUrl };
  const nodes = [await Node.start(servers, 'node', log), await Node.start(servers, 'node', log)];
  const worker = await Node.start(servers, 'worker', log);
  return {
    ...{ postgres, redis, redisLink, nodes, worker, disk, direct },
    async stop() {
      for (const node of [...nodes, worker]) await node.stop();
      await direct.close();
      await redisLink.stop();
      await redis[Symbol.asyncDispose]();
      await postgres.stop();
      disk?.remove();
    },
  };
}
