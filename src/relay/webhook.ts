import { isIP } from 'node:net';
import { KeptConnections } from './kept-connections';
import { outsideJson } from './outside';
import { type LookUp, lookUpByDns, postOutside } from './post-outside';
import { isPublicAddress } from './public-address';
import type { SinkResult, WebhookSender } from './sink';
import { signWebhook } from './webhook-signature';

export type WebhookOptions = {
  /** Own networks and loopback too, and plain http. */
  allowPrivate: boolean;
  /** Whether plain http is refused, as in production. */
  httpsOnly: boolean;
  lookUp?: LookUp;
};

const DEADLINE_MS = 10_000;
/** Others may ask to be left alone in seconds or by a date. */
const secondsOf = (header: string | undefined): number | undefined => {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, (until - Date.now()) / 1_000);
};

/** The event's id without a dot, which separates what is signed. */
export const webhookId = (eventId: string): string => eventId.replace('.', '-');

function refusalOf(url: string, { allowPrivate, httpsOnly }: WebhookOptions): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'This is no http or https address.';
  if (parsed.username || parsed.password) return 'An address with a password in it is not called.';
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const known = host === 'localhost' ? '127.0.0.1' : host;
  if (!allowPrivate && isIP(known) && !isPublicAddress(known)) return 'This is no public address.';
  if (parsed.protocol === 'http:' && httpsOnly && !allowPrivate) return 'Only https is called.';
  return null;
}

/** Posts signed messages to other people’s servers, and trusts none of them. */
export function webhookSender(options: WebhookOptions): WebhookSender {
  const { allowPrivate, lookUp = lookUpByDns } = options;
  const kept = new KeptConnections();
  const send: WebhookSender['send'] = async ({ url, secrets }, { id, at, body }, signal) => {
    const refusal = refusalOf(url, options);
    if (refusal) return { kind: 'failed', error: refusal };
    const timestamp = Math.floor(at.getTime() / 1_000);
    const answer = await postOutside(new URL(url), {
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Hotfoot-Webhooks/1',
        'webhook-id': id,
        'webhook-timestamp': `${timestamp}`,
        'webhook-signature': signWebhook(secrets, { id, timestamp, body }),
      },
      allowPrivate,
      ...{ lookUp, kept },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if ('error' in answer) return { kind: 'failed', error: answer.error };
    const { status, text, retryAfter, location } = answer;
    const seen = { answer: { httpStatus: status, text } };
    if (status >= 200 && status < 300) return { kind: 'delivered', ...seen };
    if (status === 413)
      return { kind: 'refused', error: 'The event is too large for it (413).', ...seen };
    const to = location ? ` to ${location.slice(0, 200)}: redirects are not followed` : '';
    const error = `It answered ${status}${to}.`;
    const retryAfterSeconds = secondsOf(retryAfter);
    const failed: SinkResult = { kind: 'failed', error, ...seen };
    return retryAfterSeconds === undefined ? failed : { ...failed, retryAfterSeconds };
  };
  return {
    send,
    refusal: (url) => refusalOf(url, options),
    close: () => kept.close(),
    sink: (target) => ({
      batch: 1,
      async deliver(events, signal) {
        for (const event of events) {
          const message = { id: webhookId(event.id), at: new Date(), body: outsideJson(event) };
          const result = await send(target, message, signal);
          if (result.kind !== 'delivered' || event === events.at(-1)) return result;
        }
        return { kind: 'delivered' };
      },
      check: async () => ({ ok: refusalOf(target.url, options) === null, detail: target.url }),
      close: async () => undefined,
    }),
  };
}
