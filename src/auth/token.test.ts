import { decode, encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import {
  decodeToken,
  encodeToken,
  openToken,
  tokenFromAuthorization,
  tokenFromCookies,
} from './token';

const secret = 'a secret for tests that is long enough';
const content = {
  sid: '019a9f2e-0000-7000-8000-000000000001',
  sub: '019a9f2e-0000-7000-8000-000000000002',
};

describe('the session cookie', () => {
  it.each([
    ['alone', 'next-auth.session-token=abc', 'abc'],
    ['among others', 'theme=dark; next-auth.session-token=abc; lang=pt', 'abc'],
    ['over https', '__Secure-next-auth.session-token=abc', 'abc'],
    ['the secure one first', 'next-auth.session-token=a; __Secure-next-auth.session-token=b', 'b'],
    ['escaped', 'next-auth.session-token=a%2Bb', 'a+b'],
    ['with = in it', 'next-auth.session-token=a=b==', 'a=b=='],
    ['split', 'next-auth.session-token.0=ab; next-auth.session-token.1=cd', 'abcd'],
    [
      'split into many, in any order',
      Array.from({ length: 12 }, (_, n) => `next-auth.session-token.${n}=${n}`)
        .reverse()
        .join(';'),
      '01234567891011',
    ],
    ['split with a piece missing', 'next-auth.session-token.1=cd', null],
    ['of a longer name', 'my-next-auth.session-token=abc', null],
    ['empty', 'next-auth.session-token=', null],
    ['beside one that can’t be unescaped', 'ad=%E0%A4%A; next-auth.session-token=abc', 'abc'],
    ['that can’t be unescaped', 'next-auth.session-token=%', '%'],
    ['no cookies', '', null],
  ])('%s', (_, header, token) => {
    expect(tokenFromCookies(header)).toBe(token);
  });

  it('may be missing altogether', () => {
    expect(tokenFromCookies(null)).toBeNull();
    expect(tokenFromCookies(undefined)).toBeNull();
  });
});

describe('the authorization header', () => {
  it.each([
    ['Bearer abc.def', 'abc.def'],
    ['bearer abc', 'abc'],
    ['Bearer', null],
    ['Bearer ', null],
    ['Bearer two words', null],
    ['Basic YTpi', null],
    ['abc', null],
    ['', null],
  ])('“%s”', (header, token) => {
    expect(tokenFromAuthorization(header)).toBe(token);
  });
});

describe('a token', () => {
  it('says which session it is, and whose', async () => {
    const token = await encodeToken(content, secret, 60);
    expect(await decodeToken(token, secret)).toEqual(content);
    expect(token).not.toContain(content.sid);
  });

  it('is opened as next-auth opens it', async () => {
    const token = await encodeToken(content, secret, 60);
    const opened = await decode({ token, secret });
    expect(await openToken(token, secret)).toEqual({
      token: content,
      endsAt: new Date(Number(opened?.exp) * 1_000),
    });
  });

  it('lives a few seconds longer, since clocks differ', async () => {
    const token = await encodeToken(content, secret, -5);
    expect(await decode({ token, secret })).toMatchObject(content);
    expect(await decodeToken(token, secret)).toEqual(content);
  });

  it.each<[string, () => Promise<string>]>([
    ['made with another secret', () => encodeToken(content, `${secret}!`, 60)],
    ['that has expired', () => encodeToken(content, secret, -60)],
    [
      'changed by a single character',
      async () => {
        const token = await encodeToken(content, secret, 60);
        const at = token.length - 10;
        return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      },
    ],
    [
      'with another header',
      async () => {
        const [, ...rest] = (await encodeToken(content, secret, 60)).split('.');
        const header = JSON.stringify({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' });
        return [Buffer.from(header).toString('base64url'), ...rest].join('.');
      },
    ],
    [
      'whose proof is shortened',
      async () => {
        const parts = (await encodeToken(content, secret, 60)).split('.');
        return [...parts.slice(0, 4), parts[4]?.slice(0, 6)].join('.');
      },
    ],
    ['cut short', async () => (await encodeToken(content, secret, 60)).slice(0, -5)],
    ['without a session', () => encode({ token: { sub: content.sub }, secret })],
    [
      'whose session is no id',
      () => encode({ token: { sub: content.sub, sid: "' OR 1=1 --" }, secret }),
    ],
    [
      'that is only signed by nobody (alg none)',
      async () =>
        [{ alg: 'none', typ: 'JWT' }, content]
          .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
          .join('.')
          .concat('.'),
    ],
    ['that is no token', async () => 'nonsense'],
    ['that is empty', async () => ''],
  ])('%s is nobody’s', async (_, forge) => {
    expect(await decodeToken(await forge(), secret)).toBeNull();
  });
});
