import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { insertSession, revokeSession } from '@/db/queries/users';
import { sessions, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeUser } from '@/db/testing/town';
import { isBlocked, sessionReader } from './session';
import { encodeToken } from './token';

const database = testDatabase();
const db = () => database.connection.db;
const secret = 'a secret for tests that is long enough';

/** A person with a session, and a reader on a clock that is moved by hand. */
async function signedIn() {
  const viewer = await makeUser(db(), 'customer', 'Cora Customer');
  const sessionId = uuidv7();
  let now = Date.now();
  const expiresAt = new Date(now + 3_600_000);
  await insertSession(db(), { id: sessionId, userId: viewer.userId, expiresAt });
  const token = await encodeToken({ sid: sessionId, sub: viewer.userId }, secret, 86_400);
  return {
    viewer,
    sessionId,
    token,
    getSession: sessionReader({ db: db(), secret, now: () => new Date(now) }),
    pass(seconds: number) {
      now += seconds * 1_000;
    },
  };
}

describe('a session', () => {
  it('is found by cookie, by header and by connection parameter alike', async () => {
    const { viewer, sessionId, token, getSession } = await signedIn();
    for (const credentials of [
      { cookie: `next-auth.session-token=${token}` },
      { authorization: `Bearer ${token}` },
      { token },
    ]) {
      expect(await getSession(credentials)).toMatchObject({ id: sessionId, viewer });
    }
    expect(await getSession({})).toBeNull();
    expect(await getSession({ token: 'nonsense' })).toBeNull();
  });

  it('ends when it is revoked, two seconds later at the latest', async () => {
    const { sessionId, token, getSession, pass } = await signedIn();
    expect(await getSession({ token })).not.toBeNull();
    await revokeSession(db(), sessionId, new Date());
    pass(2.1);
    expect(await getSession({ token })).toBeNull();
  });

  it('ends at its time, though the token would last longer', async () => {
    const { token, getSession, pass } = await signedIn();
    pass(3_590);
    expect(await getSession({ token })).not.toBeNull();
    pass(11);
    expect(await getSession({ token })).toBeNull();
  });

  it('ends when its user is blocked', async () => {
    const { viewer, token, getSession, pass } = await signedIn();
    expect(await getSession({ token })).not.toBeNull();
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.id, viewer.userId));
    pass(3);
    expect(await getSession({ token })).toBeNull();
  });

  it('ends when its user gets another role: no page of the old one stays open', async () => {
    const { viewer, token, getSession, pass } = await signedIn();
    expect(await getSession({ token })).not.toBeNull();
    await db().update(users).set({ role: 'admin' }).where(eq(users.id, viewer.userId));
    pass(3);
    expect(await getSession({ token })).toBeNull();
  });

  it('is noted as seen, every five minutes at the most', async () => {
    const { sessionId, token, getSession, pass } = await signedIn();
    const seenAt = async () => {
      const [row] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
      return row?.seenAt?.getTime() ?? null;
    };
    expect(await seenAt()).toBeNull();
    await getSession({ token });
    const first = await seenAt();
    expect(first).not.toBeNull();
    pass(290);
    await getSession({ token });
    expect(await seenAt()).toBe(first);
    pass(20);
    await getSession({ token });
    expect(await seenAt()).toBe((first ?? 0) + 310_000);
  });

  it('of somebody who is blocked says so, and nobody else’s does', async () => {
    const { viewer, sessionId, token } = await signedIn();
    const blocked = () => isBlocked({ db: db(), secret }, { token });
    expect(await blocked()).toBe(false);
    await revokeSession(db(), sessionId, new Date());
    expect(await blocked()).toBe(false);
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.id, viewer.userId));
    expect(await blocked()).toBe(true);
    expect(await isBlocked({ db: db(), secret }, { token: 'nonsense' })).toBe(false);
    expect(await isBlocked({ db: db(), secret }, {})).toBe(false);
  });

  it('that was never begun is nobody’s, however well its token is made', async () => {
    const { viewer, getSession } = await signedIn();
    const token = await encodeToken({ sid: uuidv7(), sub: viewer.userId }, secret, 60);
    expect(await getSession({ token })).toBeNull();
  });
});
