import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getEnv } from '@/config/env';
import { ensureSecret, loadEnvFile } from '@/config/secrets';
import { migrate } from '@/db/migrate';
import { startTracing } from '@/telemetry/start';
import { trustedProxies } from './forwarded';
import { openLog } from './log';
import { openOps } from './ops';
import { startPlatform } from './platform';
import { orSayWhy, runProcess } from './run-process';
import { cardSettings, platformSettings, THIS_MACHINE } from './settings';
import { sendJson } from './web-door';

/**
 * A worker: the loops alone, for nodes that say LOOPS=off. Any number of them share the rounds out by leases.
 * On its port it answers monitors: `/health`, `/ready`, `/metrics`.
 */
async function main(): Promise<void> {
  loadEnvFile();
  const secret = ensureSecret('AUTH_SECRET');
  const cards = cardSettings();
  const env = getEnv();
  const log = openLog(env.LOG_LEVEL);
  const { DATABASE_URL: url } = env;
  if (!url) {
    throw new Error(
      'A worker needs DATABASE_URL: the embedded database belongs to the process that serves pages.',
    );
  }
  await runProcess(log.onError, async ({ opened, isStopping }) => {
    if (env.OTEL_EXPORTER_OTLP_ENDPOINT) {
      opened(await startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, 'worker'));
    }
    await migrate(url);
    const platform = await startPlatform({
      ...platformSettings(env, { database: { url, embedded: false }, secret, cards, log }),
      role: 'worker',
    });
    opened(platform);
    const isTrusted = trustedProxies(env.TRUSTED_PROXIES ?? THIS_MACHINE);
    const { doors } = openOps({
      ...{ platform, isTrusted, metricsToken: env.METRICS_TOKEN },
      gateway: { connections: () => 0 },
      isOpen: () => !isStopping(),
    });
    const server = createServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?', 1);
      if (!doors.handle(request, response, path)) {
        sendJson(response, 404, { error: 'A worker serves nobody.' });
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(env.PORT, env.HOST, resolve);
    });
    opened({
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    // A server that listens on a port has such an address.
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`\n  A worker of Hotfoot is ready, its health on port ${port}\n\n`);
  });
}

orSayWhy(main);
