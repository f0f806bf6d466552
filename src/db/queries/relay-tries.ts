import { and, desc, eq, lt } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { relayTries } from '@/db/schema';

export type TryRow = typeof relayTries.$inferSelect;

export type NewTry = Omit<typeof relayTries.$inferInsert, 'id'>;

/** In their order, at least one. */
export async function insertTries(db: Queryable, rows: readonly NewTry[]): Promise<void> {
  await db.insert(relayTries).values([...rows]);
}

/** The latest tries of a destination before one of them, the latest first. */
export async function listTries(
  db: Queryable,
  destinationId: string,
  before: string | null,
  limit: number,
): Promise<TryRow[]> {
  return db
    .select()
    .from(relayTries)
    .where(
      and(
        eq(relayTries.destinationId, destinationId),
        before === null ? undefined : lt(relayTries.id, before),
      ),
    )
    .orderBy(desc(relayTries.id))
    .limit(limit);
}

export async function dropTriesBefore(db: Queryable, before: Date): Promise<void> {
  await db.delete(relayTries).where(lt(relayTries.at, before));
}
