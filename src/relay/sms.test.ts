import { describe, expect, it } from 'vitest';
import { mustSeeNotice } from '@/domain/notices';
import { smsSender } from './sms';

const notice = mustSeeNotice('placed', {
  ...{ id: 'o', number: 1_042, restaurantName: 'Stack Yard', restaurantSlug: 'stack-yard' },
  promisedFrom: new Date('2026-11-20T19:42:00Z'),
  promisedTo: new Date('2026-11-20T19:48:00Z'),
  timeZone: 'Atlantic/Azores',
});
const to = { phone: '+12025550123', locale: 'en' };

type Asked = { url: string; headers: Headers; body: unknown };

/** A gateway that answers with `status`, and what it was asked. */
function gateway(status: number, gatewayUrl = 'https://sms.test/send') {
  const asked: Asked[] = [];
  const send = smsSender({
    gatewayUrl,
    post: async (url, request) => {
      const headers = new Headers(request.headers);
      asked.push({ url, headers, body: JSON.parse(String(request.body)) });
      return new Response(null, { status });
    },
  });
  return { asked, send };
}

describe('a short message', () => {
  it('is posted as who and what, with the credentials of the address beside it', async () => {
    const { asked, send } = gateway(202, 'https://hot:f%3Aot@sms.test/send');
    expect(await send(to, notice)).toEqual({ kind: 'sent' });
    expect(asked[0]?.url).toBe('https://sms.test/send');
    expect(asked[0]?.headers.get('authorization')).toBe(`Basic ${btoa('hot:f:ot')}`);
    expect(asked[0]?.body).toEqual({
      to: '+12025550123',
      text: 'New order #1042. Stack Yard: nobody has seen it yet. Open the kitchen’s page.',
    });
  });

  it('is tried again later when the gateway refuses or is away', async () => {
    expect(await gateway(500).send(to, notice)).toMatchObject({ kind: 'failed' });
    const away = smsSender({
      gatewayUrl: 'https://sms.test',
      post: async () => {
        throw new Error('no route');
      },
    });
    expect(await away(to, notice)).toEqual({ kind: 'failed', error: 'no route' });
  });
});
