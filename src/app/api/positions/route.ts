import { refuseForeign } from '@/api/own-origin';
import { getEnv } from '@/config/env';
import { takePositions } from '@/hosted/take-positions';
import { hosted, runtime } from '@/trpc/runtime';

const MAX_BYTES = 64 * 1_024;

/** A frame of positions, as it goes over the socket elsewhere; the answer is the socket's too. */
export async function POST(request: Request): Promise<Response> {
  if (!hosted()) return new Response(null, { status: 404 });
  const refused = refuseForeign(request, getEnv().PUBLIC_URL);
  if (refused) return refused;
  if (Number(request.headers.get('content-length') ?? MAX_BYTES + 1) > MAX_BYTES) {
    return new Response(null, { status: 413 });
  }
  const credentials = {
    cookie: request.headers.get('cookie'),
    authorization: request.headers.get('authorization'),
  };
  const bytes = new Uint8Array(await request.arrayBuffer());
  const answer = await takePositions(runtime(), credentials, bytes);
  return new Response(Buffer.from(answer), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  });
}
