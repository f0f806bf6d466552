import { hosted } from '@/trpc/runtime';

/** Photos of restaurants and dishes, where there is no server process of ours (hosted mode). */
const handle = async (request: Request): Promise<Response> =>
  hosted()?.doors(request) ?? new Response(null, { status: 404 });

export { handle as GET, handle as POST };
