import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { responseMeta } from '@/api/errors';
import { appRouter } from '@/api/router';
import { afterAnswer } from '@/hosted/after-answer';
import { hosted, runtime } from '@/trpc/runtime';

export const maxDuration = 60;

/** The same procedures where there is no server process of ours (hosted mode). */
function handle(req: Request): Promise<Response> {
  const deps = runtime();
  const work = hosted()?.work;
  // An open page is a clock: it asks every few seconds.
  if (work) afterAnswer(() => work.beat(), deps.onError);
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    responseMeta,
    createContext: () => ({
      deps,
      credentials: {
        cookie: req.headers.get('cookie'),
        authorization: req.headers.get('authorization'),
      },
      device: {
        userAgent: req.headers.get('user-agent'),
        address: req.headers.get('x-forwarded-for'),
      },
    }),
  });
}

export { handle as GET, handle as POST };
