import { join } from 'node:path';
import { DATABASE_DEADLINE_MS, type Env } from '@/config/env';
import { ensureCardsSecret } from '@/config/secrets';
import { sinkSettings } from '@/config/sinks';
import { PUSH_HOSTS } from '@/domain/push';
import type { CardSettings } from '@/payments/open';
import { outsideGeocoder } from '@/services/outside-geocoder';
import type { openLog } from './log';
import { pictureFiles } from './picture-files';
import type { startPlatform } from './platform';

/** Proxies whose word is taken where nothing else is said. */
export const THIS_MACHINE = ['127.0.0.0/8', '::1'];
const POOL_SIZE = 10;
/** The embedded database runs one thing at a time: more connections only wait. */
const EMBEDDED_POOL_SIZE = 4;
/** What waits behind something long there is not lost; and if its process ends, so does this one. */
const EMBEDDED_DEADLINE_MS = 15_000;

type PlatformOptions = Parameters<typeof startPlatform>[0];

/** Which cards are taken, and by which secret. */
export function cardSettings(): CardSettings {
  const secret = ensureCardsSecret();
  return secret ? { provider: 'sandbox', secret } : { provider: 'off' };
}

/** How long the database may leave something unanswered, milliseconds. */
export const deadlineMs = (env: Env, embedded: boolean): number =>
  env.DATABASE_DEADLINE_MS ?? (embedded ? EMBEDDED_DEADLINE_MS : DATABASE_DEADLINE_MS);

/** Everything that the environment says of a platform, for nodes and workers alike. */
export function platformSettings(
  env: Env,
  parts: {
    database: { url: string; embedded: boolean };
    secret: string;
    cards: CardSettings;
    log: ReturnType<typeof openLog>;
  },
): PlatformOptions & Required<Pick<PlatformOptions, 'proofs'>> {
  const { database, log } = parts;
  return {
    proofs: pictureFiles(join(env.DATA_DIR, 'proofs')),
    databaseUrl: database.url,
    secret: parts.secret,
    poolSize: database.embedded ? EMBEDDED_POOL_SIZE : POOL_SIZE,
    deadlineMs: deadlineMs(env, database.embedded),
    canListen: !database.embedded && env.DATABASE_POOLED !== 'on',
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
    cards: parts.cards,
    outsideGeocoder: env.GEOCODER_URL
      ? outsideGeocoder({
          url: env.GEOCODER_URL,
          perSecond: env.GEOCODER_PER_SECOND,
          onError: (error) => log.warn({ err: error }, 'the outside geocoder does not answer'),
        })
      : undefined,
    ...{ onError: log.onError, onCall: log.onCall },
    onDatabase: (up) =>
      up
        ? log.info('the database answers again')
        : log.warn('the database does not answer: requests are refused until it does'),
    onRedis: (up) =>
      up
        ? log.info('nodes tell each other by Redis')
        : log.warn('Redis is away: nodes go by the database until it is back'),
  };
}
