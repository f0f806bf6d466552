import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { oweAccountMail } from '@/db/queries/account-mails';
import { insertDriver } from '@/db/queries/drivers';
import { insertUser } from '@/db/queries/users';
import { firstZone, isZoneInUse } from '@/db/queries/zones';
import { VEHICLES } from '@/domain/driver';
import { conflict, invalid } from '@/domain/errors';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hashPassword } from './passwords';

export const SignUpInput = z.object({
  name: Text.trim().min(1, 'Tell us your name.').max(80),
  email: Text.trim().toLowerCase().max(200).pipe(z.email('This is not an e-mail address.')),
  password: z.string().min(10, 'A password has at least 10 characters.').max(200),
});

export const emailTaken = () =>
  conflict({
    reason: 'email_taken',
    message: 'There is an account with this e-mail already.',
    hint: 'Sign in instead.',
  });

/**
 * Opens an account for a customer. Whoever asks does not learn whether there was one: its owner gets a mail,
 * and the answer is the same, after the same work.
 */
export async function signUp(
  ctx: ServiceContext,
  input: z.infer<typeof SignUpInput>,
): Promise<void> {
  const passwordHash = await hashPassword(input.password);
  return runCommand(ctx, { name: 'sign-up', request: null }, async (tx) => {
    const { name, email } = input;
    const user = { id: uuidv7(), name, email, passwordHash, role: 'customer' as const };
    if (!(await insertUser(tx, user))) await oweAccountMail(tx, email, 'sign_up_known', ctx.now());
  });
}

/** Where a driver begins: in the zone that is wanted, while it is in use, else in the oldest. */
export async function zoneForDriver(tx: Transaction, wanted?: string | null): Promise<string> {
  if (wanted && (await isZoneInUse(tx, wanted))) return wanted;
  const zoneId = await firstZone(tx);
  if (zoneId) return zoneId;
  throw invalid({
    reason: 'no_zone',
    message: 'There is no zone yet.',
    hint: 'Add a zone before you add drivers.',
  });
}

export const AddDriverInput = IdempotencyKey.extend({
  ...SignUpInput.shape,
  vehicle: z.enum(VEHICLES),
  capacity: z.number().int().min(1).max(10).default(1),
});

/** An admin opens an account for a driver. */
export async function addDriver(
  ctx: ServiceContext,
  input: z.infer<typeof AddDriverInput>,
): Promise<{ userId: string }> {
  requireRole(ctx, 'admin');
  const passwordHash = await hashPassword(input.password);
  return runCommand(ctx, { name: 'add-driver', request: input }, async (tx) => {
    const zoneId = await zoneForDriver(tx);
    const { name, email, vehicle, capacity } = input;
    const user = { id: uuidv7(), name, email, passwordHash, role: 'driver' as const };
    if (!(await insertUser(tx, user))) throw emailTaken();
    await insertDriver(tx, { userId: user.id, zoneId, vehicle, capacity });
    return { userId: user.id };
  });
}
