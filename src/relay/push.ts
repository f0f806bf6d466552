import { webcrypto } from 'node:crypto';
import { isPushEndpoint, publicPoint } from '@/domain/push';
import type { NoticeSenders } from '@/services/send-notices';
import { encryptForBrowser, vapidHeader } from './web-push';
import { noticeWords } from './words';

const TIMEOUT_MS = 5_000;
/** What arrives later than this is not shown any more, seconds. */
const TTL_SECONDS = 900;

/** Whole ones: nothing rings after it. */
const secondsUntil = (at: string, now: Date): number =>
  Math.max(0, Math.floor((new Date(at).getTime() - now.getTime()) / 1_000));

/** A fresh key pair for VAPID (RFC 8292), as a private JWK. */
export async function freshVapidKey(): Promise<JsonWebKey> {
  const { privateKey } = await webcrypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  return webcrypto.subtle.exportKey('jwk', privateKey);
}

export type PushOptions = {
  vapidKey: JsonWebKey;
  /** Who runs this, for push services: a mailto: or https: URL. */
  contact: string;
  /** Where pushes may go, see `isPushEndpoint`. */
  allowedHosts: readonly string[];
  post?: (url: string, request: RequestInit) => Promise<Response>;
};

/** Sends notices to browsers, encrypted for each (RFC 8291). */
export function pushSender(options: PushOptions): NoticeSenders['push'] {
  const { vapidKey, contact, allowedHosts, post = fetch } = options;
  const publicKey = publicPoint(vapidKey);
  return async ({ endpoint, p256dh, auth, locale }, notice) => {
    if (!isPushEndpoint(endpoint, allowedHosts)) return { kind: 'gone' };
    const { title, body, dir } = noticeWords(notice, locale);
    const { offer } = notice;
    const words = { title, body, dir, lang: locale };
    const payload = offer
      ? { ...words, url: '/driver', tag: offer.tag, ring: true }
      : {
          ...words,
          url: notice.path ?? `/orders/${notice.orderId}`,
          tag: `order-${notice.orderId}`,
          ...(notice.kind === 'must_see' ? { ring: true } : {}),
        };
    const ttl = offer ? secondsUntil(offer.expiresAt, new Date()) : TTL_SECONDS;
    try {
      const response = await post(endpoint, {
        method: 'POST',
        headers: {
          authorization: vapidHeader(endpoint, vapidKey, publicKey, contact, new Date()),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: `${ttl}`,
          urgency: 'high',
        },
        body: new Uint8Array(
          encryptForBrowser(Buffer.from(JSON.stringify(payload)), { p256dh, auth }),
        ),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (response.ok) return { kind: 'sent' };
      if (response.status === 404 || response.status === 410) return { kind: 'gone' };
      return { kind: 'failed', error: `the push service answered ${response.status}` };
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
    }
  };
}
