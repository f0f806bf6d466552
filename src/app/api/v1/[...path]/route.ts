import { handleRest } from '@/api/rest/handle';
import { afterAnswer } from '@/hosted/after-answer';
import { hosted, runtime } from '@/trpc/runtime';

export const maxDuration = 60;

/** REST where there is no server process of ours (hosted mode). */
function handle(request: Request): Promise<Response> {
  const deps = runtime();
  const work = hosted()?.work;
  if (work) afterAnswer(() => work.beat(), deps.onError);
  return handleRest(request, deps, { address: request.headers.get('x-forwarded-for') });
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
