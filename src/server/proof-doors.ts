import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import { invalid } from '@/domain/errors';
import { requireRole } from '@/services/context';
import type { PictureStore } from '@/services/picture-store';
import { readProof } from '@/services/read-proof';
import { StoreProofInput, storeProof } from '@/services/store-proof';
import { isPicture, pictureDoor, readPicture, sendJson, sendPicture } from './picture-door';

/** Pictures that prove a handover come in and go out here: raw HTTP, beside the procedures. */

const PATH = '/api/proofs';
const ONE = /^\/api\/proofs\/([0-9a-f-]{36})$/;

export type ProofDoors = {
  /** Answers when the path is one of these; whether it was. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

export function createProofDoors(deps: ApiDeps, store: PictureStore): ProofDoors {
  const { contextOf, answer } = pictureDoor(deps, PATH);

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(request.url ?? '', 'http://door').searchParams;
    const input = StoreProofInput.safeParse({
      deliveryId: query.get('delivery'),
      kind: query.get('kind'),
    });
    if (!input.success || !isPicture(request)) {
      throw invalid({
        reason: 'proof_request_wrong',
        message: 'This is no picture of a handover.',
        hint: 'Send image bytes to /api/proofs?delivery=<id>&kind=photo.',
      });
    }
    const ctx = await contextOf(request);
    // Before anything is read from somebody who may not send it.
    requireRole(ctx, 'driver');
    sendJson(response, 201, await storeProof(ctx, store, input.data, await readPicture(request)));
  }

  async function give(request: IncomingMessage, response: ServerResponse, id: string) {
    const { bytes, mediaType } = await readProof(await contextOf(request), store, id);
    sendPicture(response, { bytes, mediaType }, 'private, no-store');
  }

  return {
    handle(request, response, path) {
      const id = ONE.exec(path)?.[1];
      if (id && z.uuid().safeParse(id).success && request.method === 'GET') {
        void answer(response, () => give(request, response, id));
        return true;
      }
      if (path !== PATH) return false;
      if (request.method === 'POST') void answer(response, () => take(request, response));
      else sendJson(response.setHeader('allow', 'POST'), 405, { reason: 'method_not_allowed' });
      return true;
    },
  };
}
