import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { insertSession, revokeSession } from '@/db/queries/users';
import { users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeUser } from '@/db/testing/town';
import { sessionReader } from './session';
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

  it('takes the role from the database, not from the token', async () => {
    const { viewer, token, getSession, pass } = await signedIn();
    await db().update(users).set({ role: 'admin' }).where(eq(users.id, viewer.userId));
    pass(3);
    expect((await getSession({ token }))?.viewer.role).toBe('admin');
  });

  it('that was never begun is nobody’s, however well its token is made', async () => {
    const { viewer, getSession } = await signedIn();
    const token = await encodeToken({ sid: uuidv7(), sub: viewer.userId }, secret, 60);
    expect(await getSession({ token })).toBeNull();
  });
});
