import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';

/** An uncompressed P-256 point and a secret, base64url, as a browser gives them. */
export type BrowserKeys = { p256dh: string; auth: string };

const RECORD_SIZE = 4_096;
/** A token for a push service may live a day at the most; half of it leaves room for clocks. */
const TOKEN_SECONDS = 12 * 3_600;

const expand = (secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/**
 * Encrypts a message of up to 3,993 bytes for one browser: content encoding `aes128gcm` (RFC 8188)
 * with the keys of RFC 8291. Throws for keys that are none.
 */
export function encryptForBrowser(message: Buffer, keys: BrowserKeys): Buffer {
  const browserKey = Buffer.from(keys.p256dh, 'base64url');
  const sender = createECDH('prime256v1');
  const senderKey = sender.generateKeys();
  const shared = sender.computeSecret(browserKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browserKey, senderKey]);
  const secret = expand(shared, Buffer.from(keys.auth, 'base64url'), info, 32);
  const salt = randomBytes(16);
  const key = expand(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = expand(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // The last record, and the only one, ends in a 2.
  const sealed = [cipher.update(message), cipher.update(Buffer.from([2])), cipher.final()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  const head = [salt, size, Buffer.from([senderKey.length]), senderKey];
  return Buffer.concat([...head, ...sealed, cipher.getAuthTag()]);
}

/** The `Authorization` header that says who sends (VAPID, RFC 8292), for the service at `endpoint`. */
export function vapidHeader(
  endpoint: string,
  privateJwk: JsonWebKey,
  publicKey: string,
  contact: string,
  now: Date,
): string {
  const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const expires = Math.floor(now.getTime() / 1_000) + TOKEN_SECONDS;
  const claims = { aud: new URL(endpoint).origin, exp: expires, sub: contact };
  const unsigned = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${unsigned}.${signature.toString('base64url')}, k=${publicKey}`;
}
