import { join } from 'node:path';
import { type Env, getEnv } from '@/config/env';
import { ensureSecret, loadEnvFile } from '@/config/secrets';
import { startEmbedded } from '@/db/embedded/start';
import { migrate } from '@/db/migrate';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { startTracing } from '@/telemetry/start';
import { type Supervised, supervise } from './children';
import { isDemoInstallation, seedDemoCity } from './demo-city';
import { trustedProxies } from './forwarded';
import { openFrontDoor } from './front-door';
import { createLiveGateway } from './live-gateway';
import { openLog } from './log';
import { openOps } from './ops';
import { startPages } from './pages';
import { pictureFiles } from './picture-files';
import { startPlatform } from './platform';
import { orSayWhy, runProcess } from './run-process';
import { cardSettings, deadlineMs, platformSettings, THIS_MACHINE } from './settings';
import { serveStaticFiles } from './static-files';

function refuseDemoInProduction(env: Env): void {
  if (env.NODE_ENV === 'production' && env.DEMO === 'on') {
    throw new Error(
      'DEMO=on and NODE_ENV=production exclude each other: the demo’s passwords are public. Unset one of them.',
    );
  }
}

async function openDatabase(env: Env, log: (line: string) => void) {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, embedded: null };
  const embedded = await startEmbedded({ dataDir: env.DATA_DIR, log });
  return { url: embedded.url, embedded };
}

function greet(url: string, demo: boolean): void {
  const lines = ['', `  Hotfoot is ready: ${url}`, ''];
  if (demo) {
    lines.push('  Sign in as');
    for (const { role, email } of DEMO_SIGN_INS) {
      lines.push(`    ${role.padEnd(9)} ${email.padEnd(24)} ${DEMO_PASSWORD}`);
    }
    lines.push('');
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  loadEnvFile();
  const secret = ensureSecret('AUTH_SECRET');
  const cards = cardSettings();
  const env = getEnv();
  refuseDemoInProduction(env);
  const isTrusted = trustedProxies(env.TRUSTED_PROXIES ?? THIS_MACHINE);
  const dev = process.argv.includes('--dev');
  const log = openLog(env.LOG_LEVEL, {
    changes: env.NODE_ENV === 'production' ? 'info' : 'debug',
  });
  let started = false;

  await runProcess(log.onError, async ({ opened, isStopping, stop }) => {
    if (env.OTEL_EXPORTER_OTLP_ENDPOINT) {
      opened(await startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, 'node'));
    }
    const { url, embedded } = await openDatabase(env, (line) => log.info(line));
    if (embedded) {
      opened(embedded);
      void embedded.exited.then((code) => {
        if (isStopping()) return;
        log.fatal({ code }, 'the embedded database has ended');
        void stop(1);
      });
    }
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

    const pages = await startPages({
      dev,
      env: {
        DATABASE_URL: url,
        DATABASE_DEADLINE_MS: `${deadlineMs(env, embedded !== null)}`,
        AUTH_SECRET: secret,
        NEXTAUTH_SECRET: secret,
        AUTH_TRUST_HOST: 'true',
        NEXT_TELEMETRY_DISABLED: '1',
        ...(env.PUBLIC_URL ? { NEXTAUTH_URL: env.PUBLIC_URL } : {}),
        // Here are sockets: channels of others are for where there are none.
        ...{ PUSHER_APP_ID: '', PUSHER_KEY: '', PUSHER_SECRET: '' },
        ...{ PUSHER_CLUSTER: '', PUSHER_ORIGIN: '' },
        CARDS: cards.provider,
        ...(cards.provider === 'sandbox' ? { SANDBOX_CARDS_SECRET: cards.secret } : {}),
        NODE_ENV: dev ? 'development' : 'production',
      },
      isTrusted,
      log: (line) => log.debug(line),
    });
    opened(pages);
    const settings = platformSettings(env, {
      ...{ database: { url, embedded: embedded !== null }, secret, cards, log },
    });
    const platform = await startPlatform({
      ...settings,
      role: env.LOOPS === 'off' ? 'web' : 'all',
    });
    opened(platform);
    const gateway = createLiveGateway({
      ...{ deps: platform.deps, publicUrl: env.PUBLIC_URL, isTrusted },
    });
    // Nobody is let in before there are pages: a proxy takes a port that is open for a node that is ready.
    await pages.ready();
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
        log: (line) => log.debug(line),
      });
      opened(simulation);
    }
    greet(address, demo);
  });
}

orSayWhy(main);
