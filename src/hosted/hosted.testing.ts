import { v7 as uuidv7 } from 'uuid';
import type { ApiDeps } from '@/api/context';
import { shareAudience } from '@/api/live';
import { createCaller } from '@/api/router';
import { sessionReader } from '@/auth/session';
import { encodeToken } from '@/auth/token';
import type { Database } from '@/db/client';
import { insertSession } from '@/db/queries/users';
import type { HintMessage } from '@/domain/live-hints';
import type { Viewer } from '@/domain/roles';
import { openProviders } from '@/payments/open';
import { Hub } from '@/realtime/hub';
import { PositionFeed } from '@/realtime/positions';
import { publishHints } from '@/realtime/publish-hints';
import { openSinks, type SinkSettings } from '@/relay/open-sinks';
import type { PusherChannels } from '@/relay/pusher-channels';
import { contextOf } from '@/services/testing';
import { openDoors } from './doors';
import { pictureRows } from './picture-rows';
import { openRounds } from './rounds';
import type { Senders } from './senders';
import { HostedWork } from './work';

const SECRET = 'a secret for tests that is long enough';
const CARDS = { provider: 'sandbox', secret: SECRET } as const;
const AN_HOUR_S = 3_600;

type Sent = { channel: string; name: string; data: unknown };

const SILENT: Senders = {
  email: async () => ({ kind: 'sent' }),
  push: async () => ({ kind: 'sent' }),
  invitation: async () => ({ kind: 'sent' }),
  account: async () => ({ kind: 'sent' }),
};

type HostedTest = {
  brokers?: Pick<SinkSettings, 'amqpUrl' | 'redisStreamUrl'>;
  /** Whether the test provider takes cards. */
  cards?: boolean;
};

/** Hosted mode without Next: what it would send to Pusher is kept. */
export function hostedOn(db: Database, { brokers = {}, cards = false }: HostedTest = {}) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const sent: Sent[] = [];
  const channels: PusherChannels = {
    send: async (messages) => {
      sent.push(...messages);
    },
    sign: () => ({ auth: '' }),
    check: async () => ({ ok: true, detail: 'test' }),
  };
  const sinks = openSinks({ webhooks: { allowPrivate: false, httpsOnly: true }, ...brokers });
  const pictures = pictureRows(db);
  const rounds = openRounds({
    contextFor: (part) => contextOf(db, part),
    senders: SILENT,
    ...{ sinks, pictures, onError, sandbox: null },
  });
  const work = new HostedWork({ db, channels, onError, rounds: async () => rounds });
  const hub = new Hub();
  const now = () => new Date();
  const feed = new PositionFeed(db, hub, onError);
  const deps: ApiDeps = {
    ...{ db, hub, now, onError, secret: SECRET },
    // As functions do: nothing is left to be written later.
    positions: {
      record: (row, use) => feed.record(row, use),
      written: () => feed.flush(),
    },
    payments: openProviders(db, cards ? CARDS : { provider: 'off' }, { now }),
    committed: () => undefined,
    getSession: sessionReader({ db, secret: SECRET, now }),
    isBlocked: async () => false,
    pushHosts: [],
    webhooks: sinks.webhooks,
  };

  async function credentialsOf(viewer: Viewer) {
    const id = uuidv7();
    const expiresAt = new Date(Date.now() + AN_HOUR_S * 1_000);
    await insertSession(db, { id, userId: viewer.userId, expiresAt });
    return { token: await encodeToken({ sid: id, sub: viewer.userId }, SECRET, AN_HOUR_S) };
  }

  return {
    ...{ deps, work, errors, sent, credentialsOf, sinks },
    doors: openDoors(deps, { store: pictures, tokenise: null }),
    callAs: async (viewer: Viewer | null) =>
      createCaller({ deps, credentials: viewer ? await credentialsOf(viewer) : {} }),
    publish: () =>
      publishHints({
        db,
        share: shareAudience,
        send: (messages) =>
          channels.send(
            messages.map(({ channel, message }) => ({ channel, name: 'hints', data: message })),
          ),
      }),
    /** The hints that a channel has got since the last time. */
    hintsOn(channel: string) {
      const mine = sent.filter(
        (message) => message.channel === channel && message.name === 'hints',
      );
      return mine.flatMap(({ data }) => (data as HintMessage).hints);
    },
  };
}
