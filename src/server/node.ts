import { join } from 'node:path';
import type { Env } from '@/config/env';
import { migrate } from '@/db/migrate';
import type { CardSettings } from '@/payments/open';
import { type Supervised, supervise } from './children';
import { isDemoInstallation, seedDemoCity } from './demo-city';
import type { TrustedProxies } from './forwarded';
import { openFrontDoor } from './front-door';
import { createLiveGateway } from './live-gateway';
import type { Log } from './log';
import { openOps } from './ops';
import type { Pages } from './pages';
import { pictureFiles } from './picture-files';
import { startPlatform } from './platform';
import type { RunningProcess } from './run-process';
import { platformSettings } from './settings';
import { serveStaticFiles } from './static-files';

/** Brings the database up to date, then opens the port: where, and whether it shows the demo city. */
export async function startNode(options: {
  env: Env;
  database: { url: string; embedded: boolean };
  secret: string;
  cards: CardSettings;
  dev: boolean;
  log: Log;
  isTrusted: TrustedProxies;
  /** Their process has been started: they are asked for once there is a database to read. */
  pages: Pages;
  running: RunningProcess;
}): Promise<{ address: string; demo: boolean }> {
  const { env, database, secret, cards, dev, log, isTrusted, pages } = options;
  const { opened, isStopping } = options.running;
  const { url, embedded } = database;
  let started = false;
  await migrate(url);
  const production = env.NODE_ENV === 'production';
  const simulate = (env.DEMO ?? (embedded && !production ? 'on' : 'off')) === 'on';
  if (simulate || (embedded && !production)) await seedDemoCity(url);
  const demo = await isDemoInstallation(url);
  if (demo && production) {
    throw new Error(
      'This database holds the demo city, whose passwords are public. Use another DATABASE_URL, or unset NODE_ENV=production.',
    );
  }
  const haveAnswered = pages.ready();
  const settings = platformSettings(env, { database, secret, cards, log });
  const role = env.LOOPS === 'off' ? 'web' : 'all';
  const platform = await startPlatform({ ...settings, role });
  opened(platform);
  const gateway = createLiveGateway({
    ...{ deps: platform.deps, publicUrl: env.PUBLIC_URL, isTrusted },
  });
  // Nobody is let in before there are pages: a proxy takes a port that is open for a node that is ready.
  await haveAnswered;
  const door = await openFrontDoor({
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    isTrusted,
    deps: platform.deps,
    gateway,
    sandbox: platform.sandbox,
    proofs: settings.proofs,
    photos: pictureFiles(join(env.DATA_DIR, 'photos')),
    pages,
    isAway: platform.isAway,
    files: dev ? null : serveStaticFiles(),
    ops: openOps({
      ...{ platform, gateway, isTrusted, metricsToken: env.METRICS_TOKEN },
      isOpen: () => started && !isStopping(),
    }),
  });
  opened(door);
  platform.sandbox?.sendTo(`http://127.0.0.1:${door.port}`);
  started = true;
  const address = env.PUBLIC_URL ?? `http://localhost:${door.port}`;
  if (simulate) {
    const simulation: Supervised = supervise({
      name: 'simulation',
      command: [
        process.execPath,
        '--import',
        'tsx',
        'src/simulation/cli.ts',
        '--url',
        `http://127.0.0.1:${door.port}`,
      ],
      env: {},
      log,
    });
    opened(simulation);
  }
  return { address, demo };
}
