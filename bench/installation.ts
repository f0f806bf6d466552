import type { ChildProcess } from 'node:child_process';
import { startRedis } from '@/relay/testing/redis';
import { endChild, startChild } from './orders/children';

/** `one` process with everything; or a node without loops and a `worker`, Redis between them; or two `nodes` of that kind. */
export const FORMS = ['one', 'worker', 'nodes'] as const;
export type Form = (typeof FORMS)[number];

/** By command lines: a worker's matches the first alone. */
export const INSTALLATION_PARTS = {
  worker: /platform-process\.ts \S+ \S+ worker/,
  server: /platform-process/,
  redis: /redis-server/,
};

export type Installation = {
  /** Of the nodes. */
  ports: number[];
  nodes: ChildProcess[];
  stop(): Promise<void>;
};

/** The platform as people run it, see `deploy/compose.yaml`; `node`: flags of its processes. */
export async function startInstallation(
  form: Form,
  options: { databaseUrl: string; secret: string; node: readonly string[] },
): Promise<Installation> {
  const { databaseUrl, secret, node } = options;
  const redis = form === 'one' ? null : await startRedis();
  const start = (role: 'all' | 'web' | 'worker') =>
    startChild(
      'bench/platform-process.ts',
      [databaseUrl, secret, role, ...(redis ? [redis.url] : [])],
      node,
    );
  const worker = redis ? await start('worker') : null;
  const nodes = [await start(redis ? 'web' : 'all')];
  if (form === 'nodes') nodes.push(await start('web'));
  return {
    ports: nodes.map(({ port }) => port),
    nodes: nodes.map(({ child }) => child),
    async stop() {
      for (const { child } of nodes) await endChild(child);
      if (worker) await endChild(worker.child);
      await redis?.[Symbol.asyncDispose]();
    },
  };
}
