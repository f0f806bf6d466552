import type { ApiDeps } from '@/api/context';
import { isBlocked, sessionReader } from '@/auth/session';
import { type Connection, connect } from '@/db/client';
import { dialTcp } from '@/db/dial';
import { keepVapidKey } from '@/db/queries/notices';
import { readInstallation } from '@/db/queries/users';
import type { LogEvent } from '@/domain/events';
import { type CardSettings, openProviders } from '@/payments/open';
import { DriverIndex } from '@/realtime/driver-index';
import { Hub } from '@/realtime/hub';
import type { NodeLink } from '@/realtime/node-link';
import { PositionFeed } from '@/realtime/positions';
import { type HeardElsewhere, PositionsElsewhere } from '@/realtime/positions-elsewhere';
import { openRedisLink } from '@/realtime/redis-link';
import { startTail, type Tail } from '@/realtime/tail';
import { type EmailOptions, openMails } from '@/relay/email';
import { closeSinks, openSinks, type SinkSettings } from '@/relay/open-sinks';
import { freshVapidKey, type PushOptions, pushSender } from '@/relay/push';
import { smsSender } from '@/relay/sms';
import type { OutsideGeocoder, ServiceContext } from '@/services/context';
import { keepBrokers } from '@/services/keep-brokers';
import type { PictureStore } from '@/services/picture-store';
import { type Loops, NO_LOOPS, startLoops } from './loops';
import { openReplayThreads } from './replay-threads';
import { type SandboxCards, startSandboxCards } from './sandbox-cards';

/** Everything of a server process but its ports: the database, the log's tail, the hub, the loops. */
export type Platform = {
  connection: Connection;
  deps: ApiDeps;
  tail: Tail;
  loops: Loops;
  /** Whether the database is known to be away. */
  isAway(): boolean;
  /** What this node has of the others, besides what stands in the database. */
  others: { redis: RedisState; heard: HeardElsewhere };
  /** The test provider's own side, where there is one. */
  sandbox: SandboxCards | null;
  /** Told of each event once the tail has read it. */
  onEvent(listener: (event: LogEvent) => void): void;
  stop(): Promise<void>;
};

/** Whether nodes tell each other by Redis; without it, or while it is away, they go by the database alone. */
export type RedisState = 'off' | 'up' | 'away';

/** Parts whose rounds read or remove much at once, and what each of their queries may take. */
const PATIENT_PARTS: ReadonlySet<string> = new Set(['analytics', 'housekeeping', 'reconciliation']);
const PATIENT_MS = 60_000;
const PATIENT_POOL_SIZE = 2;
/** For the tail and for dispatch: behind requests they would come later, the more of those there are. */
const LIVE_POOL_SIZE = 3;

const dbOf = (part: string, pools: Record<'requests' | 'live' | 'patient', Connection>) => {
  if (part === 'dispatch') return pools.live.db;
  return (PATIENT_PARTS.has(part) ? pools.patient : pools.requests).db;
};

/**
 * What a process does besides answering for its part of the log: `all` of it, `web` leaves the loops to
 * others, a `worker` has nothing but the loops.
 */
export type ProcessRole = 'all' | 'web' | 'worker';

/** How people and other systems are reached outside the page. */
export type RelayOptions = EmailOptions & {
  sinks: SinkSettings;
  push: Omit<PushOptions, 'vapidKey'>;
  smsGatewayUrl?: string | undefined;
};

