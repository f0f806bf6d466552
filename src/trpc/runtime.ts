import 'server-only';
import type { ApiDeps } from '@/api/context';
import { isBlocked, sessionReader } from '@/auth/session';
import { getEnv } from '@/config/env';
import { connect } from '@/db/client';
import { PUSH_HOSTS } from '@/domain/push';
import { openProviders } from '@/payments/open';
import { Hub } from '@/realtime/hub';
import { PositionFeed } from '@/realtime/positions';
import { webhookSender } from '@/relay/webhook';

const POOL_SIZE = 5;

function open(): ApiDeps {
  const { DATABASE_URL, AUTH_SECRET, CARDS, SANDBOX_CARDS_SECRET } = getEnv();
  const { NODE_ENV, PUSH_HOSTS: pushHosts = PUSH_HOSTS, WEBHOOK_ALLOW_PRIVATE } = getEnv();
  if (!DATABASE_URL || !AUTH_SECRET) {
    throw new Error('DATABASE_URL and AUTH_SECRET are needed: start with `npm start`');
  }
  const { db } = connect(DATABASE_URL, { max: POOL_SIZE });
  const now = () => new Date();
  const onError = (error: unknown, path: string) => console.error(path, error);
  const hub = new Hub();
  return {
    db,
    // Sockets live in the server process: nobody listens here, its tail sees what is written here.
    hub,
    positions: new PositionFeed(db, hub, (error) => onError(error, 'positions')),
    payments: openProviders(
      db,
      CARDS === 'sandbox' && SANDBOX_CARDS_SECRET
        ? { provider: 'sandbox', secret: SANDBOX_CARDS_SECRET }
        : { provider: 'off' },
      { now },
    ),
    committed: () => undefined,
    getSession: sessionReader({ db, secret: AUTH_SECRET, now }),
    isBlocked: (credentials) => isBlocked({ db, secret: AUTH_SECRET }, credentials),
    secret: AUTH_SECRET,
    now,
    pushHosts,
    webhooks: webhookSender({
      allowPrivate: WEBHOOK_ALLOW_PRIVATE === 'on',
      httpsOnly: NODE_ENV === 'production',
    }),
    onError,
  };
}

// Next may load this module more than once in a process: the pool is shared through globalThis.
const shared = globalThis as { hotfootRuntime?: ApiDeps };

/** What the Next process shares between its requests. */
export function runtime(): ApiDeps {
  shared.hotfootRuntime ??= open();
  return shared.hotfootRuntime;
}
