import { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import { invalid } from '@/domain/errors';
import { requireRole } from '@/services/context';
import { readPhoto } from '@/services/read-photo';
import { StorePhotoInput, storePhoto } from '@/services/store-photo';
import { contextOf, type Doors, doorFor, json } from './door';
import { isPicture, type Pictures, readPicture, showPicture } from './picture';

/** Photos of restaurants and dishes: admins bring them in, everybody sees them. */

const PATH = '/api/photos';
const ONE = /^\/api\/photos\/([0-9a-f-]{36})$/;
/** Another photo has another address. */
const FOREVER = 'public, max-age=31536000, immutable';

export function photoDoors(deps: ApiDeps, pictures: Pictures): Doors {
  const take = doorFor(deps, PATH, 'POST', async (request) => {
    const query = new URL(request.url).searchParams;
    const input = StorePhotoInput.safeParse({
      of: query.get('of'),
      id: query.get('id'),
      version: Number(query.get('version')),
    });
    if (!input.success || !isPicture(request)) {
      throw invalid({
        reason: 'photo_request_wrong',
        message: 'This is no picture of a restaurant or a dish.',
        hint: 'Send image bytes to /api/photos?of=dish&id=<id>&version=<version>.',
      });
    }
    const ctx = await contextOf(deps, request);
    // Before anything is read from somebody who may not send it.
    requireRole(ctx, 'admin');
    const bytes = await readPicture(request, pictures);
    return json(201, await storePhoto(ctx, pictures.store, input.data, bytes));
  });
  const give = (id: string) =>
    doorFor(deps, PATH, 'GET', async (request) =>
      showPicture(await readPhoto(await contextOf(deps, request), pictures.store, id), FOREVER),
    );
  return (path) => {
    const id = ONE.exec(path)?.[1];
    if (id && z.uuid().safeParse(id).success) return give(id);
    return path === PATH ? take : null;
  };
}
