import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const hmac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** How far a request's clock may be off, seconds. */
const CLOCK_S = 600;

export type App = { id: string; key: string; secret: string };

/** Why a request to the HTTP API is not from who has the secret, or null when it is. */
export function wrongRequest(
  app: App,
  request: { method: string; url: URL; body: string },
  nowS: number,
): string | null {
  const { searchParams, pathname } = request.url;
  const given = Object.fromEntries(searchParams);
  if (given.auth_key !== app.key) return 'unknown auth_key';
  if (given.auth_version !== '1.0') return 'unknown auth_version';
  if (!(Math.abs(nowS - Number(given.auth_timestamp)) <= CLOCK_S)) return 'auth_timestamp too old';
  if (request.body && given.body_md5 !== createHash('md5').update(request.body).digest('hex')) {
    return 'body_md5 does not match';
  }
  const signed = Object.keys(given)
    .filter((name) => name !== 'auth_signature')
    .sort()
    .map((name) => `${name.toLowerCase()}=${given[name]}`)
    .join('&');
  const wanted = hmac(app.secret, `${request.method}\n${pathname}\n${signed}`);
  return same(given.auth_signature ?? '', wanted) ? null : 'auth_signature is wrong';
}

/** Whether `auth` lets this socket listen on a private channel. */
export const isAuthorised = (app: App, socketId: string, channel: string, auth: string): boolean =>
  same(auth, `${app.key}:${hmac(app.secret, `${socketId}:${channel}`)}`);
