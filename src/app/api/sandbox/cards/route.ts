import { hosted } from '@/trpc/runtime';

/** The test provider's own form, where there is no server process of ours (hosted mode). */
export const POST = async (request: Request): Promise<Response> =>
  hosted()?.doors(request) ?? new Response(null, { status: 404 });
