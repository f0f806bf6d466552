import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signed message is good for so long, seconds: an old one can't be sent again. */
const TOLERANCE_SECONDS = 300;

const mac = (secret: string, seconds: number, body: string): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest();

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "seconds.body">` */
export function sign(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${mac(secret, seconds, body).toString('hex')}`;
}

export function isSignedBy(secret: string, body: string, signature: unknown, now: Date): boolean {
  if (typeof signature !== 'string') return false;
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (!seconds || !hex) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  return timingSafeEqual(mac(secret, Number(seconds), body), Buffer.from(hex, 'hex'));
}
