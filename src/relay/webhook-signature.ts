import { createHmac } from 'node:crypto';

export const SECRET_PREFIX = 'whsec_';

/**
 * `webhook-signature` as https://www.standardwebhooks.com has it: an HMAC-SHA256 over
 * `id.timestamp.body` for each secret, base64, separated by blanks.
 */
export function signWebhook(
  secrets: readonly string[],
  message: { id: string; timestamp: number; body: string },
): string {
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}
