import { asc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { changes, drivers, invitations, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, type Town } from '@/db/testing/town';
import type { Role } from '@/domain/roles';
import type { ServiceContext } from './context';
import { hashToken } from './invitation-token';
import {
  invitePerson,
  listInvitations,
  renewInvitation,
  withdrawInvitation,
} from './invite-person';
import { getInvitation, joinByInvitation } from './join-by-invitation';
import { reasonOf } from './refused.testing';
import { type InvitationSender, sendInvitation } from './send-invitation';
import { signIn } from './sign-in';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const guest = (change: Partial<ServiceContext> = {}) => contextOf(db(), 'guest', change);
const relay = (change: Partial<ServiceContext> = {}) => contextOf(db(), 'notices', change);

const address = () => `${uuidv7()}@hotfoot.test`;
const password = 'a long password';

async function invite(town: Town, role: Role, email = address()) {
  const admin = contextOf(db(), town.admin);
  const input = { ...key(), email, role, zoneId: null, locale: 'en' };
  return { email, admin, ...(await invitePerson(admin, input)) };
}

/** Sends what is due; the tokens in the order of the mails. */
async function mailAll(outcome: Awaited<ReturnType<InvitationSender>> = { kind: 'sent' }) {
  const tokens = new Map<string, string>();
  const send: InvitationSender = async ({ email }, token) => {
    tokens.set(email, token);
    return outcome;
  };
  while (await sendInvitation(relay(), send));
  return tokens;
}

async function mailed(town: Town, role: Role) {
  const invitation = await invite(town, role);
  const token = (await mailAll()).get(invitation.email) ?? '';
  return { ...invitation, token };
}

describe('an invitation', () => {
  it('brings a driver in: the link of the mail makes an account that can sign in', async () => {
    const town = await makeTown(db());
    const { email, token, invitationId, admin } = await mailed(town, 'driver');
    expect(await getInvitation(guest(), { token })).toMatchObject({ email, role: 'driver' });
    const joined = await joinByInvitation(guest(), { token, name: 'Dora Driver', password });
    expect((await signIn(guest(), { email, password })).viewer).toEqual({
      ...{ userId: joined.userId, role: 'driver', name: 'Dora Driver' },
    });
    const [driver] = await db().select().from(drivers).where(eq(drivers.userId, joined.userId));
    expect(driver?.online).toBe(false);
    expect((await listInvitations(admin)).map(({ id }) => id)).not.toContain(invitationId);
    const story = await db()
      .select({ type: changes.type, data: changes.data })
      .from(changes)
      .where(eq(changes.subjectId, invitationId))
      .orderBy(asc(changes.id));
    const data = { role: 'driver' };
    expect(story).toEqual([
      { type: 'invitation.made', data },
      { type: 'invitation.accepted', data },
    ]);
  });

  it('is kept as a hash, and its link is good once, however many click at once', async () => {
    const town = await makeTown(db());
    const { token, invitationId, email } = await mailed(town, 'admin');
    const [kept] = await db().select().from(invitations).where(eq(invitations.id, invitationId));
    expect(kept?.tokenHash).toBe(await hashToken(token));
    expect(JSON.stringify(kept)).not.toContain(token);
    const clicks = Array.from({ length: 4 }, (_, n) =>
      outcomeOf(joinByInvitation(guest(), { token, name: `Eve ${n}`, password })),
    );
    const outcomes = await Promise.all(clicks);
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    const rest = outcomes.filter((outcome) => 'refused' in outcome);
    expect(rest).toEqual(Array(3).fill({ refused: 'invitation_not_found' }));
    expect(await db().select().from(users).where(eq(users.email, email))).toHaveLength(1);
  });

  it('ends after seven days, when it is withdrawn, and with the next mail', async () => {
    const town = await makeTown(db());
    const gone = (token: string, change: Partial<ServiceContext> = {}) =>
      reasonOf(db(), () => getInvitation(guest(change), { token }));
    const { token, admin, invitationId, email } = await mailed(town, 'customer');
    const late = { now: () => new Date(Date.now() + 7 * 86_400_000 + 1_000) };
    expect(await gone(token, late)).toBe('invitation_not_found');
    await renewInvitation(admin, { ...key(), invitationId });
    expect(await gone(token)).toBe('invitation_not_found');
    const second = (await mailAll()).get(email) ?? '';
    expect(await getInvitation(guest(), { token: second })).toMatchObject({ email });
    await withdrawInvitation(admin, { ...key(), invitationId });
    expect(await gone(second)).toBe('invitation_not_found');
    const again = { ...key(), invitationId };
    expect(await reasonOf(db(), () => renewInvitation(admin, again))).toBe('invitation_closed');
  });

  it('is withdrawn with the access of the admin who made it', async () => {
    const town = await makeTown(db());
    const { token } = await mailed(town, 'admin');
    await db().update(users).set({ blockedAt: new Date() }).where(eq(users.id, town.admin.userId));
    const open = () => getInvitation(guest(), { token });
    expect(await reasonOf(db(), open)).toBe('invitation_not_found');
  });

  it('is refused for who is known or invited, and to others than admins', async () => {
    const town = await makeTown(db());
    const { email } = await invite(town, 'driver');
    expect(await reasonOf(db(), () => invite(town, 'admin', email))).toBe('invited_already');
    const known = `${town.customer.userId}@hotfoot.test`;
    expect(await reasonOf(db(), () => invite(town, 'admin', known))).toBe('person_known');
    const input = {
      ...key(),
      email: address(),
      role: 'admin' as const,
      zoneId: null,
      locale: 'en',
    };
    const byCustomer = () => invitePerson(contextOf(db(), town.customer), input);
    expect(await reasonOf(db(), byCustomer)).toBe('role_not_allowed');
    const nowhere = { ...input, role: 'driver' as const, zoneId: uuidv7() };
    const toNowhere = () => invitePerson(contextOf(db(), town.admin), nowhere);
    expect(await reasonOf(db(), toNowhere)).toBe('zone_not_found');
  });

  it('twice at once is made once', async () => {
    const town = await makeTown(db());
    const email = address();
    const outcomes = await Promise.all([
      outcomeOf(invite(town, 'driver', email)),
      outcomeOf(invite(town, 'driver', email)),
    ]);
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
  });

  it('whose mail fails is tried again, with a link of its own', async () => {
    const town = await makeTown(db());
    const { admin, invitationId, email } = await invite(town, 'driver');
    const first = (await mailAll({ kind: 'failed', error: 'no route' })).get(email) ?? '';
    const stateOf = async () =>
      (await listInvitations(admin)).find(({ id }) => id === invitationId)?.state;
    expect(await stateOf()).toBe('mailing');
    const later = relay({ now: () => new Date(Date.now() + 3_600_000) });
    const tokens: string[] = [];
    while (
      await sendInvitation(later, async ({ email: to }, token) => {
        if (to === email) tokens.push(token);
        return { kind: 'sent' };
      })
    );
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).not.toBe(first);
    expect(await stateOf()).toBe('mailed');
  });
});
