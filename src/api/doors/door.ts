import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import { Refusal } from '@/domain/errors';
import type { ServiceContext } from '@/services/context';
import { REFUSAL_STATUS, wireRefusal } from './refusals';

/**
 * Raw HTTP beside the procedures: pictures, and what card providers send. The same doors stand in the front
 * door of a server and in Next's route handlers.
 */
export type Door = (request: Request) => Promise<Response>;

/** The door behind a path; null when it is none of these. */
export type Doors = (path: string) => Door | null;

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });

/** The whole body; refuses what is longer without reading on. */
export async function readBytes(
  request: Request,
  most: number,
  tooLong: () => Refusal,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const TOO_LONG: ReadonlySet<string> = new Set(['photo_too_large', 'body_too_large']);

/** A door for one method, whose refusals are answers; `where` stands with errors that nobody foresaw. */
export const doorFor =
  (
    { onError }: Pick<ApiDeps, 'onError'>,
    where: string,
    method: 'GET' | 'POST',
    work: Door,
  ): Door =>
  async (request) => {
    if (request.method !== method) {
      return json(405, { reason: 'method_not_allowed' }, { allow: method });
    }
    try {
      return await work(request);
    } catch (error) {
      if (error instanceof Refusal) {
        const status = TOO_LONG.has(error.reason) ? 413 : REFUSAL_STATUS[error.code];
        return json(status, wireRefusal(error));
      }
      onError(error, where);
      return json(500, { reason: 'unknown' });
    }
  };

/** Who asks, by the session that their request brings. */
export async function contextOf(deps: ApiDeps, { headers }: Request): Promise<ServiceContext> {
  const credentials = {
    cookie: headers.get('cookie'),
    authorization: headers.get('authorization'),
  };
  return serviceContext(deps, await deps.getSession(credentials));
}
