import { cookies } from 'next/headers';
import { z } from 'zod';
import { THEME_COOKIE, THEMES } from '@/components/shared/theme';

const Choice = z.object({ theme: z.enum(THEMES) });
const A_YEAR_S = 365 * 86_400;

/** Keeps the theme that somebody chose. It works on plain http too, where pages can't set cookies. */
export async function POST(request: Request): Promise<Response> {
  const choice = Choice.safeParse(await request.json().catch(() => null));
  if (!choice.success) return Response.json({ message: 'No such theme.' }, { status: 400 });
  const jar = await cookies();
  jar.set(THEME_COOKIE, choice.data.theme, { path: '/', sameSite: 'lax', maxAge: A_YEAR_S });
  return new Response(null, { status: 204 });
}
