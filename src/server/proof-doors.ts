import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import { invalid, Refusal } from '@/domain/errors';
import { LARGEST_PROOF_BYTES } from '@/domain/proof-image';
import { requireRole, type ServiceContext } from '@/services/context';
import type { ProofStore } from '@/services/proof-store';
import { readProof } from '@/services/read-proof';
import { StoreProofInput, storeProof } from '@/services/store-proof';
import { REFUSAL_STATUS, wireRefusal } from './refusals';

/** Pictures that prove a handover come in and go out here: raw HTTP, beside the procedures. */

const PATH = '/api/proofs';
const ONE = /^\/api\/proofs\/([0-9a-f-]{36})$/;

export type ProofDoors = {
  /** Answers when the path is one of these; whether it was. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

const tooLarge = () =>
  new Refusal('invalid', {
    reason: 'photo_too_large',
    message: 'This picture is larger than 5 MB.',
    hint: 'Take it with a lower resolution.',
  });

/** The whole body; refuses what is too large without reading on. */
async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_PROOF_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A form of another site can't say this without asking first, see CORS. */
const isPicture = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('image/') ?? false;

export function createProofDoors(deps: ApiDeps, store: ProofStore): ProofDoors {
  async function contextOf({ headers }: IncomingMessage): Promise<ServiceContext> {
    const { cookie, authorization } = headers;
    return serviceContext(deps, await deps.getSession({ cookie, authorization }));
  }

  function sendJson(response: ServerResponse, status: number, body: unknown): void {
    if (response.headersSent) return;
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers);
    response.end(JSON.stringify(body));
  }

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
    sendJson(response, 201, await storeProof(ctx, store, input.data, await readBytes(request)));
  }

  async function give(request: IncomingMessage, response: ServerResponse, id: string) {
    const { bytes, mediaType } = await readProof(await contextOf(request), store, id);
    response.writeHead(200, {
      'content-type': mediaType,
      'content-length': bytes.length,
      'cache-control': 'private, no-store',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    response.end(bytes);
  }

  async function answer(response: ServerResponse, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Refusal) {
        const status = error.reason === 'photo_too_large' ? 413 : REFUSAL_STATUS[error.code];
        return sendJson(response, status, wireRefusal(error));
      }
      deps.onError(error, PATH);
      sendJson(response, 500, { reason: 'unknown' });
    }
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
