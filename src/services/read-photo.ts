import { findPhoto } from '@/db/queries/photos';
import { notFound } from '@/domain/errors';
import type { PictureType } from '@/domain/picture';
import type { ServiceContext } from './context';
import type { PictureStore } from './picture-store';

/** A photo of a restaurant or a dish, for everybody. */
export async function readPhoto(
  ctx: ServiceContext,
  store: PictureStore,
  photoId: string,
): Promise<{ bytes: Uint8Array; mediaType: PictureType }> {
  const photo = await findPhoto(ctx.db, photoId);
  const bytes = photo && (await store.get(photo.id));
  if (!photo || !bytes) throw notFound('photo');
  return { bytes, mediaType: photo.mediaType };
}
