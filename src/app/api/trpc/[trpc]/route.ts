import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '@/api/router';
import { runtime } from '@/trpc/runtime';

/** The same procedures where there is no server process of ours (hosted mode). */
function handle(req: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: () => ({
      deps: runtime(),
      credentials: {
        cookie: req.headers.get('cookie'),
        authorization: req.headers.get('authorization'),
      },
    }),
  });
}

export { handle as GET, handle as POST };
