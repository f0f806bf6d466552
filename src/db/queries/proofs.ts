import { and, asc, eq, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { deliveries, deliveryProofs, orders } from '@/db/schema';

export type ProofRow = typeof deliveryProofs.$inferSelect;

export async function insertProof(
  db: Queryable,
  proof: typeof deliveryProofs.$inferInsert,
): Promise<void> {
  await db.insert(deliveryProofs).values(proof);
}

export async function countProofs(db: Queryable, deliveryId: string): Promise<number> {
  return db.$count(deliveryProofs, eq(deliveryProofs.deliveryId, deliveryId));
}

/** A proof of this very delivery by this very driver, or null. */
export async function findProofOf(
  db: Queryable,
  proof: { id: string; deliveryId: string; driverId: string; kind: ProofRow['kind'] },
): Promise<ProofRow | null> {
  const [row] = await db
    .select()
    .from(deliveryProofs)
    .where(
      and(
        eq(deliveryProofs.id, proof.id),
        eq(deliveryProofs.deliveryId, proof.deliveryId),
        eq(deliveryProofs.driverId, proof.driverId),
        eq(deliveryProofs.kind, proof.kind),
      ),
    );
  return row ?? null;
}

/** A proof with those whom it concerns. */
export async function findProof(
  db: Queryable,
  id: string,
): Promise<{ proof: ProofRow; customerId: string; used: boolean } | null> {
  const [row] = await db
    .select({
      proof: deliveryProofs,
      customerId: orders.customerId,
      proofId: deliveries.proofId,
    })
    .from(deliveryProofs)
    .innerJoin(deliveries, eq(deliveries.id, deliveryProofs.deliveryId))
    .innerJoin(orders, eq(orders.id, deliveries.orderId))
    .where(eq(deliveryProofs.id, id));
  return row
    ? { proof: row.proof, customerId: row.customerId, used: row.proofId === row.proof.id }
    : null;
}

/**
 * Pictures that still lie in the store and are not to: doomed, or stored before `before`. Uses
 * `delivery_proofs_stored` and `delivery_proofs_doomed`.
 */
export async function proofsToForget(
  db: Queryable,
  before: Date | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: deliveryProofs.id })
    .from(deliveryProofs)
    .where(
      and(
        isNull(deliveryProofs.forgottenAt),
        or(
          isNotNull(deliveryProofs.doomedAt),
          before ? lt(deliveryProofs.storedAt, before) : undefined,
        ),
      ),
    )
    .orderBy(asc(deliveryProofs.storedAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function markForgotten(db: Queryable, ids: string[], at: Date): Promise<void> {
  await db.update(deliveryProofs).set({ forgottenAt: at }).where(inArray(deliveryProofs.id, ids));
}
