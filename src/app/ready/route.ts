import { tellHealth } from '@/hosted/health';
import { hosted, runtime } from '@/trpc/runtime';

export const dynamic = 'force-dynamic';

/** For monitors, where there is no server process of ours (hosted mode). */
export const GET = async (): Promise<Response> =>
  hosted() ? tellHealth(runtime()) : new Response(null, { status: 404 });
