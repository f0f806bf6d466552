import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  deleteSavedAddress,
  insertSavedAddress,
  lockAddressesOf,
  savedAddressesOf,
  touchSavedAddress,
  updateSavedAddress,
} from '@/db/queries/addresses';
import { conflict, notFound } from '@/domain/errors';
import { ADDRESS_LABELS, MOST_ADDRESSES, type SavedAddress } from '@/domain/saved-address';
import { AddressSchema } from '@/domain/saved-address-schema';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

/** The viewer's own addresses, the last used first. */
export async function listAddresses(ctx: ServiceContext): Promise<SavedAddress[]> {
  return savedAddressesOf(ctx.db, requireRole(ctx, 'customer').userId);
}

export const KeepAddressInput = IdempotencyKey.extend({
  ...AddressSchema.shape,
  /** Changes this one; without it a new one is kept. */
  id: z.uuid().optional(),
});

const isOneOfAKind = (label: string): boolean => ADDRESS_LABELS.some((known) => known === label);

/**
 * Keeps an address, at most `MOST_ADDRESSES` of one person. There is one home and one work: keeping
 * another one moves it.
 */
export async function keepAddress(
  ctx: ServiceContext,
  input: z.infer<typeof KeepAddressInput>,
): Promise<SavedAddress> {
  const { userId } = requireRole(ctx, 'customer');
  return runCommand(ctx, { name: 'keep-address', request: input }, async (tx) => {
    const { label, address, note, at } = input;
    await lockAddressesOf(tx, userId);
    const kept = await savedAddressesOf(tx, userId);
    const same = isOneOfAKind(label) ? kept.find((other) => other.label === label) : undefined;
    const id = input.id ?? same?.id;
    if (same && same.id !== id) await deleteSavedAddress(tx, userId, same.id);
    const wanted = { id: id ?? uuidv7(), label, address, note, at };
    if (id) {
      if (!(await updateSavedAddress(tx, userId, wanted))) throw notFound('address');
      return wanted;
    }
    if (kept.length >= MOST_ADDRESSES) {
      throw conflict({
        reason: 'too_many_addresses',
        message: 'You have saved as many addresses as can be kept.',
        hint: 'Remove one that you no longer need.',
        data: { most: MOST_ADDRESSES },
      });
    }
    await insertSavedAddress(tx, userId, wanted, ctx.now());
    return wanted;
  });
}

export const OneAddressInput = IdempotencyKey.extend({ id: z.uuid() });
type OneAddressInput = z.infer<typeof OneAddressInput>;

/** Moves an address to the top of the list. */
export async function touchAddress(
  ctx: ServiceContext,
  input: OneAddressInput,
): Promise<{ id: string }> {
  const { userId } = requireRole(ctx, 'customer');
  return runCommand(ctx, { name: 'touch-address', request: input }, async (tx) => {
    if (!(await touchSavedAddress(tx, userId, input.id, ctx.now()))) throw notFound('address');
    return { id: input.id };
  });
}

export async function removeAddress(
  ctx: ServiceContext,
  input: OneAddressInput,
): Promise<{ id: string }> {
  const { userId } = requireRole(ctx, 'customer');
  return runCommand(ctx, { name: 'remove-address', request: input }, async (tx) => {
    if (!(await deleteSavedAddress(tx, userId, input.id))) throw notFound('address');
    return { id: input.id };
  });
}
