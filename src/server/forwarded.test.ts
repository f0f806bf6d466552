import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientOf, trustedProxies } from './forwarded';

const trusted = trustedProxies(['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8']);

function from(remote: string | undefined, headers: Record<string, string> = {}) {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remote });
  return clientOf({ headers, socket }, trusted);
}

describe('where a request comes from', () => {
  it.each<[string, string | undefined, Record<string, string>, string | null]>([
    ['a stranger', '203.0.113.5', {}, '203.0.113.5'],
    [
      'a stranger who names another',
      '203.0.113.5',
      { 'x-forwarded-for': '1.2.3.4' },
      '203.0.113.5',
    ],
    ['a proxy that we trust', '10.1.2.3', { 'x-forwarded-for': '203.0.113.5' }, '203.0.113.5'],
    ['IPv4 in IPv6', '::ffff:10.1.2.3', { 'x-forwarded-for': '203.0.113.5' }, '203.0.113.5'],
    ['two proxies', '127.0.0.1', { 'x-forwarded-for': '203.0.113.5, 10.9.9.9' }, '203.0.113.5'],
    [
      'what the client wrote before',
      '10.1.2.3',
      { 'x-forwarded-for': '6.6.6.6, 203.0.113.5' },
      '203.0.113.5',
    ],
    ['proxies alone', '10.1.2.3', { 'x-forwarded-for': '10.0.0.7, 10.0.0.8' }, '10.0.0.7'],
    ['IPv6', 'fd00::1', { 'x-forwarded-for': '2001:db8::7' }, '2001:db8::7'],
    ['no addresses', '10.1.2.3', { 'x-forwarded-for': 'unknown, _hidden' }, '10.1.2.3'],
    ['a proxy that says nothing', '10.1.2.3', {}, '10.1.2.3'],
    ['a socket that is gone', undefined, { 'x-forwarded-for': '1.2.3.4' }, null],
  ])('%s', (_, remote, headers, address) => {
    expect(from(remote, headers).address).toBe(address);
  });

  it('is by TLS only when a proxy that we trust says so', () => {
    const headers = { 'x-forwarded-proto': 'https' };
    expect(from('10.1.2.3', headers).protocol).toBe('https');
    expect(from('203.0.113.5', headers).protocol).toBe('http');
    expect(from('10.1.2.3', { 'x-forwarded-proto': 'ftp' }).protocol).toBe('http');
  });
});

describe('proxies', () => {
  it.each(['nginx', '10.0.0.0/33', '10.0.0.0/x', '', '::/129'])('“%s” is no address', (range) => {
    expect(() => trustedProxies([range])).toThrow(/TRUSTED_PROXIES/);
  });
});
