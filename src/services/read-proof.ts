import { findProof } from '@/db/queries/proofs';
import { maySeeProof } from '@/domain/audiences';
import { notFound, unauthenticated } from '@/domain/errors';
import type { PictureType } from '@/domain/picture';
import type { ServiceContext } from './context';
import type { PictureStore } from './picture-store';

/** A picture that proves a handover, for those whom it concerns. */
export async function readProof(
  ctx: ServiceContext,
  store: PictureStore,
  proofId: string,
): Promise<{ bytes: Uint8Array; mediaType: PictureType }> {
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
