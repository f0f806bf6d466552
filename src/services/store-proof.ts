import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findDelivery } from '@/db/queries/deliveries';
import { countProofs, insertProof } from '@/db/queries/proofs';
import { conflict, notFound, Refusal } from '@/domain/errors';
import { judgePicture } from '@/domain/picture';
import { requireRole, type ServiceContext } from './context';
import type { PictureStore } from './picture-store';

export const StoreProofInput = z.object({
  deliveryId: z.uuid(),
  kind: z.enum(['photo', 'signature']),
});

/** Pictures that a driver may bring forward for one delivery; the last one counts. */
const PROOFS_A_DELIVERY = 10;

/** Keeps a picture that a driver brings forward at the door; what is none is refused, and not kept. */
export async function storeProof(
  ctx: ServiceContext,
  store: PictureStore,
  input: z.infer<typeof StoreProofInput>,
  bytes: Uint8Array,
): Promise<{ proofId: string }> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { deliveryId, kind } = input;
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (delivery?.driverId !== driverId) throw notFound('delivery');
  if (delivery.status !== 'at_dropoff') {
    throw conflict({
      reason: 'proof_not_now',
      message: 'A handover is proven at the door.',
      hint: 'Say that you are at the door first.',
    });
  }
  const verdict = judgePicture(bytes);
  if (verdict.kind === 'no') throw verdict.refusal;
  if ((await countProofs(ctx.db, deliveryId)) >= PROOFS_A_DELIVERY) {
    throw new Refusal('too_many', {
      reason: 'too_many_proofs',
      message: 'There are enough pictures of this handover.',
      hint: 'Hand over with one of them.',
    });
  }
  const proofId = uuidv7();
  const { type: mediaType, width, height } = verdict.image;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await store.put(proofId, bytes);
  try {
    const row = { id: proofId, deliveryId, driverId, kind, mediaType, width, height, sha256 };
    await insertProof(ctx.db, { ...row, bytes: bytes.length });
  } catch (error) {
    await store.remove(proofId);
    throw error;
  }
  return { proofId };
}
