import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { insertKey, listKeys, revokeKey } from '@/db/queries/api-keys';
import { findUserByEmail } from '@/db/queries/users';
import { invalid, notFound } from '@/domain/errors';
import { SCOPES } from '@/domain/scopes';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { freshSecret, hashOfSecret } from './secret';

export const KEY_PREFIX = 'hfk_';

export const MakeApiKeyInput = IdempotencyKey.extend({
  name: Text.trim().min(1).max(80),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  /** In whose name it acts; left out: the admin who makes it. */
  email: Text.trim().toLowerCase().max(200).optional(),
});

/** A key for a machine. Its secret is told this once: only a hash is kept, also of this answer. */
export async function makeApiKey(
  ctx: ServiceContext,
  input: z.infer<typeof MakeApiKeyInput>,
): Promise<{ keyId: string; secret: string | null }> {
  const admin = requireRole(ctx, 'admin');
  const [id, secret] = [uuidv7(), freshSecret(KEY_PREFIX)];
  const { keyId } = await runCommand(ctx, { name: 'make-api-key', request: input }, async (tx) => {
    const person = input.email ? await findUserByEmail(tx, input.email) : { id: admin.userId };
    if (!person) {
      throw invalid({
        reason: 'person_unknown',
        message: 'There is no account with this e-mail.',
        hint: 'Check the address, or leave it empty.',
      });
    }
    await insertKey(tx, {
      ...{ id, name: input.name, userId: person.id, scopes: [...new Set(input.scopes)] },
      ...{ secretHash: await hashOfSecret(secret), hint: secret.slice(-4) },
    });
    return { keyId: id };
  });
  // The same request again: the key was made before, and its secret told then.
  return { keyId, secret: keyId === id ? secret : null };
}

export const RevokeApiKeyInput = IdempotencyKey.extend({ keyId: z.uuid() });

/** Ends a key; programs that use it are refused within two seconds. */
export async function revokeApiKey(
  ctx: ServiceContext,
  input: z.infer<typeof RevokeApiKeyInput>,
): Promise<{ keyId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'revoke-api-key', request: input }, async (tx) => {
    if (!(await revokeKey(tx, input.keyId, ctx.now()))) throw notFound('key');
    return { keyId: input.keyId };
  });
}

/** All keys, without their secrets, which nobody knows. */
export async function listApiKeys(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  const rows = await listKeys(ctx.db);
  return rows.map(({ createdAt, lastUsedAt, revokedAt, ...key }) => ({
    ...key,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }));
}
