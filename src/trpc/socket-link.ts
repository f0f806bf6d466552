// Not from the package's index: with that, the socket's code would be in the first load of every page.
import { createWSClient, wsLink } from '@trpc/client/links/wsLink/wsLink';
import type { AppRouter } from '@/api/router';
import { impatientWebSocket } from './impatient-socket';
import { reconnectDelayMs } from './reconnect';

function socketUrl(path: string): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`;
}

/** Everything live: one socket per page, opened with its first subscription, back by itself. */
export function socketLink(path: string) {
  const client = createWSClient({
    url: () => socketUrl(path),
    WebSocket: impatientWebSocket(),
    lazy: { enabled: true, closeMs: 5_000 },
    retryDelayMs: reconnectDelayMs,
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 3_000 },
  });
  return wsLink<AppRouter>({ client });
}
