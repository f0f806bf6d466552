import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import { Refusal } from '@/domain/errors';
import { LARGEST_PICTURE_BYTES, type PictureType } from '@/domain/picture';
import type { ServiceContext } from '@/services/context';
import { REFUSAL_STATUS, wireRefusal } from './refusals';

export type PictureDoors = {
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
export async function readPicture(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_PICTURE_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A form of another site can't say this without asking first, see CORS. */
export const isPicture = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('image/') ?? false;

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers);
  response.end(JSON.stringify(body));
}

/** Shown, and never run: whoever sent the bytes. */
export function sendPicture(
  response: ServerResponse,
  { bytes, mediaType }: { bytes: Uint8Array; mediaType: PictureType },
  cacheControl: string,
): void {
  response.writeHead(200, {
    'content-type': mediaType,
    'content-length': bytes.length,
    'cache-control': cacheControl,
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** What every way in for pictures has in common: who asks, and what goes wrong. */
export function pictureDoor(deps: ApiDeps, path: string) {
  return {
    async contextOf({ headers }: IncomingMessage): Promise<ServiceContext> {
      const { cookie, authorization } = headers;
      return serviceContext(deps, await deps.getSession({ cookie, authorization }));
    },
    async answer(response: ServerResponse, work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        if (error instanceof Refusal) {
          const status = error.reason === 'photo_too_large' ? 413 : REFUSAL_STATUS[error.code];
          return sendJson(response, status, wireRefusal(error));
        }
        deps.onError(error, path);
        sendJson(response, 500, { reason: 'unknown' });
      }
    },
  };
}
