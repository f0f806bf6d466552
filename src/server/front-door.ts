import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { ApiDeps } from '@/api/context';
import type { Door } from '@/api/doors/door';
import { paymentDoors } from '@/api/doors/payments';
import { photoDoors } from '@/api/doors/photos';
import { proofDoors } from '@/api/doors/proofs';
import { FOREIGN, isForeign } from '@/api/own-origin';
import { REQUEST_ID, requestIdOf } from '@/api/request-id';
import { REST_PREFIX } from '@/api/rest/handle';
import { retryAfter } from '@/api/retry-after';
import { appRouter } from '@/api/router';
import { isHttps, NOT_FRAMED, responseHeaders } from '@/config/response-headers';
import type { PictureStore } from '@/services/picture-store';
import { compressAnswer } from './compressed';
import { clientOf, headerOf, type TrustedProxies } from './forwarded';
import type { LiveGateway } from './live-gateway';
import type { Ops } from './ops';
import { type Pages, sayComingBack } from './pages';
import { inRequestSpan } from './request-span';
import { createRestDoors } from './rest-doors';
import type { SandboxCards } from './sandbox-cards';
import type { StaticFiles } from './static-files';
import { answerBy, sendJson } from './web-door';

const TRPC = '/api/trpc';
const MAX_BODY_BYTES = 256 * 1_024;
const MAX_BATCH = 50;
/** Longer than proxies keep theirs: a request on a connection that we are just closing would fail. */
const KEPT_MS = 75_000;
/** Thousands come back at once after a restart: whom the system turns away asks again after up to a minute. */
const BACKLOG = 4_096;
/** A request that is under way when the node stops has so long to be answered. */
const LAST_ANSWERS_MS = 8_000;

export type FrontDoor = { port: number; stop(): Promise<void> };

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // An http server that listens on a port has such an address.
    server.listen({ port, host, backlog: BACKLOG }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

/** One port, one origin: procedures over HTTP and ws, health, what payment providers send, and everything else to the pages. */
export async function openFrontDoor(options: {
  port: number;
  host: string;
  /** The address that people use, where it is known. */
  publicUrl?: string | undefined;
  isTrusted: TrustedProxies;
  deps: ApiDeps;
  gateway: LiveGateway;
  sandbox: SandboxCards | null;
  /** Where pictures of handovers lie; without it none are taken. */
  proofs?: PictureStore;
  /** Where photos of restaurants and dishes lie. */
  photos?: PictureStore;
  pages: Pages | null;
  /** Whether the database is known to be away: no page can be rendered then. */
  isAway?: () => boolean;
  /** The files of the build; null in development, where the pages have them. */
  files: StaticFiles | null;
  ops: Ops | null;
}): Promise<FrontDoor> {
  const { deps, gateway, pages, files, isTrusted, ops, publicUrl } = options;
  const said = Object.entries(responseHeaders({ https: isHttps(publicUrl) }));
  const procedures = createHTTPHandler({
    router: appRouter,
    basePath: `${TRPC}/`,
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_BATCH,
    responseMeta: retryAfter,
    createContext: ({ req }) => ({
      deps,
      credentials: { cookie: req.headers.cookie, authorization: req.headers.authorization },
      device: {
        userAgent: req.headers['user-agent'] ?? null,
        address: clientOf(req, isTrusted).address,
      },
      requestId: headerOf(req, REQUEST_ID),
    }),
  });

  const rest = createRestDoors(deps, (request) => clientOf(request, isTrusted));
  const doors = [
    paymentDoors(deps, options.sandbox?.tokenise ?? null),
    ...(options.proofs ? [proofDoors(deps, { store: options.proofs })] : []),
    ...(options.photos ? [photoDoors(deps, { store: options.photos })] : []),
  ];
  const doorAt = (path: string): Door | null => {
    for (const door of doors) {
      const found = door(path);
      if (found) return found;
    }
    return null;
  };

  let stopping = false;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    // A kept connection would hold the stop up, and one cut in the middle of an answer be an error in a browser.
    response.once('finish', () => {
      if (stopping) request.socket.end();
    });
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    ops?.metrics.time(request, response, path);
    const requestId = requestIdOf(headerOf(request, REQUEST_ID));
    request.headers[REQUEST_ID] = requestId;
    response.setHeader(REQUEST_ID, requestId);
    inRequestSpan(request, response, path, isTrusted, () => handle(request, response, path));
  };

  const handle = (request: IncomingMessage, response: ServerResponse, path: string) => {
    compressAnswer(request, response);
    for (const [name, value] of said) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', NOT_FRAMED);
    const door = doorAt(path);
    // To REST a cookie says nothing.
    const isRest = path.startsWith(`${REST_PREFIX}/`);
    if (
      !isRest &&
      isForeign(request.method ?? 'GET', (name) => headerOf(request, name), publicUrl)
    ) {
      sendJson(response, 403, FOREIGN);
    } else if (path.startsWith(`${TRPC}/`)) {
      procedures(request, response);
    } else if (door) {
      answerBy(door, request, response).catch((error: unknown) => {
        deps.onError(error, path);
        response.destroy();
      });
    } else if (rest.handle(request, response, path) || ops?.doors.handle(request, response, path)) {
      return;
    } else if (files?.handle(request, response, path)) {
      return;
    } else if (pages && options.isAway?.()) {
      sayComingBack(response);
    } else if (pages) {
      pages.handle(request, response);
    } else {
      sendJson(response, 404, { error: 'There are no pages here.' });
    }
  };

  const server = createServer({ keepAliveTimeout: KEPT_MS }, answer);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] === TRPC) gateway.handleUpgrade(request, socket, head);
    else if (pages) pages.handleUpgrade(request, socket, head);
    else socket.destroy();
  });
  const port = await listen(server, options.port, options.host);

  return {
    port,
    async stop() {
      // First nobody can come in: clients that are asked to go elsewhere would come back here.
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
      await gateway.stop();
      await closed;
    },
  };
}
