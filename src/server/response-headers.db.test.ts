import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { startServer, tokenOf } from './testing';

const database = testDatabase();

/** One of each kind of door, and what is refused at them. */
const ASKED: [string, string, number][] = [
  ['GET', '/health', 200],
  ['GET', '/metrics', 200],
  ['GET', '/api/trpc/auth.me', 200],
  ['GET', '/api/trpc/orders.mine', 401],
  ['GET', '/api/trpc/nothing', 404],
  ['GET', '/api/v1/nothing', 404],
  ['GET', '/api/v1/orders', 401],
  ['GET', '/api/docs', 200],
  ['GET', '/api/openapi.json', 200],
  ['GET', '/api/photos/00000000-0000-4000-8000-000000000000', 404],
  ['POST', '/api/photos', 400],
  ['POST', '/api/proofs', 400],
  ['POST', '/api/sandbox/cards', 400],
  ['POST', '/api/webhooks/payments/sandbox', 401],
  ['GET', '/no-page', 404],
];

describe('every answer', () => {
  it.each(ASKED)(
    '%s %s can’t be framed, guessed at, or told to others',
    async (method, path, status) => {
      await using server = await startServer(database);
      const response = await fetch(`${server.url}${path}`, { method });
      expect(response.status).toBe(status);
      const { headers } = response;
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('permissions-policy')).toContain('geolocation=(self)');
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('asks for https alone where the public address is https', async () => {
    await using server = await startServer(database, { publicUrl: 'https://food.example' });
    for (const path of ['/health', '/api/trpc/auth.me', '/api/v1/nothing', '/no-page']) {
      const { headers } = await fetch(`${server.url}${path}`);
      expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000');
    }
  });

  it('with somebody’s data is kept by nobody on the way', async () => {
    await using server = await startServer(database);
    const { db } = database.connection;
    const { customer } = await makeTown(db);
    const authorization = `Bearer ${await tokenOf(db, customer)}`;
    const answer = await fetch(`${server.url}/api/v1/auth/me`, { headers: { authorization } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
