import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client';
import type { AppRouter } from '@/api/router';
import type { Viewer } from '@/domain/roles';
import { reconnectDelayMs } from '@/trpc/reconnect';

/** Where the platform answers, and who asks: an account, or the token of a session that it has. */
export type ClientOptions = { url: string } & (
  | { email: string; password: string }
  | { token: string }
);

export type HotfootClient = {
  /** Every procedure: `api.orders.place.mutate(…)`, `api.orders.watch.subscribe(…)`. */
  api: TRPCClient<AppRouter>;
  /** Whose session it is. */
  viewer: Viewer;
  /** Ends the subscriptions and the socket; the session lasts on until `api.auth.signOut`. */
  close(): Promise<void>;
};

/** The browser's WebSocket, or what does as well. */
export type SocketClass = typeof globalThis.WebSocket;

const PATH = '/api/trpc';
/** A socket on which nothing is open closes after so long, milliseconds. */
const IDLE_MS = 5_000;
/** A dead network is noticed after the two together; proxies cut what is silent for a minute. */
const PING_MS = 20_000;
const PONG_WAIT_MS = 5_000;

const addressOf = (url: string): string => `${url.replace(/\/+$/, '')}${PATH}`;

/** The calls of somebody who has not signed in; without live events. */
export const createGuestClient = (url: string): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: addressOf(url) })] });

async function viewerOf(url: string, token: string): Promise<Viewer> {
  const headers = { authorization: `Bearer ${token}` };
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: addressOf(url), headers })] });
  const viewer = await api.auth.me.query();
  if (!viewer) throw new Error('This token belongs to no session that lasts: sign in again.');
  return viewer;
}

async function sessionOf(options: ClientOptions): Promise<{ token: string; viewer: Viewer }> {
  if ('token' in options) {
    return { token: options.token, viewer: await viewerOf(options.url, options.token) };
  }
  const { url, email, password } = options;
  return createGuestClient(url).auth.signIn.mutate({ email, password });
}

/**
 * Signs in, and opens a socket with the first subscription: one that comes back by itself, upon which each
 * subscription goes on after the last event that it has had.
 */
export async function createClient(
  options: ClientOptions,
  WebSocket: SocketClass,
): Promise<HotfootClient> {
  const { token, viewer } = await sessionOf(options);
  const url = addressOf(options.url);
  const socket = createWSClient({
    url: url.replace(/^http/, 'ws'),
    WebSocket,
    connectionParams: { token },
    retryDelayMs: reconnectDelayMs,
    lazy: { enabled: true, closeMs: IDLE_MS },
    keepAlive: { enabled: true, intervalMs: PING_MS, pongTimeoutMs: PONG_WAIT_MS },
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        // Positions are many and small: a driver's socket is open anyway.
        condition: ({ type, path }) => type === 'subscription' || path === 'drivers.reportPosition',
        true: wsLink({ client: socket }),
        false: httpLink({ url, headers: { authorization: `Bearer ${token}` } }),
      }),
    ],
  });
  return { api, viewer, close: async () => socket.close() };
}
