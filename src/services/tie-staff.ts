import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findRestaurant } from '@/db/queries/restaurants';
import {
  type Kitchen,
  kitchensOf,
  type StaffMember,
  staffOf,
  tie,
  untie,
} from '@/db/queries/staff';
import { findUserByEmail, insertUser } from '@/db/queries/users';
import { conflict, invalid, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hashPassword } from './passwords';
import { SignUpInput } from './sign-up';

export const TieStaffInput = IdempotencyKey.extend({
  restaurantId: z.uuid(),
  email: SignUpInput.shape.email,
  /** Of an account that is opened with this. */
  account: SignUpInput.pick({ name: true, password: true }).optional(),
});

const unknownAccount = () =>
  invalid({
    reason: 'staff_unknown',
    message: 'There is no account with this e-mail.',
    hint: 'Give a name and a password to open one.',
  });

const otherRole = () =>
  conflict({
    reason: 'staff_other_role',
    message: 'The account with this e-mail belongs to another role.',
    hint: 'Take another e-mail address for the kitchen.',
  });

/** An admin ties a kitchen’s account to a restaurant; one that there is not yet is opened. */
export async function tieStaff(
  ctx: ServiceContext,
  input: z.infer<typeof TieStaffInput>,
): Promise<{ userId: string }> {
  requireRole(ctx, 'admin');
  const { restaurantId, email, account } = input;
  const passwordHash = account ? await hashPassword(account.password) : null;
  return runCommand(ctx, { name: 'tie-staff', request: input }, async (tx) => {
    if (!(await findRestaurant(tx, { id: restaurantId }))) throw notFound('restaurant');
    const known = await findUserByEmail(tx, email);
    if (known && known.role !== 'kitchen') throw otherRole();
    const userId = known?.id ?? uuidv7();
    if (!known) {
      if (!account || !passwordHash) throw unknownAccount();
      const { name } = account;
      const opened = { id: userId, name, email, passwordHash, role: 'kitchen' as const };
      if (!(await insertUser(tx, opened))) throw otherRole();
    }
    await tie(tx, { restaurantId, userId });
    return { userId };
  });
}

export const UntieStaffInput = IdempotencyKey.extend({ restaurantId: z.uuid(), userId: z.uuid() });

/** Their tablets end at once. */
export async function untieStaff(
  ctx: ServiceContext,
  input: z.infer<typeof UntieStaffInput>,
): Promise<{ userId: string }> {
  requireRole(ctx, 'admin');
  const { restaurantId, userId } = input;
  return runCommand(ctx, { name: 'untie-staff', request: input }, async (tx) => {
    await untie(tx, { restaurantId, userId });
    return { userId };
  });
}

export const ListStaffInput = z.object({ restaurantId: z.uuid() });

export async function listStaff(
  ctx: ServiceContext,
  { restaurantId }: z.infer<typeof ListStaffInput>,
): Promise<StaffMember[]> {
  requireRole(ctx, 'admin');
  return staffOf(ctx.db, restaurantId);
}

/** The restaurants that the viewer is tied to. */
export async function listKitchens(ctx: ServiceContext): Promise<Kitchen[]> {
  return kitchensOf(ctx.db, requireRole(ctx, 'kitchen').userId);
}
