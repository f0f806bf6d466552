import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { updateDish } from '@/db/queries/menu-edits';
import { deletePhoto, insertPhoto, photoPlace } from '@/db/queries/photos';
import { updateRestaurant } from '@/db/queries/restaurant-edits';
import { notFound } from '@/domain/errors';
import { judgePicture } from '@/domain/picture';
import { runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { overtaken } from './overtaken';
import type { PictureStore } from './picture-store';

/** What a photo is of, as the admin saw it. */
export const StorePhotoInput = z.object({
  of: z.enum(['restaurant', 'dish']),
  id: z.uuid(),
  version: z.number().int().min(1),
});
export type PhotographedInput = z.infer<typeof StorePhotoInput>;

/** The photo from now on, and the version of what shows it. */
export type Photographed = { photoId: string | null; version: number };

/** Puts another photo, or none, in the place of the one there is; the old one's row goes. */
export async function replacePhoto(
  tx: Transaction,
  { of, id, version }: PhotographedInput,
  photoId: string | null,
  old: string | null,
): Promise<Photographed> {
  const next =
    of === 'restaurant'
      ? await updateRestaurant(tx, { restaurantId: id, version }, { photoId })
      : await updateDish(tx, { id, version }, { photoId });
  if (next === null) throw await overtaken(tx, of, id);
  if (old) await deletePhoto(tx, old);
  return { photoId, version: next };
}

/** Keeps a photo of a restaurant or a dish and shows it from now on; what is none is refused. */
export async function storePhoto(
  ctx: ServiceContext,
  store: PictureStore,
  input: PhotographedInput,
  bytes: Uint8Array,
): Promise<Photographed> {
  requireRole(ctx, 'admin');
  const verdict = judgePicture(bytes);
  if (verdict.kind === 'no') throw verdict.refusal;
  const { type: mediaType, width, height } = verdict.image;
  const photoId = uuidv7();
  await store.put(photoId, bytes);
  try {
    const command = { name: 'store-photo', request: null };
    const { old, shown } = await runCommand(ctx, command, async (tx) => {
      const place = await photoPlace(tx, input.of, input.id);
      if (!place) throw notFound(input.of);
      const { restaurantId } = place;
      const row = { id: photoId, restaurantId, mediaType, width, height, bytes: bytes.length };
      await insertPhoto(tx, row);
      const old = place.photoId;
      return { old, shown: await replacePhoto(tx, input, photoId, old) };
    });
    if (old) await store.remove(old);
    return shown;
  } catch (error) {
    await store.remove(photoId);
    throw error;
  }
}
