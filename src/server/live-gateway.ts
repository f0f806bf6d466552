import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { ApiContext, ApiDeps } from '@/api/context';
import { isOwnOrigin } from '@/api/own-origin';
import { appRouter } from '@/api/router';
import { type Credentials, SEEN_EVERY_MS, type Session } from '@/auth/session';
import { touchSessions } from '@/db/queries/people';
import { findEndedSessions } from '@/db/queries/users';
import type { PositionLimits } from '@/domain/position-limits';
import { clientOf, headerOf, type TrustedProxies } from './forwarded';
import {
  type GuardedSocket,
  guardedSockets,
  SOCKET_LIMITS,
  type SocketLimits,
  TOO_MANY,
} from './guarded-socket';
import { PositionFrames } from './position-frames';
import { TrpcSocket, type TrpcSocketOptions } from './trpc-socket';

/**
 * The seam between sockets and procedures. Text frames are tRPC's, binary ones are positions; before both
 * stands the gate: Origin, size, numbers, and sessions that end while their socket is open.
 */

const MAX_PAYLOAD_BYTES = 64 * 1_024;
/** Proxies cut idle sockets at 60 s. */
const PING_MS = 25_000;
const PONG_WAIT_MS = 10_000;
/** A socket is closed so long after the end of its session at the most, and as long as a query takes. */
const RECHECK_MS = 2_000;
/** What such a look has found counts until the one after the next. */
const FOUND_FOR_MS = 2 * RECHECK_MS;
/**
 * Clients are asked to go elsewhere each at a moment of its own, a thousand a second, so that it is no
 * stampede; the last within this, since a single node has to be back soon.
 */
const NOTICE_WITHIN_MS = 1_500;
/** A client that goes elsewhere opens its new socket before it leaves the old one. */
const LEAVE_WITHIN_MS = 500;
/** For what is written to be read. */
const CLOSE_WITHIN_MS = 1_000;
const RECONNECT = JSON.stringify({ id: null, method: 'reconnect' });
const RESTART = { code: 1_012, reason: 'restart' };
const SESSION_ENDED = { code: 4_401, reason: 'session ended' };
const ACCOUNT_BLOCKED = { code: 4_403, reason: 'account blocked' };

export type LiveGateway = {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Lets nobody in any more, asks clients to go elsewhere, and closes what is still open then. */
  stop(): Promise<void>;
};

const ConnectionParams = z.object({ token: z.string() }).partial();

/** With what a socket came that is not a guest's; `session`: null where that could not be looked up yet. */
type SignedIn = { credentials: Credentials; session: Session | null };

/** Sockets by whose they are. */
class Crowd {
  readonly #members = new Map<string, number>();

  size(of: string): number {
    return this.#members.get(of) ?? 0;
  }

  /** Counts a socket until it is closed; false, and not counted, where there are enough. */
  admit(of: string, socket: WebSocket, limit: number): boolean {
    if (this.size(of) >= limit) return false;
    this.#members.set(of, this.size(of) + 1);
    socket.on('close', () => {
      const left = this.size(of) - 1;
      if (left > 0) this.#members.set(of, left);
      else this.#members.delete(of);
    });
    return true;
  }
}

