import NextAuth from 'next-auth';
import { authOptions } from '@/auth/options';
import { runtime } from '@/trpc/runtime';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

function handle(request: Request, context: RouteContext): Promise<Response> {
  const handler: (request: Request, context: RouteContext) => Promise<Response> = NextAuth(
    authOptions(runtime()),
  );
  return handler(request, context);
}

export { handle as GET, handle as POST };
