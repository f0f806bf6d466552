import { and, desc, eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { promoCodes, restaurants } from '@/db/schema';

type PromoRow = typeof promoCodes.$inferSelect;
export type ListedPromo = PromoRow & { restaurantName: string | null };

/** Every code, the latest first, with how often it was used. */
export async function listPromos(db: Queryable): Promise<ListedPromo[]> {
  const rows = await db
    .select({ promo: promoCodes, restaurantName: restaurants.name })
    .from(promoCodes)
    .leftJoin(restaurants, eq(restaurants.id, promoCodes.restaurantId))
    .orderBy(desc(promoCodes.id));
  return rows.map(({ promo, restaurantName }) => ({ ...promo, restaurantName }));
}

/** False when there is such a code already. */
export async function insertPromo(
  tx: Transaction,
  promo: typeof promoCodes.$inferInsert,
): Promise<boolean> {
  const rows = await tx
    .insert(promoCodes)
    .values(promo)
    .onConflictDoNothing()
    .returning({ id: promoCodes.id });
  return rows.length === 1;
}

/** Locks a code against uses and other changes. */
export async function lockPromo(tx: Transaction, id: string): Promise<PromoRow | null> {
  const [row] = await tx.select().from(promoCodes).where(eq(promoCodes.id, id)).for('update');
  return row ?? null;
}

/** Compare-and-set: the new version, or null when somebody has changed it since `expected`. */
export async function changePromo(
  tx: Transaction,
  id: string,
  expected: number,
  change: Partial<PromoRow>,
): Promise<number | null> {
  const [row] = await tx
    .update(promoCodes)
    .set(change)
    .where(and(eq(promoCodes.id, id), eq(promoCodes.version, expected)))
    .returning({ version: promoCodes.version });
  return row?.version ?? null;
}

/** The currencies of restaurants, which codes are good in. */
export async function currenciesInUse(db: Queryable): Promise<string[]> {
  const rows = await db
    .selectDistinct({ currency: restaurants.currency })
    .from(restaurants)
    .orderBy(restaurants.currency);
  return rows.map(({ currency }) => currency);
}
