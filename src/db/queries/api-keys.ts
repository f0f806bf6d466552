import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { apiKeys, users } from '@/db/schema';
import type { Viewer } from '@/domain/roles';
import type { Scope } from '@/domain/scopes';

export type LiveKey = { id: string; scopes: Scope[]; viewer: Viewer; lastUsedAt: Date | null };

/** The key with this hash and whose name it acts in; null when it is revoked, or they are blocked. */
export async function findLiveKey(db: Queryable, secretHash: string): Promise<LiveKey | null> {
  const [row] = await db
    .select({
      id: apiKeys.id,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
      viewer: { userId: users.id, role: users.role, name: users.name },
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(eq(apiKeys.secretHash, secretHash), isNull(apiKeys.revokedAt), isNull(users.blockedAt)),
    );
  return row ?? null;
}

export async function touchKey(db: Queryable, id: string, at: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id));
}

export async function insertKey(
  tx: Transaction,
  key: Pick<typeof apiKeys.$inferInsert, 'name' | 'userId' | 'scopes' | 'secretHash' | 'hint'> & {
    id: string;
  },
): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** False when there is no such key that still works. */
export async function revokeKey(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const rows = await tx
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return rows.length === 1;
}

/** All keys, those that work first, then the latest. */
export async function listKeys(db: Queryable) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      scopes: apiKeys.scopes,
      hint: apiKeys.hint,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
      person: { id: users.id, name: users.name, role: users.role },
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .orderBy(sql`${apiKeys.revokedAt} IS NOT NULL`, desc(apiKeys.id));
}
