import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenFromAuthorization } from '@/auth/token';
import { type ClientConnection, trustedProxies } from './forwarded';
import type { Health } from './health';
import type { Metrics } from './metrics';
import { sendJson } from './web-door';

/** What load balancers and monitors ask: `/health`, `/ready` and `/metrics`. */
export type OpsDoors = {
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

const isThisMachine = trustedProxies(['127.0.0.0/8', '::1']);
const digest = (text: string) => createHash('sha256').update(text).digest();

export function createOpsDoors(parts: {
  health: () => Promise<Health>;
  metrics: Metrics;
  /** Whether this process takes visitors: everything has started, and nothing is stopping. */
  isOpen: () => boolean;
  /** Who shows it reads the metrics; without one, this machine alone does. */
  metricsToken: string | undefined;
  clientOf: (request: IncomingMessage) => ClientConnection;
  onError: (error: unknown, where: string) => void;
}): OpsDoors {
  const { health, metrics, isOpen, metricsToken, clientOf, onError } = parts;

  function mayRead(request: IncomingMessage): boolean {
    if (metricsToken === undefined) return isThisMachine(clientOf(request).address ?? '');
    const shown = tokenFromAuthorization(request.headers.authorization) ?? '';
    return timingSafeEqual(digest(shown), digest(metricsToken));
  }

  async function tell(response: ServerResponse, isFine: (health: Health) => boolean) {
    const found = await health();
    const fine = isFine(found);
    if (!fine) response.setHeader('retry-after', '2');
    sendJson(response, fine ? 200 : 503, found);
  }

  async function tellMetrics(response: ServerResponse) {
    const { contentType, body } = await metrics.text();
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.end(body);
  }

  const answer = (response: ServerResponse, path: string, work: Promise<void>): true => {
    work.catch((error: unknown) => {
      onError(error, path);
      response.setHeader('retry-after', '2');
      sendJson(response, 503, { status: 'unavailable' });
    });
    return true;
  };

  return {
    handle(request, response, path) {
      if (path === '/health') {
        return answer(
          response,
          path,
          tell(response, ({ status }) => status === 'ok'),
        );
      }
      if (path === '/ready') {
        const isReady = ({ status, tail }: Health) => isOpen() && status === 'ok' && tail.ok;
        return answer(response, path, tell(response, isReady));
      }
      if (path !== '/metrics') return false;
      if (mayRead(request)) return answer(response, path, tellMetrics(response));
      sendJson(response, 403, { reason: 'metrics_forbidden' });
      return true;
    },
  };
}