export async function startPlatform(options: {
  databaseUrl: string;
  secret: string;
  /** So many are at work at once for people; as many again may wait for their commit. */
  poolSize: number;
  /** How long the database may leave something unanswered, see `connect`; milliseconds. */
  deadlineMs: number;
  canListen: boolean;
  /** Whether a pooler of transactions stands before the database. */
  pooled?: boolean;
  /** `all` when left out. */
  role?: ProcessRole;
  /** By which nodes tell each other at once what they have done. */
  redisUrl?: string | undefined;
  relay: RelayOptions;
  cards: CardSettings;
  outsideGeocoder?: OutsideGeocoder | undefined;
  /** Where pictures of handovers lie: what is old in it is forgotten. */
  proofs?: PictureStore;
  onError: (error: unknown, where: string) => void;
  onCall?: ApiDeps['onCall'];
  /** Told when the database is found to be away, and when it is back. */
  onDatabase?: (up: boolean) => void;
  /** Told when Redis is there, and when it is away. */
  onRedis?: (up: boolean) => void;
}): Promise<Platform> {
  const { databaseUrl, secret, onError, role = 'all' } = options;
  let away = false;
  const connection = connect(databaseUrl, {
    max: options.poolSize,
    committing: options.poolSize,
    pooled: options.pooled ?? false,
    deadlineMs: options.deadlineMs,
    dial: dialTcp,
    onChange(up) {
      away = !up;
      options.onDatabase?.(up);
    },
  });
  const { db } = connection;
  /** For what may take long, and nobody waits for. */
  const patient = connect(databaseUrl, {
    ...{ max: PATIENT_POOL_SIZE, pooled: options.pooled ?? false, deadlineMs: PATIENT_MS },
    dial: dialTcp,
  });
  const live = connect(databaseUrl, {
    ...{ max: LIVE_POOL_SIZE, pooled: options.pooled ?? false, deadlineMs: options.deadlineMs },
    dial: dialTcp,
  });
  const now = () => new Date();
  const hub = new Hub();
  let link: NodeLink | null = null;
  const positions = new PositionFeed(
    db,
    hub,
    (error) => onError(error, 'positions'),
    (position) => link?.moved(position),
  );
  const drivers =
    role === 'web' ? null : new DriverIndex(db, hub, (error) => onError(error, 'drivers'));
  /** Whether this process is told where drivers are; else PostGIS is asked who is near. */
  const hearsDrivers = () => link?.isUp() ?? (role === 'all' && !options.redisUrl);
  const nearDrivers: ServiceContext['nearDrivers'] = (at, limit, radiusM) =>
    hearsDrivers() ? (drivers?.nearest(at, limit, radiusM)?.map(({ id }) => id) ?? null) : null;
  let tail: Tail | null = null;
  const committed = () => {
    tail?.wake();
    link?.committed();
  };
  const { cards } = options;
  const sandbox =
    cards.provider === 'sandbox' ? startSandboxCards({ db, secret: cards.secret, onError }) : null;
  const payments = openProviders(db, cards, { now, told: () => sandbox?.wake() });

  const contextFor = (part: string): ServiceContext => ({
    db: dbOf(part, { requests: connection, live, patient }),
    viewer: null,
    actor: `system:${part}`,
    now,
    random: Math.random,
    committed,
    positions,
    nearDrivers,
    payments,
  });
  const { push, smsGatewayUrl: gatewayUrl, sinks: sinkSettings, ...mail } = options.relay;
  const mails = openMails(mail);
  const senders = {
    email: mails.notice,
    invitation: mails.invitation,
    account: mails.account,
    sms: gatewayUrl ? smsSender({ gatewayUrl }) : undefined,
    push: pushSender({ ...push, vapidKey: await keepVapidKey(db, await freshVapidKey()) }),
  };
  const sinks = openSinks(sinkSettings);
  if (role !== 'web') await keepBrokers(contextFor('relay'), sinks);
  const loops =
    role === 'web' ? NO_LOOPS : startLoops(contextFor, senders, sinks, options.proofs, onError);
  const listeners: ((event: LogEvent) => void)[] = [];
  tail = await startTail({
    connection: live,
    hub,
    canListen: options.canListen,
    onEvent({ event }) {
      loops.onEvent(event);
      for (const listener of listeners) listener(event);
    },
    onError: (error) => onError(error, 'tail'),
  });
  const elsewhere = new PositionsElsewhere({
    ...{ db, hub, positions },
    isLinked: () => link?.isUp() ?? false,
    onError: (error) => onError(error, 'positions'),
  });
  if (options.redisUrl) {
    link = openRedisLink(options.redisUrl, (await readInstallation(db))?.epoch ?? '', {
      onCommitted: () => tail?.wake(),
      onMoved: (moved) => elsewhere.tell(moved),
      onChange(up) {
        options.onRedis?.(up);
        elsewhere.lookNow();
        if (up) void drivers?.rebuild();
      },
    });
  }
  const replays = openReplayThreads({ databaseUrl, pooled: options.pooled ?? false });
  const deps: ApiDeps = {
    db,
    hub,
    positions,
    payments,
    outsideGeocoder: options.outsideGeocoder,
    committed,
    getSession: sessionReader({ db, secret, now }),
    isBlocked: (credentials) => isBlocked({ db, secret }, credentials),
    secret,
    now,
    pushHosts: push.allowedHosts,
    webhooks: sinks.webhooks,
    replays,
    ...{ onError, onCall: options.onCall },
  };
  return {
    connection,
    deps,
    tail,
    loops,
    isAway: () => away,
    others: {
      get redis() {
        return link ? (link.isUp() ? 'up' : 'away') : 'off';
      },
      heard: elsewhere.heard,
    },
    sandbox,
    onEvent: (listener) => listeners.push(listener),
    async stop() {
      replays.stop();
      await sandbox?.stop();
      // What may take long is not waited for: with its connections its rounds end.
      await Promise.all([loops.stop(), patient.close()]);
      await closeSinks(sinks);
      await elsewhere.stop();
      await positions.stop();
      link?.stop();
      await drivers?.stop();
      await tail?.stop();
      await Promise.all([live.close(), connection.close()]);
    },
  };
}
