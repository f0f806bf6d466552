import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Pushed = { payload: unknown; ttl: string; subject: string; audience: string };

const bytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const expand = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** Opens an `aes128gcm` body as the browser that owns these keys does (RFC 8188, RFC 8291). */
export function decryptAsBrowser(
  body: Buffer,
  browser: ReturnType<typeof createECDH>,
  auth: Buffer,
): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const secret = expand(browser.computeSecret(sender), auth, info, 32);
  const key = expand(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = expand(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

/** Checks the VAPID signature (RFC 8292) and reads its claims. */
function claimsOf(header: string, point: Buffer): { sub: string; aud: string } {
  const token = /t=([\w.-]+)/.exec(header)?.[1] ?? '';
  const [head = '', claims = '', signature = ''] = token.split('.');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)];
  const key = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') },
    format: 'jwk',
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const right = verify(
    'sha256',
    signed,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!right) throw new Error('the VAPID signature is wrong');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

/** A push service on loopback with one browser subscribed; answers with `status`. */
export async function startPushService(applicationServerKey: string) {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  const pushed: Pushed[] = [];
  const state = { status: 201 };
  const server = createServer((request, response) => {
    void bytes(request).then((body) => {
      const { authorization = '', ttl = '' } = request.headers;
      const point = Buffer.from(applicationServerKey, 'base64url');
      const { sub: subject, aud: audience } = claimsOf(authorization, point);
      pushed.push({
        payload: JSON.parse(decryptAsBrowser(body, browser, auth)),
        ttl: `${ttl}`,
        subject,
        audience,
      });
      response.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    pushed,
    state,
    /** As `fetch`, with this service in the place of the one on the network. */
    post: (url: string, request: RequestInit) =>
      fetch(url.replace('https://push.test', `http://127.0.0.1:${port}`), request),
    target: {
      endpoint: 'https://push.test/browser',
      p256dh: browser.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
