import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { AppRouter } from '@/api/router';
import { reconnectDelayMs } from '@/trpc/reconnect';

const PATH = '/api/trpc';

export type Credentials = { email: string; password: string };

/** Calls of somebody who has not signed in. */
export const guestClient = (url: string) =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}${PATH}` })] });

export type SignedInClient = ReturnType<typeof createTRPCClient<AppRouter>>;

export type SimulatedPerson = { api: SignedInClient; userId: string; close(): void };

/** Signs in with e-mail and password and opens a socket that comes back by itself. */
export async function signIn(url: string, credentials: Credentials): Promise<SimulatedPerson> {
  const { token, viewer } = await guestClient(url).auth.signIn.mutate(credentials);
  const socket = createWSClient({
    url: `${url.replace(/^http/, 'ws')}${PATH}`,
    // The ws package is a browser WebSocket in all that the client uses.
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    connectionParams: { token },
    retryDelayMs: reconnectDelayMs,
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription' || op.path === 'drivers.reportPosition',
        true: wsLink({ client: socket }),
        false: httpLink({ url: `${url}${PATH}`, headers: { authorization: `Bearer ${token}` } }),
      }),
    ],
  });
  return { api, userId: viewer.userId, close: () => void socket.close() };
}

const TokenSchema = z.object({ token: z.string() });

/** What the test provider gives for one of its cards. */
export async function tokenise(url: string, number: string): Promise<{ token: string }> {
  const response = await fetch(`${url}/api/sandbox/cards`, {
    method: 'POST',
    body: JSON.stringify({ number, expiry: '12/34', code: '123' }),
  });
  return TokenSchema.parse(await response.json());
}
