import type { z } from 'zod';
import { photoPlace } from '@/db/queries/photos';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { type Photographed, replacePhoto, StorePhotoInput } from './store-photo';

export const RemovePhotoInput = IdempotencyKey.extend(StorePhotoInput.shape);

/** The drawn picture comes back; nobody reaches the photo any more. */
export async function removePhoto(
  ctx: ServiceContext,
  input: z.infer<typeof RemovePhotoInput>,
): Promise<Photographed> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'remove-photo', request: input }, async (tx) => {
    const place = await photoPlace(tx, input.of, input.id);
    if (!place) throw notFound(input.of);
    return replacePhoto(tx, input, null, place.photoId);
  });
}
