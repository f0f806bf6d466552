import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiDeps } from '@/api/context';
import { upsertPositions } from '@/db/queries/drivers';
import { openFrontDoor } from '@/server/front-door';
import { SOCKET_LIMITS } from '@/server/guarded-socket';
import { createLiveGateway } from '@/server/live-gateway';
import { startPlatform } from '@/server/platform';

/**
 * The server process of `bench:positions`: everything of the platform but its pages, with the limits of a
 * connection lifted. `each` instead of `batched` writes every position in a statement of its own.
 */
const [databaseUrl = '', secret = '', how = 'batched'] = process.argv.slice(2);
const onError = (error: unknown, where: string) => console.error(where, error);
const NO_LIMIT = { burst: 1e9, perSecond: 1e9 };

const platform = await startPlatform({
  ...{ databaseUrl, secret, poolSize: 10, canListen: true, cards: { provider: 'off' }, onError },
  deadlineMs: 60_000,
  relay: {
    ...{ smtpUrl: undefined, folder: join(tmpdir(), 'hotfoot-bench-mail') },
    ...{ from: 'Hotfoot <hello@hotfoot.test>', publicUrl: 'http://hotfoot.test' },
    sinks: { webhooks: { allowPrivate: false, httpsOnly: true } },
    push: { contact: 'mailto:hello@hotfoot.test', allowedHosts: [] },
  },
});

/** What the batches are measured against: latest and history of one position in one statement. */
function oneStatementEach({ db }: ApiDeps): ApiDeps['positions'] {
  let last: Promise<void> = Promise.resolve();
  return {
    record(row) {
      last = upsertPositions(db, [row], [row]);
      // At the end connections are closed while statements still wait.
      last.catch(() => undefined);
    },
    written: () => last,
  };
}

const deps: ApiDeps =
  how === 'each' ? { ...platform.deps, positions: oneStatementEach(platform.deps) } : platform.deps;
const gateway = createLiveGateway({
  deps,
  publicUrl: undefined,
  isTrusted: () => false,
  limits: { ...SOCKET_LIMITS, perAddress: Number.POSITIVE_INFINITY, messages: NO_LIMIT },
  positionLimits: { frames: NO_LIMIT, fixes: NO_LIMIT },
});
const door = await openFrontDoor({
  ...{ port: 0, host: '127.0.0.1', deps, gateway, sandbox: null, pages: null, files: null },
  isTrusted: () => false,
  ops: null,
});

process.on('message', (message) => {
  if (message === 'usage')
    process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss });
  if (message !== 'stop') return;
  void door
    .stop()
    .then(() => platform.stop())
    .finally(() => process.exit(0));
});
process.send?.({ port: door.port });
