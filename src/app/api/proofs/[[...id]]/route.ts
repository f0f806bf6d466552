import { hosted } from '@/trpc/runtime';

/** Pictures that prove a handover, where there is no server process of ours (hosted mode). */
const handle = async (request: Request): Promise<Response> =>
  hosted()?.doors(request) ?? new Response(null, { status: 404 });

export { handle as GET, handle as POST };
