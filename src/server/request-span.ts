import type { IncomingMessage, ServerResponse } from 'node:http';
import { startRequestSpan } from '@/telemetry/request-span';
import type { TrustedProxies } from './forwarded';
import { requestName } from './request-name';

/** Files and the questions of monitors are not worth a span each. */
const QUIET: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Answers a request as a span; only those before us who are trusted may say below which. */
export function inRequestSpan(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  isTrusted: TrustedProxies,
  work: () => void,
): void {
  const { method = 'GET', headers, socket } = request;
  const name = requestName(path);
  if (name === 'files' || QUIET.has(path)) {
    work();
    return;
  }
  const attributes = { 'http.request.method': method };
  const believed = isTrusted(socket.remoteAddress ?? '');
  const span = startRequestSpan(`${method} ${name}`, attributes, headers, believed);
  response.once('close', () => span.end(response.statusCode));
  span.around(work);
}
