import { LARGEST_PICTURE_BYTES, type PictureType, pictureTooLarge } from '@/domain/picture';
import type { PictureStore } from '@/services/picture-store';
import { readBytes } from './door';

/** Where pictures lie, and how large one may be that comes in here, bytes. */
export type Pictures = { store: PictureStore; largestBytes?: number };

/** The picture in a request. */
export function readPicture(
  request: Request,
  { largestBytes = LARGEST_PICTURE_BYTES }: Pictures,
): Promise<Uint8Array> {
  return readBytes(request, largestBytes, () => pictureTooLarge(largestBytes));
}

/** A form of another site can't say this without asking first, see CORS. */
export const isPicture = ({ headers }: Request): boolean =>
  headers.get('content-type')?.startsWith('image/') ?? false;

/** Shown, and never run: whoever sent the bytes. */
export const showPicture = (
  { bytes, mediaType }: { bytes: Uint8Array; mediaType: PictureType },
  cacheControl: string,
): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes.length),
      'cache-control': cacheControl,
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
