import { WebSocket } from 'ws';
import type { Env } from '@/config/env';
import { type Finding, messageOf, ok, warning, wrong } from './finding';

const TIMEOUT_MS = 5_000;
const LIVE_PATH = '/api/trpc';

/** How a socket at the public address ended: greeted, refused by an answer of HTTP, or not at all. */
type Greeting =
  | { kind: 'greeted' }
  | { kind: 'answered'; status: number }
  | { kind: 'failed'; why: string };

/** Opens a socket as a page of that address would, and asks whether somebody is there. */
function greet(publicUrl: string): Promise<Greeting> {
  const url = new URL(LIVE_PATH, publicUrl);
  const { origin } = url;
  url.protocol = url.protocol.replace('http', 'ws');
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin, handshakeTimeout: TIMEOUT_MS });
    const end = (greeting: Greeting) => {
      clearTimeout(late);
      resolve(greeting);
      socket.terminate();
    };
    const late = setTimeout(() => end({ kind: 'failed', why: 'no answer' }), TIMEOUT_MS);
    socket.on('open', () => socket.send('PING'));
    socket.on('message', () => end({ kind: 'greeted' }));
    socket.on('unexpected-response', (_, { statusCode = 0 }) =>
      end({ kind: 'answered', status: statusCode }),
    );
    socket.on('error', (error) => end({ kind: 'failed', why: messageOf(error) }));
    socket.on('close', (code) => end({ kind: 'failed', why: `closed with ${code}` }));
  });
}

async function examineLive(publicUrl: string): Promise<Finding> {
  const greeting = await greet(publicUrl);
  if (greeting.kind === 'greeted') return ok('live updates', `a socket at ${publicUrl} answers`);
  if (greeting.kind === 'failed') {
    return wrong(
      'live updates',
      greeting.why,
      'Let the proxy hand upgrades on: deploy/nginx.conf.',
    );
  }
  if (greeting.status === 403) {
    return wrong(
      'live updates',
      `the server refuses pages of ${new URL(publicUrl).origin}`,
      'Give every node the same PUBLIC_URL, or let the proxy pass Host on as it is.',
    );
  }
  return wrong(
    'live updates',
    `the proxy answers ${greeting.status} in place of opening a socket`,
    `Let it hand upgrades of ${LIVE_PATH} on: deploy/nginx.conf.`,
  );
}

/** The address that people use: whether it leads here, under that very origin, and carries sockets. */
export async function examineAddress({
  PUBLIC_URL: publicUrl,
  NODE_ENV,
}: Pick<Env, 'PUBLIC_URL' | 'NODE_ENV'>): Promise<Finding[]> {
  if (!publicUrl) {
    const unset = 'PUBLIC_URL is not set: links in mails lead to this machine';
    return NODE_ENV === 'production'
      ? [warning('address', unset, 'Set PUBLIC_URL to the address that people use.')]
      : [ok('address', unset)];
  }
  const { origin } = new URL(publicUrl);
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    answer = await fetch(new URL('/ready', publicUrl), {
      method: 'HEAD',
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    const mend =
      'Start Hotfoot and what stands before it, or check PUBLIC_URL, its name and its certificate.';
    return [warning('address', `${origin}: ${messageOf(error)}`, mend)];
  }
  const to = new URL(answer.headers.get('location') ?? publicUrl, publicUrl).origin;
  if (to !== origin) {
    return [
      wrong('address', `${origin} leads to ${to}, from which pages come`, `PUBLIC_URL=${to}`),
    ];
  }
  if (answer.status !== 200) {
    const mend = `curl -s ${new URL('/ready', publicUrl)}`;
    return [warning('address', `${origin} answers ${answer.status} when asked for /ready`, mend)];
  }
  return [ok('address', `Hotfoot answers at ${origin}`), await examineLive(publicUrl)];
}
