import { and, count, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { promoCodes, promoUses } from '@/db/schema';
import type { Promo } from '@/domain/promo';

export async function findPromo(db: Queryable, code: string): Promise<Promo | null> {
  const [row] = await db.select().from(promoCodes).where(eq(promoCodes.code, code));
  return row ?? null;
}

export async function promoUsesOf(
  db: Queryable,
  promoId: string,
  customerId: string,
): Promise<number> {
  const [row] = await db
    .select({ uses: count() })
    .from(promoUses)
    .where(and(eq(promoUses.promoId, promoId), eq(promoUses.customerId, customerId)));
  return row?.uses ?? 0;
}

/**
 * Takes one use of a code for an order. The code's row lock makes uses of one code serial; the use
 * then takes the first free number of this person, up to their limit.
 */
export async function takePromoUse(
  tx: Transaction,
  promoId: string,
  use: { orderId: string; customerId: string },
): Promise<'taken' | 'used_up' | 'used_by_person'> {
  const counted = await tx
    .update(promoCodes)
    .set({ used: sql`${promoCodes.used} + 1` })
    .where(
      and(
        eq(promoCodes.id, promoId),
        sql`(${promoCodes.limitTotal} IS NULL OR ${promoCodes.used} < ${promoCodes.limitTotal})`,
      ),
    )
    .returning({ limitPerPerson: promoCodes.limitPerPerson });
  const [promo] = counted;
  if (!promo) return 'used_up';
  const rows = await tx.execute(sql`
    INSERT INTO promo_uses (order_id, promo_id, customer_id, number)
    SELECT ${use.orderId}, ${promoId}, ${use.customerId}, free.number
    FROM (
      SELECT number FROM generate_series(1, coalesce(${promo.limitPerPerson}::int, (
        SELECT count(*)::int + 1 FROM promo_uses
        WHERE promo_id = ${promoId} AND customer_id = ${use.customerId}))) AS number
      WHERE NOT EXISTS (SELECT FROM promo_uses u WHERE u.promo_id = ${promoId}
        AND u.customer_id = ${use.customerId} AND u.number = number.number)
      ORDER BY number LIMIT 1
    ) AS free
    RETURNING number`);
  return rows.length === 1 ? 'taken' : 'used_by_person';
}

/** Gives back the use that an order took; the code's id, or null when it took none. */
export async function returnPromoUse(tx: Transaction, orderId: string): Promise<string | null> {
  const [use] = await tx
    .select({ promoId: promoUses.promoId })
    .from(promoUses)
    .where(eq(promoUses.orderId, orderId));
  if (!use) return null;
  await tx
    .update(promoCodes)
    .set({ used: sql`greatest(0, ${promoCodes.used} - 1)` })
    .where(eq(promoCodes.id, use.promoId));
  await tx.delete(promoUses).where(eq(promoUses.orderId, orderId));
  return use.promoId;
}
