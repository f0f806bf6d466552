import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  eraseCustomer,
  hasMoneyUnderWay,
  hasOpenOrder,
  hasWorked,
  lockToErase,
  orderIdsOf,
} from '@/db/queries/erasure';
import { lockOrders } from '@/db/queries/order-locks';
import { findUserById } from '@/db/queries/users';
import { ERASE_REASONS } from '@/domain/erasure';
import { conflict, invalid, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { checkGuesses, noteGuess } from './guesses';
import { lockForChange } from './lock-for-change';
import { hashPassword, passwordFits } from './passwords';
import { randomToken } from './random-token';

/** Refuses who is not to be erased, or not yet. Called under the locks. */
async function checkErasable(tx: Transaction, userId: string): Promise<void> {
  const person = await lockToErase(tx, userId);
  if (!person || person.erasedAt) throw notFound('person');
  if (person.demo) {
    throw invalid({
      reason: 'demo_account',
      message: 'This account belongs to the demo, and everybody shares it.',
      hint: 'Open an account of your own.',
    });
  }
  if (person.role !== 'customer' || (await hasWorked(tx, userId))) {
    throw conflict({
      reason: 'person_works_here',
      message: 'This person works here, or has: what they did is kept.',
      hint: 'Block them instead; only customers’ accounts are deleted.',
    });
  }
  if (await hasOpenOrder(tx, userId)) {
    throw conflict({
      reason: 'orders_open',
      message: 'There is an order that is not over.',
      hint: 'Wait until it is delivered, or cancel it. Then delete the account.',
    });
  }
  if (await hasMoneyUnderWay(tx, userId)) {
    throw conflict({
      reason: 'money_under_way',
      message: 'Money of an order is still under way.',
      hint: 'It takes some minutes. Then delete the account.',
    });
  }
}

/** Nobody knows its password. Made before the transaction, since it takes long. */
const unusableHash = () => hashPassword(randomToken(32));

type Erased = { orders: number };

/** The customer's orders are locked first, as everywhere; what is placed meanwhile is seen after the person's lock. */
async function lockTheirs(tx: Transaction, userId: string): Promise<void> {
  const ids = await orderIdsOf(tx, userId);
  if (ids.length > 0) await lockOrders(tx, ids);
}

export const EraseOwnAccountInput = IdempotencyKey.extend({ password: z.string().max(200) });

/**
 * Deletes the viewer's own account. Their orders stay in the books without name, door and words; everything
 * else goes, every session first. Refused while an order is under way.
 */
export async function eraseOwnAccount(
  ctx: ServiceContext,
  input: z.infer<typeof EraseOwnAccountInput>,
): Promise<Erased> {
  const { userId } = requireRole(ctx, 'customer');
  const user = await findUserById(ctx.db, userId);
  if (!user) throw notFound('person');
  const guess = { email: user.email, address: null };
  await checkGuesses(ctx.db, guess, ctx.now().getTime());
  if (!(await passwordFits(user.passwordHash, input.password))) {
    await noteGuess(ctx.db, guess, ctx.now().getTime());
    throw invalid({
      reason: 'wrong_password',
      message: 'This is not the password of this account.',
      hint: 'Type it again; nothing was deleted.',
    });
  }
  const passwordHash = await unusableHash();
  return runCommand(ctx, { name: 'erase-own-account', request: null }, async (tx) => {
    await lockTheirs(tx, userId);
    await checkErasable(tx, userId);
    const erasure = { passwordHash, reason: 'own', at: ctx.now() };
    return { orders: await eraseCustomer(tx, userId, erasure) };
  });
}

export const ErasePersonInput = IdempotencyKey.extend({
  userId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
  reason: z.enum(ERASE_REASONS),
});

export type ErasePersonInput = z.infer<typeof ErasePersonInput>;

/** An admin deletes a customer's account, see `eraseOwnAccount`; that they did, and why, is kept. */
export async function erasePerson(
  ctx: ServiceContext,
  input: z.infer<typeof ErasePersonInput>,
): Promise<Erased> {
  const admin = requireRole(ctx, 'admin');
  const { userId, reason } = input;
  const passwordHash = await unusableHash();
  return runCommand(ctx, { name: 'erase-person', request: input }, async (tx) => {
    await lockTheirs(tx, userId);
    await lockForChange(tx, admin, input);
    await checkErasable(tx, userId);
    const erasure = { passwordHash, reason, at: ctx.now() };
    return { orders: await eraseCustomer(tx, userId, erasure) };
  });
}
