import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { signWebhook } from './webhook-signature';

type Verify = (
  secret: string,
  headers: Record<string, string>,
  body: string,
  now?: number,
) => unknown;

/** The snippet of the documentation, as a receiver would run it. */
async function documented(): Promise<Verify> {
  const text = readFileSync('docs/webhooks.md', 'utf8');
  const [, code = ''] =
    /run by src\/relay\/docs.test.ts\. -->\s*```js\n([\s\S]*?)```/.exec(text) ?? [];
  const module: { verify: Verify } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  );
  return module.verify;
}

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const [OLD, NEW, FOREIGN] = [secretOf(1), secretOf(2), secretOf(3)];
const body = '{"type":"order.placed"}';
const timestamp = Math.floor(Date.now() / 1_000);
const headersFor = (secrets: string[], change: Record<string, string> = {}) => ({
  'webhook-id': '812-44',
  'webhook-timestamp': `${timestamp}`,
  'webhook-signature': signWebhook(secrets, { id: '812-44', timestamp, body }),
  ...change,
});

it('the documented check takes what we sign, with either secret of a rotation', async () => {
  const verify = await documented();
  expect(verify(NEW, headersFor([NEW]), body)).toEqual({ type: 'order.placed' });
  for (const secret of [OLD, NEW]) {
    expect(verify(secret, headersFor([NEW, OLD]), body)).toEqual({ type: 'order.placed' });
  }
});

it('and refuses another secret, another body, another id and another time', async () => {
  const verify = await documented();
  expect(() => verify(FOREIGN, headersFor([NEW, OLD]), body)).toThrow('not signed');
  expect(() => verify(NEW, headersFor([NEW]), `${body} `)).toThrow('not signed');
  const otherId = headersFor([NEW], { 'webhook-id': '812-45' });
  expect(() => verify(NEW, otherId, body)).toThrow('not signed');
  const otherTime = headersFor([NEW], { 'webhook-timestamp': `${timestamp + 1}` });
  expect(() => verify(NEW, otherTime, body)).toThrow('not signed');
  const later = Date.now() + 301_000;
  expect(() => verify(NEW, headersFor([NEW]), body, later)).toThrow('too old');
});

it('signs as the example of Standard Webhooks does', () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  const signature = signWebhook(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  });
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
