import type { Credentials, SessionReader } from '@/auth/session';
import type { Database } from '@/db/client';
import type { Device } from '@/domain/session-device';
import type { Hub } from '@/realtime/hub';
import type { OutsideGeocoder, PositionSink, ServiceContext } from '@/services/context';
import type { Replays } from '@/services/replays';
import type { WebhookSender } from '@/services/sink';

/** What the process gives to every call. */
export type ApiDeps = {
  db: Database;
  hub: Hub;
  /** `written` settles when everything recorded so far is in the database. */
  positions: PositionSink & { written(): Promise<void> };
  payments: ServiceContext['payments'];
  outsideGeocoder?: OutsideGeocoder | undefined;
  committed: () => void;
  getSession: SessionReader;
  /** Whether the credentials are those of somebody who is blocked. */
  isBlocked: (credentials: Credentials) => Promise<boolean>;
  secret: string;
  now: () => Date;
  /** The push services that browsers may name, see `isPushEndpoint`. */
  pushHosts: readonly string[];
  webhooks: WebhookSender;
  /** Where there is a server process of ours. */
  replays?: Replays | undefined;
  /** Unknown errors end here, with the path of the call; their text goes no further. */
  onError: (error: unknown, path: string, about?: CallAbout) => void;
  /** Told of each call once it has been answered; a subscription, once it has begun. */
  onCall?: ((call: AnsweredCall) => void) | undefined;
};

/** By what a line of the log is found again. */
export type CallAbout = { requestId?: string; orderId?: string };

export type AnsweredCall = CallAbout & {
  path: string;
  kind: 'query' | 'mutation' | 'subscription';
  /** `ok`, or the code of the refusal. */
  outcome: string;
  /** Why it was refused, see `Refusal`. */
  reason?: string;
  milliseconds: number;
};

export type CallTerms = Pick<ServiceContext, 'via' | 'onlyAtVersion' | 'asked'>;

/** One connection or request. The session is looked up again for each call, see `init`. */
export type ApiContext = {
  deps: ApiDeps;
  credentials: Credentials;
  /** Where it comes from, as far as is known: kept with a session that it begins. */
  device?: Device;
  /** Of the request that it is; on a socket each call has its own. */
  requestId?: string | undefined;
  /** What the caller has said besides the input, see `ServiceContext`. */
  terms?: CallTerms | undefined;
};
