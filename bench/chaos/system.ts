import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inheritedEnvironment } from '@/config/process-env';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { type RealPostgres, startPostgres } from '@/db/testing/real-postgres';
import { startTcpProxy, type TcpProxy } from '@/db/testing/tcp-proxy';
import { ensured } from '@/domain/errors';
import { seedDemoCity } from '@/server/demo-city';
import { freePort } from '@/server/free-port';

const SECRET = 'a secret for chaos that is long enough';
/** It must keep what it has confirmed, however it ends; a killed process loses nothing of the page cache. */
const DATABASE_SETTINGS = ['synchronous_commit=on', 'full_page_writes=on'];

/** A server process, and its own link to the database. */
export class Node {
  #child: ChildProcess | null = null;
  #stopping = false;

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly databaseUrl: string,
    readonly link: TcpProxy,
    private readonly log: (line: string) => void,
  ) {}

  static async start(databaseUrl: string, log: (line: string) => void): Promise<Node> {
    const { hostname, port: databasePort } = new URL(databaseUrl);
    const link = await startTcpProxy({ host: hostname, port: Number(databasePort) });
    const linked = new URL(databaseUrl);
    linked.port = `${link.port}`;
    const port = await freePort();
    const node = new Node(`http://127.0.0.1:${port}`, port, linked.href, link, log);
    await node.run();
    return node;
  }

  /** Until it is ready; one that can't start yet, or ends by itself, is started again. */
  async run(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'bench/chaos/node.ts', this.databaseUrl, SECRET, `${this.port}`],
      { env: inheritedEnvironment(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
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

/** A database of its own, two nodes on it, and a way to look at it past all links. */
export type System = {
  postgres: RealPostgres;
  nodes: Node[];
  direct: Connection;
  stop(): Promise<void>;
};

export async function startSystem(log: (line: string) => void): Promise<System> {
  const postgres = await startPostgres({ settings: DATABASE_SETTINGS });
  await migrate(postgres.url);
  await seedDemoCity(postgres.url);
  const direct = connect(postgres.url, { max: 4 });
  const nodes = [await Node.start(postgres.url, log), await Node.start(postgres.url, log)];
  return {
    ...{ postgres, nodes, direct },
    async stop() {
      for (const node of nodes) await node.stop();
      await direct.close();
      await postgres.stop();
    },
  };
}
