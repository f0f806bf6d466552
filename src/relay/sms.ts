import type { SmsSender } from '@/services/send-notices';
import { noticeWords } from './words';

const TIMEOUT_MS = 10_000;

export type SmsOptions = {
  /** Where messages are posted; user and password in it are sent as Basic authentication. */
  gatewayUrl: string;
  post?: (url: string, request: RequestInit) => Promise<Response>;
};

/** Hands short messages to a gateway, as `POST {"to": "+351…", "text": "…"}`. */
export function smsSender({ gatewayUrl, post = fetch }: SmsOptions): SmsSender {
  const url = new URL(gatewayUrl);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = username ? `Basic ${Buffer.from(secret).toString('base64')}` : null;
  return async ({ phone, locale }, notice) => {
    const { title, body } = noticeWords(notice, locale);
    try {
      const response = await post(url.href, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(authorization ? { authorization } : {}),
        },
        body: JSON.stringify({ to: phone, text: `${title}. ${body}` }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (response.ok) return { kind: 'sent' };
      return { kind: 'failed', error: `the gateway answered ${response.status}` };
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
    }
  };
}
