import { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import { invalid } from '@/domain/errors';
import { requireRole } from '@/services/context';
import { readProof } from '@/services/read-proof';
import { StoreProofInput, storeProof } from '@/services/store-proof';
import { contextOf, type Doors, doorFor, json } from './door';
import { isPicture, type Pictures, readPicture, showPicture } from './picture';

/** Pictures that prove a handover come in and go out here. */

const PATH = '/api/proofs';
const ONE = /^\/api\/proofs\/([0-9a-f-]{36})$/;

export function proofDoors(deps: ApiDeps, pictures: Pictures): Doors {
  const take = doorFor(deps, PATH, 'POST', async (request) => {
    const query = new URL(request.url).searchParams;
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
    const ctx = await contextOf(deps, request);
    // Before anything is read from somebody who may not send it.
    requireRole(ctx, 'driver');
    const bytes = await readPicture(request, pictures);
    return json(201, await storeProof(ctx, pictures.store, input.data, bytes));
  });
  const give = (id: string) =>
    doorFor(deps, PATH, 'GET', async (request) => {
      const proof = await readProof(await contextOf(deps, request), pictures.store, id);
      return showPicture(proof, 'private, no-store');
    });
  return (path) => {
    const id = ONE.exec(path)?.[1];
    if (id && z.uuid().safeParse(id).success) return give(id);
    return path === PATH ? take : null;
  };
}
