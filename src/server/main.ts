import { type Env, getEnv } from '@/config/env';
import { ensureSecret, loadEnvFile } from '@/config/secrets';
import { startEmbedded } from '@/db/embedded/start';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { startTracing } from '@/telemetry/start';
import { trustedProxies } from './forwarded';
import { openLog } from './log';
import { startPages } from './pages';
import { orSayWhy, runProcess } from './run-process';
import { cardSettings, deadlineMs, THIS_MACHINE } from './settings';

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

  await runProcess(log.onError, async (running) => {
    const { opened, isStopping, stop } = running;
    // Loading the rest takes a second: meanwhile the database and the pages' process start.
    const loading = import('./node');
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
      ...{ isTrusted, log },
    });
    opened(pages);
    const { startNode } = await loading;
    const { address, demo } = await startNode({
      ...{ env, secret, cards, dev, log, isTrusted, pages, running },
      database: { url, embedded: embedded !== null },
    });
    greet(address, demo);
  });
}

orSayWhy(main);
