import 'server-only';
import type { ApiDeps } from '@/api/context';
import { isBlocked, sessionReader } from '@/auth/session';
import { DATABASE_DEADLINE_MS, getEnv } from '@/config/env';
import { readHosted } from '@/config/hosted';
import { connect } from '@/db/client';
import { dialTcp } from '@/db/dial';
import { plainError, withoutPeople } from '@/domain/plain-error';
import { PUSH_HOSTS } from '@/domain/push';
import { type Hosted, openHosted } from '@/hosted/open';
import { type CardSettings, openProviders } from '@/payments/open';
import { Hub } from '@/realtime/hub';
import { PositionFeed } from '@/realtime/positions';
import { webhookSender } from '@/relay/webhook';

const POOL_SIZE = 5;

/** What the Next process shares between its requests; `hosted`: where there is no server process of ours. */
type Runtime = { deps: ApiDeps; hosted: Hosted | null };

function open(): Runtime {
  const { DATABASE_URL, AUTH_SECRET, CARDS, SANDBOX_CARDS_SECRET } = getEnv();
  const { NODE_ENV, PUSH_HOSTS: pushHosts = PUSH_HOSTS, WEBHOOK_ALLOW_PRIVATE } = getEnv();
  const { DATABASE_POOLED, DATABASE_DEADLINE_MS: deadlineMs = DATABASE_DEADLINE_MS } = getEnv();
  const settings = readHosted();
  if (!DATABASE_URL || !AUTH_SECRET) {
    throw new Error('DATABASE_URL and AUTH_SECRET are needed: start with `npm start`');
  }
  const pooled = (DATABASE_POOLED ?? (settings ? 'on' : 'off')) === 'on';
  const { db } = connect(DATABASE_URL, { max: POOL_SIZE, pooled, deadlineMs, dial: dialTcp });
  const now = () => new Date();
  const onError = (error: unknown, path: string) =>
    console.error(withoutPeople(path), JSON.stringify(plainError(error)));
  const hub = new Hub();
  const positions = new PositionFeed(db, hub, (error) => onError(error, 'positions'));
  const cards: CardSettings =
    CARDS === 'sandbox' && SANDBOX_CARDS_SECRET
      ? { provider: 'sandbox', secret: SANDBOX_CARDS_SECRET }
      : { provider: 'off' };
  const deps: ApiDeps = {
    db,
    // Sockets live in the server process: nobody listens here, its tail sees what is written here.
    hub,
    positions,
    payments: openProviders(db, cards, { now }),
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
  return settings ? openHosted(settings, deps, positions, cards) : { deps, hosted: null };
}

// Next may load this module more than once in a process: the pool is shared through globalThis.
const shared = globalThis as { hotfootRuntime?: Runtime };

function shareRuntime(): Runtime {
  shared.hotfootRuntime ??= open();
  return shared.hotfootRuntime;
}

export const runtime = (): ApiDeps => shareRuntime().deps;

/** Hosted mode's own parts; null elsewhere. */
export const hosted = (): Hosted | null => shareRuntime().hosted;
