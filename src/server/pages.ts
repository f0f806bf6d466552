import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import { type ChildLog, type Supervised, supervise } from './children';
import { clientOf, type TrustedProxies } from './forwarded';
import { freePort } from './free-port';

/** Next renders in a process of its own: a render holds an event loop for about 2 ms. */
export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Hot reload, in development only. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  ready(): Promise<void>;
  stop(): Promise<void>;
};

const NEXT = 'node_modules/next/dist/bin/next';
const END_WITH_PARENT = './src/server/end-with-parent.mjs';

/**
 * Connections to the pages are kept, and given up by us long before Next does: one that it closes just
 * as a request is sent on it would answer a script with an error, and the page would stay dead.
 */
const KEPT_MS = 15_000;
const KEPT_BY_NEXT_MS = 75_000;

const COMING_BACK = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>Hotfoot</title><body style="font:16px system-ui;padding:3rem"><p>One moment: the pages are coming back.`;

/** In place of a page that can't be rendered just now; it asks again by itself. */
export function sayComingBack(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '2' });
  response.end(COMING_BACK);
}

export async function startPages(options: {
  dev: boolean;
  env: Record<string, string>;
  isTrusted: TrustedProxies;
  log: ChildLog;
}): Promise<Pages> {
  const { dev, env, isTrusted, log } = options;
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const next: Supervised = supervise({
    name: 'pages',
    command: [
      process.execPath,
      '--import',
      END_WITH_PARENT,
      NEXT,
      dev ? 'dev' : 'start',
      '--hostname',
      '127.0.0.1',
      '--port',
      `${port}`,
      ...(dev ? [] : ['--keepAliveTimeout', `${KEPT_BY_NEXT_MS}`]),
    ],
    env,
    log,
  });
  const agent = new Agent({ keepAlive: true, timeout: KEPT_MS, maxFreeSockets: 64 });
  const proxy = createProxyServer({ target: origin, agent });

  const forwarded = (request: IncomingMessage) => {
    // Internal headers of Next that a client must not set.
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith('x-middleware-')) delete request.headers[name];
    }
    request.headers['x-forwarded-host'] = request.headers.host;
    const { address, protocol } = clientOf(request, isTrusted);
    request.headers['x-forwarded-proto'] = protocol;
    request.headers['x-forwarded-for'] = address ?? undefined;
  };

  return {
    handle(request, response) {
      forwarded(request);
      proxy.web(request, response).catch((error: unknown) => {
        if (response.headersSent || request.socket.destroyed) response.destroy();
        else {
          log.debug(`pages: ${request.url?.split('?', 1)[0]} was not answered: ${error}`);
          sayComingBack(response);
        }
      });
    },
    handleUpgrade(request, socket, head) {
      if (!dev) {
        socket.destroy();
        return;
      }
      forwarded(request);
      // httpxy types the socket as net.Socket, which is what an http server hands over.
      proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], {}, head).catch(() => {
        socket.destroy();
      });
    },
    async ready() {
      for (;;) {
        const answered = await fetch(`${origin}/sign-in`, { redirect: 'manual' }).then(
          (response) => response.status < 500,
          () => false,
        );
        if (answered) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await next.stop();
      proxy.close();
      agent.destroy();
    },
  };
}
