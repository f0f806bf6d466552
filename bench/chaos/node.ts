import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_DEADLINE_MS } from '@/config/env';
import { isLostTypesQuery } from '@/db/lost-types-query';
import { unavailability } from '@/db/unavailable';
import { openFrontDoor } from '@/server/front-door';
import { SOCKET_LIMITS } from '@/server/guarded-socket';
import { createLiveGateway } from '@/server/live-gateway';
import { startPlatform } from '@/server/platform';
import { jumpClock } from './clock';

/** A node of `npm run chaos`: everything of the platform but its pages, the loops included; or a worker, `role`. */
const [databaseUrl = '', secret = '', port = '0', redisUrl, role] = process.argv.slice(2);

const onError = (error: unknown, where: string) => {
  if (unavailability(error)) return;
  console.error(where, error);
};
process.on('unhandledRejection', (error) => {
  if (!isLostTypesQuery(error)) throw error;
});

const platform = await startPlatform({
  ...{ databaseUrl, secret, poolSize: 10, canListen: true, deadlineMs: DATABASE_DEADLINE_MS },
  ...{ cards: { provider: 'sandbox', secret }, redisUrl },
  ...{ role: role === 'worker' ? 'worker' : 'all', onError },
  relay: {
    ...{ smtpUrl: undefined, folder: join(tmpdir(), `hotfoot-chaos-mail-${process.pid}`) },
    ...{ from: 'Hotfoot <hello@hotfoot.test>', publicUrl: 'http://hotfoot.test' },
    sinks: { webhooks: { allowPrivate: false, httpsOnly: true } },
    push: { contact: 'mailto:hello@hotfoot.test', allowedHosts: [] },
  },
});
async function openDoor(): Promise<void> {
  const isTrusted = () => false;
  const gateway = createLiveGateway({
    ...{ deps: platform.deps, publicUrl: undefined, isTrusted, limits: SOCKET_LIMITS },
  });
  const door = await openFrontDoor({
    ...{ port: Number(port), host: '127.0.0.1', deps: platform.deps, gateway, isTrusted },
    ...{ sandbox: platform.sandbox, pages: null, files: null, ops: null },
  });
  platform.sandbox?.sendTo(`http://127.0.0.1:${door.port}`);
}

if (role !== 'worker') await openDoor();
process.on('message', (jumpMs: number) => jumpClock(jumpMs));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
