import { z } from 'zod';
import { findPhone, setUserPhone } from '@/db/queries/users';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

/** As people type it; null takes it away. */
export const SetPhoneInput = IdempotencyKey.extend({
  phone: z
    .string()
    .transform((typed) => typed.replace(/[\s()./-]/g, '').replace(/^00/, '+'))
    .pipe(z.string().regex(/^\+\d{6,15}$/, 'A number with its country, such as +351 912 345 678.'))
    .nullable(),
});

/** The number under which a person can be called about an order that is on its way to them. */
export async function setPhone(
  ctx: ServiceContext,
  input: z.infer<typeof SetPhoneInput>,
): Promise<{ phone: string | null }> {
  const { userId } = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const { phone } = input;
  return runCommand(ctx, { name: 'set-phone', request: input }, async (tx) => {
    await setUserPhone(tx, userId, phone);
    return { phone };
  });
}

export async function getPhone(ctx: ServiceContext): Promise<string | null> {
  const { userId } = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  return findPhone(ctx.db, userId);
}
