import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDeps } from '@/api/context';
import { DATABASE_DEADLINE_MS } from '@/config/env';
import type { Database } from '@/db/client';
import { isLostTypesQuery } from '@/db/lost-types-query';
import { unavailability } from '@/db/unavailable';
import { openFrontDoor } from '@/server/front-door';
import { SOCKET_LIMITS } from '@/server/guarded-socket';
import { createLiveGateway } from '@/server/live-gateway';
import { startPlatform } from '@/server/platform';
import { wallClock } from './peers/peer';

/**
 * The platform in a process of its own, for measuring: everything but its pages, with its usual limits but
 * for sockets of one address, since all of a load come from this machine; what its role leaves out is
 * another's. It notes when the commit of each order was answered, and tells on `commits`.
 */
export type ToPlatform = 'commits' | 'memory';
export type Commits = [orderId: string, at: number][];

const ROLES = ['all', 'web', 'worker'] as const;

const [databaseUrl = '', secret = '', as = 'all', redisUrl] = process.argv.slice(2);
const role = ROLES.find((known) => known === as) ?? 'all';
const onError = (error: unknown, where: string) => {
  if (unavailability(error)) overloads += 1;
  else console.error(where, error);
};
let overloads = 0;
process.on('unhandledRejection', (error) => {
  if (!isLostTypesQuery(error)) throw error;
});
process.on('exit', () => {
  if (overloads > 0) console.log(`${overloads} times the database was too late for the platform`);
});

const platform = await startPlatform({
  ...{ databaseUrl, secret, poolSize: 10, canListen: true, deadlineMs: DATABASE_DEADLINE_MS },
  ...{ cards: { provider: 'off' }, role, redisUrl, onError },
  relay: {
    ...{ smtpUrl: undefined, folder: join(tmpdir(), `hotfoot-bench-mail-${process.pid}`) },
    ...{ from: 'Hotfoot <hello@hotfoot.test>', publicUrl: 'http://hotfoot.test' },
    sinks: { webhooks: { allowPrivate: false, httpsOnly: true } },
    push: { contact: 'mailto:hello@hotfoot.test', allowedHosts: [] },
  },
});

let commits: Commits = [];

function noting(db: Database): Database {
  const transaction: Database['transaction'] = async (work, config) => {
    const answer = await db.transaction(work, config);
    const placed = answer as { orderId?: string; number?: number } | null | undefined;
    if (placed?.orderId && placed.number) commits.push([placed.orderId, wallClock()]);
    return answer;
  };
  return Object.assign(Object.create(db), { transaction });
}

const deps: ApiDeps = { ...platform.deps, db: noting(platform.deps.db) };

async function openDoor(): Promise<number> {
  const isTrusted = () => false;
  const gateway = createLiveGateway({
    ...{ deps, publicUrl: undefined, isTrusted },
    limits: { ...SOCKET_LIMITS, perAddress: Number.POSITIVE_INFINITY },
  });
  const { port } = await openFrontDoor({
    ...{ port: 0, host: '127.0.0.1', deps, gateway, isTrusted },
    ...{ sandbox: null, pages: null, files: null, ops: null },
  });
  return port;
}

const port = role === 'worker' ? 0 : await openDoor();
process.on('message', (message: ToPlatform) => {
  if (message === 'memory') {
    globalThis.gc?.();
    process.send?.(process.memoryUsage());
    return;
  }
  process.send?.(commits);
  commits = [];
});
process.once('disconnect', () => process.exit(0));
process.send?.({ port });
