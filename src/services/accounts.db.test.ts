import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { findLiveSessions } from '@/db/queries/users';
import { accountMails, sessions, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { NOTICE_ATTEMPTS } from '@/domain/notices';
import { reasonOf, refusalOf } from './refused.testing';
import { type AccountMailSender, sendAccountMail } from './send-account-mail';
import { SignInInput, signIn, signOut } from './sign-in';
import { addDriver, SignUpInput, signUp } from './sign-up';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const guest = () => contextOf(db(), 'guest');

const account = () => ({
  name: 'Nora New',
  email: `${uuidv7()}@hotfoot.test`,
  password: 'a long password',
});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const middle = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('signing up', () => {
  it('opens an account for a customer, who can sign in at once', async () => {
    const person = account();
    await signUp(guest(), person);
    const { viewer } = await signIn(guest(), person);
    expect(viewer).toMatchObject({ role: 'customer', name: 'Nora New' });
    const [stored] = await db().select().from(users).where(eq(users.id, viewer.userId));
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(stored?.passwordHash).not.toContain(person.password);
  });

  it('never makes anybody but a customer, whatever is sent', async () => {
    const wish = { ...account(), role: 'admin', demo: true };
    await signUp(guest(), SignUpInput.parse(wish));
    const [stored] = await db().select().from(users).where(eq(users.email, wish.email));
    expect(stored).toMatchObject({ role: 'customer', demo: false });
  });

  it('with an e-mail that is taken changes nothing, says nothing, and tells its owner once a day', async () => {
    const person = account();
    expect(await signUp(guest(), person)).toBeUndefined();
    const [before] = await db().select().from(users).where(eq(users.email, person.email));
    for (const email of [person.email, person.email.toUpperCase(), ` ${person.email} `]) {
      const again = SignUpInput.parse({ name: 'Eve', email, password: 'another password' });
      expect(await signUp(guest(), again)).toBeUndefined();
    }
    expect(await db().select().from(users).where(eq(users.email, person.email))).toEqual([before]);
    const told: Parameters<AccountMailSender>[0][] = [];
    const send: AccountMailSender = async (mail) => {
      told.push(mail);
      return { kind: 'sent' };
    };
    while (await sendAccountMail(guest(), send));
    expect(told.filter(({ email }) => email === person.email)).toMatchObject([
      { kind: 'sign_up_known', locale: 'en', name: person.name },
    ]);
  });

  it('takes as long with an e-mail that is taken as with a new one', async () => {
    const known = account();
    await signUp(guest(), known);
    const took = { known: [] as number[], fresh: [] as number[] };
    for (let n = 0; n < 9; n += 1) {
      took.known.push(await milliseconds(() => signUp(guest(), known)));
      took.fresh.push(await milliseconds(() => signUp(guest(), account())));
    }
    expect(middle(took.known) / middle(took.fresh)).toBeGreaterThan(0.5);
    expect(middle(took.known) / middle(took.fresh)).toBeLessThan(2);
  });

  it('twice at once opens one account', async () => {
    const person = account();
    await Promise.all([signUp(guest(), person), signUp(guest(), person)]);
    const found = await db().select().from(users).where(eq(users.email, person.email));
    expect(found).toHaveLength(1);
  });

  it('mails are tried again when they could not be sent, then given up', async () => {
    const person = account();
    await signUp(guest(), person);
    await signUp(guest(), person);
    let tries = 0;
    const fails: AccountMailSender = async ({ email }) => {
      if (email !== person.email) return { kind: 'sent' };
      tries += 1;
      return { kind: 'failed', error: 'no route' };
    };
    let now = Date.now();
    const ctx = { ...guest(), now: () => new Date(now) };
    while (await sendAccountMail(ctx, fails)) now += 86_400_000;
    expect(tries).toBe(NOTICE_ATTEMPTS);
    const [user] = await db().select().from(users).where(eq(users.email, person.email));
    const [mail] = await db()
      .select()
      .from(accountMails)
      .where(eq(accountMails.userId, user?.id ?? ''));
    expect(mail).toMatchObject({ dueAt: null, sentAt: null, error: 'no route' });
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

  it('takes as long with an unknown e-mail as with a wrong password', async () => {
    const took = { known: [] as number[], unknown: [] as number[] };
    const person = account();
    await signUp(guest(), person);
    const refused = (input: { email: string }) =>
      milliseconds(() => outcomeOf(signIn(guest(), { password: 'a wrong password', ...input })));
    await refused({ email: 'first@hotfoot.test' });
    for (let n = 0; n < 9; n += 1) {
      took.known.push(await refused({ email: person.email }));
      took.unknown.push(await refused({ email: `${n}@hotfoot.test` }));
    }
    expect(middle(took.known) / middle(took.unknown)).toBeGreaterThan(0.5);
    expect(middle(took.known) / middle(took.unknown)).toBeLessThan(2);
  });

  it('does not mind capitals and spaces around the e-mail', async () => {
    const person = account();
    await signUp(guest(), person);
    const input = SignInInput.parse({ ...person, email: ` ${person.email.toUpperCase()} ` });
    expect((await signIn(guest(), input)).viewer.name).toBe(person.name);
  });

  it('is refused to who is blocked: only who knows the password is told why', async () => {
    const person = account();
    await signUp(guest(), person);
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.email, person.email));
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
