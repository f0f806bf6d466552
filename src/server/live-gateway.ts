import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { ApiContext, ApiDeps } from '@/api/context';
import { isOwnOrigin } from '@/api/own-origin';
import { appRouter } from '@/api/router';
import type { Credentials } from '@/auth/session';
import { clientOf, headerOf, type TrustedProxies } from './forwarded';
import { guardedSockets, SOCKET_LIMITS, type SocketLimits, TOO_MANY } from './guarded-socket';
import { PositionFrames, type PositionLimits } from './position-frames';

/**
 * The seam between sockets and procedures. tRPC's stock adapter carries the text frames, binary ones are
 * positions; the gate before both is ours: Origin, size, numbers, and sessions that end while their socket
 * is open.
 */

const MAX_PAYLOAD_BYTES = 64 * 1_024;
/** Proxies cut idle sockets at 60 s. */
const PING_MS = 25_000;
const PONG_WAIT_MS = 10_000;
/** With the two seconds for which a session is trusted: closed within three of its end. */
const RECHECK_MS = 1_000;
const SESSION_ENDED = { code: 4_401, reason: 'session ended' };
const ACCOUNT_BLOCKED = { code: 4_403, reason: 'account blocked' };

export type LiveGateway = {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Asks clients to come back elsewhere, then closes. */
  stop(): void;
};

const ConnectionParams = z.object({ token: z.string() }).partial();

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
    socket.once('close', () => {
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
  const positions = new PositionFrames(deps, options.positionLimits);
  /** Sockets that came with a session; guests have none to lose. */
  const signedIn = new Map<WebSocket, Credentials>();
  const ofPerson = new Crowd();
  const ofAddress = new Crowd();

  const handler = applyWSSHandler({
    wss,
    router: appRouter,
    maxBatchSize: limits.batch,
    keepAlive: { enabled: true, pingMs: PING_MS, pongWaitMs: PONG_WAIT_MS },
    async createContext({ req, res, info }): Promise<ApiContext> {
      const params = ConnectionParams.safeParse(info.connectionParams ?? {});
      const credentials = {
        cookie: req.headers.cookie,
        token: params.success ? params.data.token : null,
      };
      positions.open(res, credentials);
      const session = await deps.getSession(credentials).catch(() => 'unknown' as const);
      // What could not be looked up now is looked at with the others; who has left is not.
      if (session && res.readyState === res.OPEN) {
        signedIn.set(res, credentials);
        const who = session === 'unknown' ? null : session.viewer.userId;
        if (who && !ofPerson.admit(who, res, limits.perPerson)) {
          res.close(TOO_MANY, 'too many sockets');
        }
      }
      const { address } = clientOf(req, isTrusted);
      const device = { userAgent: req.headers['user-agent'] ?? null, address };
      return { deps, credentials, device };
    },
  });
  wss.on('connection', (socket) => {
    socket.expectWord();
    socket.on('close', () => signedIn.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('binary', (bytes: Uint8Array) => positions.take(socket, bytes));
  });

  let checking = false;
  const recheck = async () => {
    if (checking) return;
    checking = true;
    try {
      const sockets = [...signedIn];
      const sessions = await Promise.all(
        sockets.map(([, credentials]) => deps.getSession(credentials)),
      );
      const ended = sockets.filter((_, n) => !sessions[n]);
      for (const [socket, credentials] of ended) {
        const why = (await deps.isBlocked(credentials)) ? ACCOUNT_BLOCKED : SESSION_ENDED;
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
        wss.emit('connection', ws, request);
      });
    },
    connections: () => wss.clients.size,
    stop() {
      clearInterval(timer);
      handler.broadcastReconnectNotification();
      for (const client of wss.clients) client.close(1_012, 'restart');
      wss.close();
    },
  };
}