export function createLiveGateway(options: {
  deps: ApiDeps;
  publicUrl: string | undefined;
  isTrusted: TrustedProxies;
  limits?: SocketLimits;
  /** How many positions a socket may send; for measuring. */
  positionLimits?: PositionLimits;
}): LiveGateway {
  const { deps, publicUrl, isTrusted, limits = SOCKET_LIMITS } = options;
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    WebSocket: guardedSockets(limits),
  });
  /** Sockets that came with a session; guests have none to lose. */
  const signedIn = new Map<WebSocket, SignedIn>();
  /** When the look began that found the sessions of all of them, milliseconds. */
  let foundAt = deps.now().getTime();
  const sessionOf = async (socket: WebSocket, credentials: Credentials) => {
    const isFresh = deps.now().getTime() - foundAt < FOUND_FOR_MS;
    return (isFresh && signedIn.get(socket)?.session) || deps.getSession(credentials);
  };
  const positions = new PositionFrames(deps, sessionOf, options.positionLimits);
  const ofPerson = new Crowd();
  const ofAddress = new Crowd();

  const protocol: TrpcSocketOptions<typeof appRouter> = {
    router: appRouter,
    maxBatchSize: limits.batch,
    maxSubscriptions: limits.subscriptions,
    keepAlive: { pingMs: PING_MS, pongWaitMs: PONG_WAIT_MS },
    onError: deps.onError,
    async createContext({ request, socket, connectionParams }): Promise<ApiContext> {
      const params = ConnectionParams.safeParse(connectionParams ?? {});
      const credentials = {
        cookie: request.headers.cookie,
        token: params.success ? params.data.token : null,
      };
      const { address } = clientOf(request, isTrusted);
      const device = { userAgent: request.headers['user-agent'] ?? null, address };
      positions.open(socket, credentials);
      const session = await deps.getSession(credentials).catch(() => 'unknown' as const);
      // What could not be looked up now is looked at with the others; who has left is not.
      if (session && socket.readyState === socket.OPEN) {
        const known = session === 'unknown' ? null : session;
        signedIn.set(socket, { credentials, session: known });
        const who = known?.viewer.userId;
        if (who && !ofPerson.admit(who, socket, limits.perPerson)) {
          socket.close(TOO_MANY, 'too many sockets');
        }
      }
      return { deps, credentials, device };
    },
  };

  const welcome = (socket: GuardedSocket, request: IncomingMessage) => {
    new TrpcSocket(protocol, socket, request);
    socket.expectWord();
    socket.on('close', () => signedIn.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('binary', (bytes: Uint8Array) => positions.take(socket, bytes));
  };

  let stopping = false;
  let checking = false;
  let noteAt = deps.now().getTime() + SEEN_EVERY_MS;
  /** Why each socket that has lost its session is closed: one question for all of them. */
  const overdue = async (): Promise<[WebSocket, SignedIn, typeof SESSION_ENDED][]> => {
    const now = deps.now();
    const sockets = [...signedIn];
    const unknown = sockets.map(([, who]) => who).filter(({ session }) => !session);
    const found = await Promise.all(unknown.map(({ credentials }) => deps.getSession(credentials)));
    for (const [n, who] of unknown.entries()) who.session = found[n] ?? null;
    const ids = new Set(sockets.flatMap(([, { session }]) => session?.id ?? []));
    const ended = await findEndedSessions(deps.db, [...ids], now);
    foundAt = now.getTime();
    if (now.getTime() >= noteAt) {
      noteAt = now.getTime() + SEEN_EVERY_MS;
      const since = new Date(now.getTime() - SEEN_EVERY_MS);
      const there = [...ids].filter((id) => !ended.has(id));
      await touchSessions(deps.db, there, { now, since });
    }
    return sockets.flatMap(([socket, who]): [WebSocket, SignedIn, typeof SESSION_ENDED][] => {
      const over = who.session && ended.get(who.session.id);
      if (over?.blocked) return [[socket, who, ACCOUNT_BLOCKED]];
      const lasts = who.session && !over && who.session.tokenEndsAt > now;
      return lasts ? [] : [[socket, who, SESSION_ENDED]];
    });
  };
  const recheck = async () => {
    if (checking) return;
    checking = true;
    try {
      for (const [socket, { credentials }, why] of await overdue()) {
        deps.getSession.forget?.(credentials);
        socket.close(why.code, why.reason);
      }
    } catch (error) {
      deps.onError(error, 'session check');
    } finally {
      checking = false;
    }
  };
  const timer = setInterval(() => void recheck(), RECHECK_MS);

  return {
    handleUpgrade(request, socket, head) {
      if (stopping) {
        // On a connection that a proxy has kept: unanswered, it goes on to the next node; a 503 reaches the browser.
        socket.destroy();
        return;
      }
      if (!isOwnOrigin((name) => headerOf(request, name), publicUrl)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      const { address } = clientOf(request, isTrusted);
      if (address && ofAddress.size(address) >= limits.perAddress) {
        socket.end(
          'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nConnection: close\r\n\r\n',
        );
        return;
      }
      wss.handleUpgrade(request, socket, head, (ws) => {
        if (address) ofAddress.admit(address, ws, limits.perAddress);
        ws.adopt(socket);
        welcome(ws, request);
      });
    },
    connections: () => wss.clients.size,
    async stop() {
      stopping = true;
      const clients = [...wss.clients];
      const withinMs = Math.min(NOTICE_WITHIN_MS, clients.length);
      await Promise.all(clients.map((socket) => leave(socket, Math.random() * withinMs)));
      clearInterval(timer);
      wss.close();
    },
  };
}

/** Asks a client to go elsewhere; who has not is shown the door, once all that was written is read. */
async function leave(socket: WebSocket, afterMs: number): Promise<void> {
  const gone = new Promise((resolve) => socket.once('close', resolve));
  await Promise.race([gone, wait(afterMs)]);
  if (socket.readyState === socket.OPEN) socket.send(RECONNECT);
  await Promise.race([gone, wait(LEAVE_WITHIN_MS)]);
  socket.close(RESTART.code, RESTART.reason);
  await Promise.race([gone, wait(CLOSE_WITHIN_MS)]);
  socket.terminate();
}
