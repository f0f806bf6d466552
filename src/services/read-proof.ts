import { findProof } from '@/db/queries/proofs';
import { maySeeProof } from '@/domain/audiences';
import { notFound, unauthenticated } from '@/domain/errors';
import type { ProofImageType } from '@/domain/proof-image';
import type { ServiceContext } from './context';
import type { ProofStore } from './proof-store';

/** A picture that proves a handover, for those whom it concerns. */
export async function readProof(
  ctx: ServiceContext,
  store: ProofStore,
  proofId: string,
): Promise<{ bytes: Uint8Array; mediaType: ProofImageType }> {
  if (!ctx.viewer) throw unauthenticated();
  const found = await findProof(ctx.db, proofId);
  if (!found) throw notFound('proof');
  const { proof, customerId, used } = found;
  const parties = { customerId, driverId: proof.driverId };
  if (!maySeeProof(ctx.viewer, parties, used)) throw notFound('proof');
  const bytes = await store.get(proof.id);
  if (!bytes) throw notFound('proof');
  return { bytes, mediaType: proof.mediaType };
}
