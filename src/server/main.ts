import { join } from 'node:path';
import { DATABASE_DEADLINE_MS, type Env, getEnv } from '@/config/env';
import { ensureCardsSecret, ensureSecret, loadEnvFile } from '@/config/secrets';
import { sinkSettings } from '@/config/sinks';
import { startEmbedded } from '@/db/embedded/start';
import { isLostTypesQuery } from '@/db/lost-types-query';
import { migrate } from '@/db/migrate';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { PUSH_HOSTS } from '@/domain/push';
import type { CardSettings } from '@/payments/open';
import { outsideGeocoder } from '@/services/outside-geocoder';
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
import { serveStaticFiles } from './static-files';

const THIS_MACHINE = ['127.0.0.0/8', '::1'];
const POOL_SIZE = 10;
/** The embedded database runs one thing at a time: more connections only wait. */
const EMBEDDED_POOL_SIZE = 4;
/** What waits behind something long there is not lost; and if its process ends, so does this one. */
const EMBEDDED_DEADLINE_MS = 15_000;

type Stoppable = { stop(): Promise<void> };

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

function sayWhy(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n  Hotfoot could not start. ${message}\n\n`);
}

async function main(): Promise<void> {
  loadEnvFile();
  const secret = ensureSecret('AUTH_SECRET');
  const cardsSecret = ensureCardsSecret();
  const cards: CardSettings = cardsSecret
    ? { provider: 'sandbox', secret: cardsSecret }
    : { provider: 'off' };
  const env = getEnv();
  refuseDemoInProduction(env);
  const isTrusted = trustedProxies(env.TRUSTED_PROXIES ?? THIS_MACHINE);
  const dev = process.argv.includes('--dev');
  const log = openLog(env.LOG_LEVEL);
  const { onError } = log;

  process.on('unhandledRejection', (error) => {
    if (!isLostTypesQuery(error)) throw error;
    onError(error, 'connection');
  });

  const open: Stoppable[] = [];
  let started = false;
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const part of open.reverse()) {
      await part.stop().catch((error: unknown) => onError(error, 'stop'));
    }
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop(0));
  }

  try {
    const { url, embedded } = await openDatabase(env, (line) => log.info(line));
    if (embedded) {
      open.push(embedded);
      void embedded.exited.then((code) => {
        if (stopping) return;
        log.fatal({ code }, 'the embedded database has ended');
        void stop(1);
      });
    }
    await migrate(url);
    const deadlineMs =
      env.DATABASE_DEADLINE_MS ?? (embedded ? EMBEDDED_DEADLINE_MS : DATABASE_DEADLINE_MS);
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
        DATABASE_DEADLINE_MS: `${deadlineMs}`,
        AUTH_SECRET: secret,
        NEXTAUTH_SECRET: secret,
        AUTH_TRUST_HOST: 'true',
        NEXT_TELEMETRY_DISABLED: '1',
        ...(env.PUBLIC_URL ? { NEXTAUTH_URL: env.PUBLIC_URL } : {}),
        // Here are sockets: channels of others are for where there are none.
        ...{ PUSHER_APP_ID: '', PUSHER_KEY: '', PUSHER_SECRET: '' },
        ...{ PUSHER_CLUSTER: '', PUSHER_ORIGIN: '' },
        CARDS: cards.provider,
        ...(cardsSecret ? { SANDBOX_CARDS_SECRET: cardsSecret } : {}),
        NODE_ENV: dev ? 'development' : 'production',
      },
      isTrusted,
      log: (line) => log.debug(line),
    });
    open.push(pages);
    const proofs = pictureFiles(join(env.DATA_DIR, 'proofs'));
    const platform = await startPlatform({
      proofs,
      databaseUrl: url,
      secret,
      poolSize: embedded ? EMBEDDED_POOL_SIZE : POOL_SIZE,
      deadlineMs,
      canListen: !embedded && env.DATABASE_POOLED !== 'on',
      pooled: env.DATABASE_POOLED === 'on',
      redisUrl: env.REDIS_URL,
      relay: {
        smtpUrl: env.SMTP_URL,
        folder: join(env.DATA_DIR, 'mail'),
        from: env.EMAIL_FROM,
        publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
        smsGatewayUrl: env.SMS_GATEWAY_URL,
        sinks: sinkSettings(env),
        push: {
          contact: `mailto:${env.EMAIL_FROM.replace(/^.*<|>$/g, '')}`,
          allowedHosts: env.PUSH_HOSTS ?? PUSH_HOSTS,
        },
      },
      cards,
      outsideGeocoder: env.GEOCODER_URL
        ? outsideGeocoder({
            url: env.GEOCODER_URL,
            perSecond: env.GEOCODER_PER_SECOND,
            onError: (error) => log.warn({ err: error }, 'the outside geocoder does not answer'),
          })
        : undefined,
      onError,
      onDatabase: (up) =>
        up
          ? log.info('the database answers again')
          : log.warn('the database does not answer: requests are refused until it does'),
      onRedis: (up) =>
        up
          ? log.info('nodes tell each other by Redis')
          : log.warn('Redis is away: nodes go by the database until it is back'),
    });
    open.push(platform);
    const gateway = createLiveGateway({
      ...{ deps: platform.deps, publicUrl: env.PUBLIC_URL, isTrusted },
    });
    const door = await openFrontDoor({
      port: env.PORT,
      host: env.HOST,
      publicUrl: env.PUBLIC_URL,
      isTrusted,
      deps: platform.deps,
      gateway,
      sandbox: platform.sandbox,
      proofs,
      photos: pictureFiles(join(env.DATA_DIR, 'photos')),
      pages,
      isAway: platform.isAway,
      files: dev ? null : serveStaticFiles(),
      ops: openOps({
        ...{ platform, gateway, isTrusted, metricsToken: env.METRICS_TOKEN },
        isOpen: () => started && !stopping,
      }),
    });
    open.push(door);
    platform.sandbox?.sendTo(`http://127.0.0.1:${door.port}`);
    await pages.ready();
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
      open.push(simulation);
    }
    greet(address, demo);
  } catch (error) {
    sayWhy(error);
    await stop(1);
  }
}

main().catch((error: unknown) => {
  sayWhy(error);
  process.exit(1);
});
