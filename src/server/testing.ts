import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  TRPCClientError,
  wsLink,
} from '@trpc/client';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import type { AppRouter } from '@/api/router';
import { encodeToken } from '@/auth/token';
import { DATABASE_DEADLINE_MS } from '@/config/env';
import type { Database } from '@/db/client';
import { insertSession } from '@/db/queries/users';
import type { Viewer } from '@/domain/roles';
import { trustedProxies } from './forwarded';
import { openFrontDoor } from './front-door';
import { SOCKET_LIMITS, type SocketLimits } from './guarded-socket';
import { createLiveGateway } from './live-gateway';
import type { Log } from './log';
import { openOps } from './ops';
import { pictureFiles } from './picture-files';
import { type ProcessRole, type RelayOptions, startPlatform } from './platform';

export const SECRET = 'a secret for tests that is long enough';
export const TRPC_PATH = '/api/trpc';

export type ServerOptions = {
  port?: number;
  publicUrl?: string;
  relay?: RelayOptions;
  limits?: SocketLimits;
  metricsToken?: string;
  redisUrl?: string;
  role?: ProcessRole;
  /** Told of errors besides the list of them. */
  onError?: Log['onError'];
  onCall?: Log['onCall'];
};

/** Mails become files that nobody reads, and no push leaves the machine. */
const SILENT: RelayOptions = {
  smtpUrl: undefined,
  folder: join(tmpdir(), 'hotfoot-test-mail'),
  from: 'Hotfoot <hello@hotfoot.test>',
  publicUrl: 'http://hotfoot.test',
  push: { contact: 'mailto:hello@hotfoot.test', allowedHosts: [] },
  sinks: { webhooks: { allowPrivate: true, httpsOnly: false } },
};

/** A whole server without its pages, on a port of its own; stopped by `await using`. */
export async function startServer(
  database: { url: string; real: boolean },
  options: ServerOptions = {},
) {
  const {
    port = 0,
    publicUrl,
    relay = SILENT,
    limits = SOCKET_LIMITS,
    metricsToken,
    redisUrl,
    role,
  } = options;
  const errors: { error: unknown; where: string }[] = [];
  const onError: Log['onError'] = (error, where, about) => {
    errors.push({ error, where });
    options.onError?.(error, where, about);
  };
  const platform = await startPlatform({
    databaseUrl: database.url,
    secret: SECRET,
    poolSize: database.real ? 10 : 4,
    deadlineMs: database.real ? DATABASE_DEADLINE_MS : 15_000,
    canListen: database.real,
    ...{ relay, redisUrl, ...(role ? { role } : {}) },
    cards: { provider: 'sandbox', secret: SECRET },
    ...{ onError, onCall: options.onCall },
  });
  const isTrusted = trustedProxies(['127.0.0.1']);
  const gateway = createLiveGateway({ deps: platform.deps, publicUrl, isTrusted, limits });
  const door = await openFrontDoor({
    port,
    host: '127.0.0.1',
    publicUrl,
    isTrusted,
    deps: platform.deps,
    gateway,
    sandbox: platform.sandbox,
    proofs: pictureFiles(join(tmpdir(), `hotfoot-test-proofs-${process.pid}`)),
    photos: pictureFiles(join(tmpdir(), `hotfoot-test-photos-${process.pid}`)),
    pages: null,
    files: null,
    ops: openOps({ platform, gateway, isOpen: () => true, metricsToken, isTrusted }),
  });
  platform.sandbox?.sendTo(`http://127.0.0.1:${door.port}`);
  return {
    port: door.port,
    url: `http://127.0.0.1:${door.port}`,
    errors,
    platform,
    async [Symbol.asyncDispose]() {
      await door.stop();
      await platform.stop();
    },
  };
}

/** A session for somebody, and its bearer token. */
export async function sessionOf(db: Database, viewer: Viewer, seconds = 3_600) {
  const sessionId = uuidv7();
  const expiresAt = new Date(Date.now() + seconds * 1_000);
  await insertSession(db, { id: sessionId, userId: viewer.userId, expiresAt });
  const token = await encodeToken({ sid: sessionId, sub: viewer.userId }, SECRET, seconds);
  return { sessionId, token };
}

export const tokenOf = async (db: Database, viewer: Viewer): Promise<string> =>
  (await sessionOf(db, viewer)).token;

/** The unmodified tRPC client: calls over http, or over ws too; subscriptions over ws. */
export function connectClient(
  url: string,
  token: string | null,
  { allOverWs = false, ca }: { allOverWs?: boolean; ca?: string } = {},
) {
  const sockets: WebSocket[] = [];
  class Tracked extends WebSocket {
    constructor(address: string) {
      super(address, { ca });
      sockets.push(this);
    }
  }
  const socket = createWSClient({
    url: `${url.replace('http', 'ws')}${TRPC_PATH}`,
    // The ws package is a browser WebSocket in all that the client uses.
    WebSocket: Tracked as unknown as typeof globalThis.WebSocket,
    connectionParams: token === null ? null : { token },
    retryDelayMs: () => 20,
  });
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => allOverWs || op.type === 'subscription',
        true: wsLink({ client: socket }),
        false: httpLink({ url: `${url}${TRPC_PATH}`, headers }),
      }),
    ],
  });
  return {
    api,
    /** Every socket that the client has opened, the present one last. */
    sockets,
    cut: () => sockets.at(-1)?.terminate(),
    [Symbol.asyncDispose]: async () => socket.close(),
  };
}

const PATIENCE_MS = 10_000;

type Listener<T> = { onData: (value: T) => void; onError: (error: unknown) => void };

/** What a subscription has brought so far; `until` waits for a state of it. */
export function watch<T>(subscribe: (listener: Listener<T>) => { unsubscribe(): void }) {
  const got: T[] = [];
  const errors: unknown[] = [];
  let told: () => void = () => undefined;
  const { unsubscribe } = subscribe({
    onData: (value) => {
      got.push(value);
      told();
    },
    onError: (error) => {
      errors.push(error);
      told();
    },
  });
  return {
    got,
    errors,
    unsubscribe,
    async until(done: () => boolean, what: string): Promise<void> {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        told();
      }, PATIENCE_MS);
      while (!done() && !late) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
      clearTimeout(timer);
      if (!done()) throw new Error(`waited in vain for ${what}, got ${JSON.stringify(got)}`);
    },
  };
}

/** How a call was refused, as a client sees it. */
export async function wireErrorOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw new Error(`expected an error, got ${error}`);
  const { message, data } = error as TRPCClientError<AppRouter>;
  return { message, data, shape: error.shape };
}
