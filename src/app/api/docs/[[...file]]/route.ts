import { apiDocs } from '@/api/rest/docs';

/** Swagger UI, from our own address. */
export async function GET(request: Request): Promise<Response> {
  const answer = apiDocs(new URL(request.url).pathname);
  return answer ? answer() : new Response(null, { status: 404 });
}
