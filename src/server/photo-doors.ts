import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import { invalid } from '@/domain/errors';
import { requireRole } from '@/services/context';
import type { PictureStore } from '@/services/picture-store';
import { readPhoto } from '@/services/read-photo';
import { StorePhotoInput, storePhoto } from '@/services/store-photo';
import {
  isPicture,
  type PictureDoors,
  pictureDoor,
  readPicture,
  sendJson,
  sendPicture,
} from './picture-door';

/** Photos of restaurants and dishes: admins bring them in, everybody sees them. */

const PATH = '/api/photos';
const ONE = /^\/api\/photos\/([0-9a-f-]{36})$/;
/** Another photo has another address. */
const FOREVER = 'public, max-age=31536000, immutable';

export function createPhotoDoors(deps: ApiDeps, store: PictureStore): PictureDoors {
  const { contextOf, answer } = pictureDoor(deps, PATH);

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(request.url ?? '', 'http://door').searchParams;
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
    const ctx = await contextOf(request);
    // Before anything is read from somebody who may not send it.
    requireRole(ctx, 'admin');
    sendJson(response, 201, await storePhoto(ctx, store, input.data, await readPicture(request)));
  }

  return {
    handle(request, response, path) {
      const id = ONE.exec(path)?.[1];
      if (id && z.uuid().safeParse(id).success && request.method === 'GET') {
        void answer(response, async () => {
          sendPicture(response, await readPhoto(await contextOf(request), store, id), FOREVER);
        });
        return true;
      }
      if (path !== PATH) return false;
      if (request.method === 'POST') void answer(response, () => take(request, response));
      else sendJson(response.setHeader('allow', 'POST'), 405, { reason: 'method_not_allowed' });
      return true;
    },
  };
}
