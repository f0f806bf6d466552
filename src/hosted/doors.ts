import type { ApiDeps } from '@/api/context';
import { json } from '@/api/doors/door';
import { paymentDoors, type Tokenise } from '@/api/doors/payments';
import { photoDoors } from '@/api/doors/photos';
import { proofDoors } from '@/api/doors/proofs';
import type { PictureStore } from '@/services/picture-store';

/** Vercel cuts requests and answers off at 4.5 MB. */
const LARGEST_PICTURE_BYTES = 4 * 1_024 * 1_024;

/** What stands in the front door of a server elsewhere: photos, proofs, and what card providers send. */
export function openDoors(
  deps: ApiDeps,
  { store, tokenise }: { store: PictureStore; tokenise: Tokenise },
): (request: Request) => Promise<Response> {
  const pictures = { store, largestBytes: LARGEST_PICTURE_BYTES };
  const doors = [
    paymentDoors(deps, tokenise),
    proofDoors(deps, pictures),
    photoDoors(deps, pictures),
  ];
  return async (request) => {
    const { pathname } = new URL(request.url);
    for (const doorAt of doors) {
      const door = doorAt(pathname);
      if (door) return door(request);
    }
    return json(404, { reason: 'not_found' });
  };
}
