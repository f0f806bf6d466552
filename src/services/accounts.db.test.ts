import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { findLiveSessions } from '@/db/queries/users';
import { sessions, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { reasonOf, refusalOf } from './refused.testing';
import { SignInInput, signIn, signOut } from './sign-in';
import { addDriver, SignUpInput, signUp } from './sign-up';
import { contextOf, key } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const guest = () => contextOf(db(), 'guest');

const account = () => ({
  name: 'Nora New',
  email: `${uuidv7()}@hotfoot.test`,
  password: 'a long password',
});

describe('signing up', () => {
  it('opens an account for a customer, who can sign in at once', async () => {
    const person = account();
    const { userId } = await signUp(guest(), person);
    const session = await signIn(guest(), person);
    expect(session.viewer).toEqual({ userId, role: 'customer', name: 'Nora New' });
    const [stored] = await db().select().from(users).where(eq(users.id, userId));
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(stored?.passwordHash).not.toContain(person.password);
  });

  it('never makes anybody but a customer, whatever is sent', async () => {
    const wish = { ...account(), role: 'admin', demo: true };
    const { userId } = await signUp(guest(), SignUpInput.parse(wish));
    const [stored] = await db().select().from(users).where(eq(users.id, userId));
    expect(stored).toMatchObject({ role: 'customer', demo: false });
  });

  it('is refused for an e-mail that is taken, in whatever case it is written', async () => {
    const person = account();
    await signUp(guest(), person);
    for (const email of [person.email, person.email.toUpperCase(), ` ${person.email} `]) {
      const again = SignUpInput.parse({ ...person, email });
      expect(await reasonOf(db(), () => signUp(guest(), again))).toBe('email_taken');
    }
  });

  it('twice at once opens one account', async () => {
    const person = account();
    const outcomes = await Promise.allSettled([signUp(guest(), person), signUp(guest(), person)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no name', { name: '  ' }],
    ['a name beyond measure', { name: 'x'.repeat(81) }],
    ['a name that can’t be stored', { name: 'No\0ra' }],
    ['an e-mail that is none', { email: 'nora' }],
    ['an e-mail with a line break', { email: 'a@b.test\nbcc: c@d.test' }],
    ['a short password', { password: 'too short' }],
    ['an endless password', { password: 'x'.repeat(201) }],
  ])('with %s is refused', (_, change) => {
    expect(SignUpInput.safeParse(account()).success).toBe(true);
    expect(SignUpInput.safeParse({ ...account(), ...change }).success).toBe(false);
  });
});

describe('signing in', () => {
  it('an unknown e-mail and a wrong password look the same', async () => {
    const person = account();
    await signUp(guest(), person);
    const refusals = await Promise.all(
      [
        { ...person, password: 'a wrong password' },
        { ...person, password: '' },
        { ...person, email: 'nobody@hotfoot.test' },
        { ...person, email: "' OR 1=1 --" },
        { ...person, password: `${person.password} ` },
      ].map((input) => signIn(guest(), SignInInput.parse(input)).catch((error: unknown) => error)),
    );
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    const refusal = await refusalOf(db(), () => signIn(guest(), { ...person, password: 'wrong' }));
    expect(refusal).toMatchObject({ code: 'unauthenticated', reason: 'wrong_credentials' });
  });

  it('does not mind capitals and spaces around the e-mail', async () => {
    const person = account();
    const { userId } = await signUp(guest(), person);
    const input = SignInInput.parse({ ...person, email: ` ${person.email.toUpperCase()} ` });
    expect((await signIn(guest(), input)).viewer.userId).toBe(userId);
  });

  it('is refused to who is blocked: only who knows the password is told why', async () => {
    const person = account();
    const { userId } = await signUp(guest(), person);
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.id, userId));
    expect(await reasonOf(db(), () => signIn(guest(), person))).toBe('account_blocked');
    const guess = { ...person, password: 'a wrong password' };
    expect(await reasonOf(db(), () => signIn(guest(), guess))).toBe('wrong_credentials');
  });

  it('is not heard for a while after too many guesses from one address, right or wrong', async () => {
    const person = account();
    await signUp(guest(), person);
    const at = (seconds: number) => ({
      db: db(),
      now: () => new Date(Date.UTC(2026, 5, 1) + seconds * 1_000),
    });
    const [here, elsewhere] = ['203.0.113.7', '198.51.100.9'].map((address) => ({
      ...{ userAgent: null, address },
    }));
    const wrong = { ...person, password: 'a wrong password' };
    for (let guess = 0; guess < 10; guess += 1) {
      const refused = reasonOf(db(), () => signIn(at(guess), wrong, here));
      expect(await refused).toBe('wrong_credentials');
    }
    expect(await reasonOf(db(), () => signIn(at(10), person, here))).toBe('too_many_sign_ins');
    expect((await signIn(at(10), person, elsewhere)).viewer.name).toBe(person.name);
    expect((await signIn(at(60), person, here)).viewer.name).toBe(person.name);
  });

  it('keeps what the device says of itself, and its address without the last part', async () => {
    const person = account();
    await signUp(guest(), person);
    const device = { userAgent: 'x'.repeat(400), address: '203.0.113.77' };
    const { sessionId } = await signIn(guest(), person, device);
    const [row] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
    expect(row).toMatchObject({ userAgent: 'x'.repeat(300), address: '203.0.113.x' });
  });

  it('is undone by signing out, of this session alone', async () => {
    const person = account();
    await signUp(guest(), person);
    const [one, two] = [await signIn(guest(), person), await signIn(guest(), person)];
    await signOut(guest(), one.sessionId);
    const ids = [one.sessionId, two.sessionId];
    expect([...(await findLiveSessions(db(), ids, new Date())).keys()]).toEqual([two.sessionId]);
  });
});

describe('a driver’s account', () => {
  it('is opened by an admin, once per request', async () => {
    const town = await makeTown(db());
    const admin = contextOf(db(), town.admin);
    const input = { ...key(), ...account(), vehicle: 'scooter' as const, capacity: 2 };
    const { userId } = await addDriver(admin, input);
    expect(await addDriver(admin, input)).toEqual({ userId });
    expect((await signIn(guest(), input)).viewer).toMatchObject({ userId, role: 'driver' });
    const other = { ...input, ...key() };
    expect(await reasonOf(db(), () => addDriver(admin, other))).toBe('email_taken');
  });
});
