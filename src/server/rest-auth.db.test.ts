import { eq } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { encodeToken } from '@/auth/token';
import { apiKeys, refreshTokens, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { storyOf } from '@/services/journey.testing';
import { signUp } from '@/services/sign-up';
import { contextOf } from '@/services/testing';
import { keyOf, makeRestWorld, problemIn, restClient } from './rest.testing';
import { connectClient, SECRET, sessionOf, startServer, tokenOf, wireErrorOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const PASSWORD = 'a long password';

async function start() {
  const server = await startServer(database);
  const call = restClient(server.url);
  let n = 0;
  return {
    ...{ server, call },
    /** Somebody new, who has signed in. */
    async signedIn() {
      n += 1;
      const email = `n${n}-${crypto.randomUUID()}@hotfoot.test`;
      await signUp(contextOf(db(), 'guest'), { name: 'Nora New', email, password: PASSWORD });
      const { body } = await call('POST', '/auth/login', { body: { email, password: PASSWORD } });
      return { email, ...(body as { accessToken: string; refreshToken: string }) };
    },
    me: async (token: string) => (await call('GET', '/auth/me', { token })).status,
    refresh: (refreshToken: string) => call('POST', '/auth/refresh', { body: { refreshToken } }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('a session over REST', () => {
  it('begins with e-mail and password, and is known over tRPC too', async () => {
    await using rest = await start();
    const { accessToken } = await rest.signedIn();
    expect(await rest.me(accessToken)).toBe(200);
    await using client = connectClient(rest.server.url, accessToken, { allOverWs: true });
    expect(await client.api.auth.me.query()).toMatchObject({ role: 'customer', name: 'Nora New' });
  });

  it('is renewed with each refresh token once; who brings one again ends it for both', async () => {
    await using rest = await start();
    const { accessToken, refreshToken } = await rest.signedIn();
    const renewed = (await rest.refresh(refreshToken)).body as typeof stolen;
    const stolen = { accessToken, refreshToken };
    expect(await rest.me(renewed.accessToken)).toBe(200);
    expect(problemIn(await rest.refresh(stolen.refreshToken)).status).toBe(401);
    expect(problemIn(await rest.refresh(renewed.refreshToken)).reason).toBe(
      'refresh_token_refused',
    );
    // What was signed in with is known for two seconds more at the most.
    await expect.poll(() => rest.me(renewed.accessToken), { timeout: 5_000 }).toBe(401);
  });

  it('is renewed by one of many who try with the same token at once', async () => {
    await using rest = await start();
    const { refreshToken } = await rest.signedIn();
    const all = await Promise.all(Array.from({ length: 6 }, () => rest.refresh(refreshToken)));
    expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it('ends, and takes its refresh token along', async () => {
    await using rest = await start();
    const { accessToken, refreshToken } = await rest.signedIn();
    expect((await rest.call('POST', '/auth/logout', { token: accessToken })).status).toBe(204);
    expect(problemIn(await rest.refresh(refreshToken)).status).toBe(401);
  });

  it('is not renewed for who is blocked', async () => {
    await using rest = await start();
    const { email, refreshToken } = await rest.signedIn();
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.email, email));
    expect(problemIn(await rest.refresh(refreshToken)).status).toBe(401);
  });

  it('leaves nothing in the database that could be used', async () => {
    await using rest = await start();
    const { refreshToken } = await rest.signedIn();
    expect(JSON.stringify(await db().select().from(refreshTokens))).not.toContain(refreshToken);
  });

  it('is refused after ten wrong passwords, with the time to wait', async () => {
    await using rest = await start();
    const { email } = await rest.signedIn();
    const body = { email, password: 'wrong' };
    for (let n = 0; n < 10; n += 1) {
      expect(problemIn(await rest.call('POST', '/auth/login', { body })).status).toBe(401);
    }
    const refused = await rest.call('POST', '/auth/login', { body });
    expect(problemIn(refused)).toMatchObject({ status: 429, reason: 'too_many_sign_ins' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each<[string, (sid: string, sub: string) => Promise<string>]>([
    ['of another secret', (sid, sub) => encodeToken({ sid, sub }, `${SECRET}!`, 900)],
    ['that has expired', (sid, sub) => encodeToken({ sid, sub }, SECRET, -60)],
    ['without a session', (_, sub) => encode({ token: { sub }, secret: SECRET })],
    ['that nobody made', async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
    ['of a foreign key', async () => `hfk_${'A'.repeat(43)}`],
  ])('a token %s opens nothing, not even what is open to all', async (_, forge) => {
    await using rest = await start();
    const town = await makeTown(db());
    const { sessionId } = await sessionOf(db(), town.customer);
    const token = await forge(sessionId, town.customer.userId);
    for (const path of ['/auth/me', `/restaurants/${town.restaurantId}`]) {
      const got = await rest.call('GET', path, { token });
      expect(problemIn(got)).toMatchObject({ status: 401, reason: 'token_refused' });
      expect(got.headers.get('www-authenticate')).toContain('invalid_token');
    }
  });

  it('in a cookie opens nothing here: no other site can act through a browser', async () => {
    await using rest = await start();
    const town = await makeTown(db());
    const cookie = `next-auth.session-token=${await tokenOf(db(), town.customer)}`;
    expect((await rest.call('GET', '/auth/me', { headers: { cookie } })).status).toBe(401);
  });
});

describe('an API key', () => {
  it('does what its scopes say, and is told which one is missing', async () => {
    await using rest = await start();
    const { town, orderId } = await makeRestWorld(db());
    const { secret: token } = await keyOf(db(), town.admin, ['orders:read']);
    expect((await rest.call('GET', `/orders/${orderId}`, { token })).status).toBe(200);
    const body = { status: 'accepted' };
    const refused = await rest.call('PATCH', `/orders/${orderId}`, { token, body });
    expect(problemIn(refused)).toMatchObject({
      status: 403,
      reason: 'scope_missing',
      data: { scope: 'orders:write' },
    });
    expect(problemIn(await rest.call('GET', '/events', { token })).reason).toBe('scope_missing');
    expect(problemIn(await rest.call('GET', '/keys', { token })).reason).toBe('scope_missing');
  });

  it('acts under its own name in the log, and customers read that it was staff', async () => {
    await using rest = await start();
    const { town, orderId, tokens } = await makeRestWorld(db());
    const { secret: token, keyId } = await keyOf(db(), town.admin, ['orders:write']);
    await rest.call('PATCH', `/orders/${orderId}`, { token, body: { status: 'accepted' } });
    expect(await storyOf(db(), orderId)).toContain('order.accepted');
    const actorFor = async (reader: string) => {
      const { body } = await rest.call('GET', `/orders/${orderId}/events`, { token: reader });
      const { events } = body as { events: { type: string; actor: string }[] };
      return events.find(({ type }) => type === 'order.accepted')?.actor;
    };
    expect(await actorFor(tokens.admin)).toBe(`key:${keyId}`);
    expect(await actorFor(tokens.customer)).toBe('staff');
  });

  it('acts for somebody else where it was made so, and never beyond what they may', async () => {
    await using rest = await start();
    const { town, orderId } = await makeRestWorld(db());
    const email = `${town.customer.userId}@hotfoot.test`;
    const scopes = ['orders:read', 'orders:write'] as const;
    const { secret: token } = await keyOf(db(), town.admin, [...scopes], email);
    expect((await rest.call('GET', '/auth/me', { token })).body).toEqual(town.customer);
    const body = { status: 'accepted' };
    const refused = await rest.call('PATCH', `/orders/${orderId}`, { token, body });
    expect(problemIn(refused).reason).toBe('role_not_allowed');
  });

  it('is made and revoked by admins alone, and its secret is told once', async () => {
    await using rest = await start();
    const { tokens } = await makeRestWorld(db());
    const body = { name: 'Till', scopes: ['orders:read'] };
    const headers = { 'idempotency-key': 'till' };
    const make = (token: string) => rest.call('POST', '/keys', { token, body, headers });
    expect(problemIn(await make(tokens.customer)).status).toBe(403);
    const made = (await make(tokens.admin)).body as { keyId: string; secret: string };
    expect((await make(tokens.admin)).body).toEqual({ keyId: made.keyId, secret: null });
    expect(await rest.me(made.secret)).toBe(200);
    const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, made.keyId));
    expect(row?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain(made.secret);
    const revoke = () => rest.call('DELETE', `/keys/${made.keyId}`, { token: tokens.admin });
    expect((await revoke()).status).toBe(204);
    expect(problemIn(await revoke()).reason).toBe('key_not_found');
    await expect.poll(() => rest.me(made.secret), { timeout: 5_000 }).toBe(401);
  });

  it('opens no procedure, where nobody asks for scopes', async () => {
    await using rest = await start();
    const { town } = await makeRestWorld(db());
    const { secret } = await keyOf(db(), town.admin, ['orders:read']);
    for (const allOverWs of [false, true]) {
      await using client = connectClient(rest.server.url, secret, { allOverWs });
      expect(await client.api.auth.me.query()).toBeNull();
      const { data } = await wireErrorOf(client.api.admin.board.query());
      expect(data?.httpStatus).toBe(401);
    }
  });
});
